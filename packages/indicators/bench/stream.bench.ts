import { compare, isShort } from '../../../bench/compare.js'
import { ownLoop } from './ownLoop.js'
import { series } from './series.js'
import { streamJobs } from './streamJobs.js'

/** A goal may be missed by a fifth before the run fails. */
const margin = 1.2
const length = isShort ? 50_000 : 200_000
const data = series(length)

for (const { name, ours, peers, ratioMax = 1 / 2 } of streamJobs) {
  compare({
    name: `Stream: ${name}`,
    items: length,
    cases: Object.entries({ ...peers, ours }).map(([title, create]) => ({
      name: title,
      run: ownLoop(() => create(data), length),
    })),
    gates: Object.keys(peers).map((base) => ({
      subject: 'ours',
      base,
      ratioMax: margin * (base === 'technicalindicators' ? 1 / 4 : ratioMax),
    })),
  })
}
