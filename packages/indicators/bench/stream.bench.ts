import { compare, isShort } from '../../../bench/compare.js'
import { ownLoop } from './ownLoop.js'
import { series } from './series.js'
import { streamJobs } from './streamJobs.js'

const length = isShort ? 100_000 : 200_000
const data = series(length)

for (const { name, ours, peers, goal: usual = 1 / 2, gates = {} } of streamJobs) {
  compare({
    name: `Stream: ${name}`,
    items: length,
    cases: Object.entries({ ...peers, ours }).map(([title, create]) => ({
      name: title,
      run: ownLoop(() => create(data), length),
    })),
    gates: Object.keys(peers).map((base) => {
      const goal = base === 'technicalindicators' ? 1 / 4 : usual
      return { subject: 'ours', base, goal, ratioMax: gates[base] ?? 2 * goal }
    }),
  })
}
