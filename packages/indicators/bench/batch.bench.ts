import { type Case, compare, conclude, type ForeignCase, isShort } from '../../../bench/compare.js'
import { type Comparison, type Gate, judge, type Sample, summarise } from '../../../bench/summary.js'
import type { BatchJob } from './batchJob.js'
import { series } from './series.js'
import { sharedJobs } from './sharedJobs.js'
import { openTaLib, type TaLib } from './taLib.js'
import { taLibJobs } from './taLibJobs.js'

const given = 'ours into given arrays'
const native = 'TA-Lib C'
const length = isShort ? 100_000 : 200_000
const data = series(length)
const taLib = openTaLib(data)

const comparisons = taLibJobs.map(measureJob)
for (const job of sharedJobs) measureJob(job)
if (taLib) concludeMean(comparisons)

function measureJob(job: BatchJob): Comparison {
  const { name, definition, options, peers, goal } = job
  const { primary, outputs } = definition
  const out = Object.fromEntries(outputs.map((output) => [output, new Float64Array(length)]))
  const ours = (): number => definition.batch(data.columns, options)[primary]!.at(-1)!
  const into = (): number => definition.batch(data.columns, options, out)[primary]!.at(-1)!
  const against = taLib && job.taLib ? nativeCase(taLib, job.taLib.function) : undefined
  checkSame(job, ours(), against)
  return compare({
    name: `Batch: ${name}`,
    items: length,
    cases: [
      ...Object.entries(peers).map(([peer, run]) => ({ name: peer, run: () => run(data) })),
      ...(against ? [against] : []),
      { name: 'ours', run: ours },
      { name: given, run: into },
    ],
    gates: [
      ...Object.keys(peers).map((base) => gateOf(job, 'ours', base, goal)),
      ...('technicalindicators' in peers ? [gateOf(job, given, 'technicalindicators', 0.1)] : []),
      ...(against ? [gateOf(job, given, native, job.taLib!.goal)] : []),
    ],
  })
}

function gateOf({ gates }: BatchJob, subject: string, base: string, goal: number): Gate {
  return { subject, base, goal, ratioMax: gates?.[base] ?? 2 * goal }
}

function nativeCase(run: TaLib, name: string): ForeignCase & Case {
  return { name: native, measure: (times) => run(name, times), run: () => run(name, 1).last }
}

/** Fails where somebody computes something else. */
function checkSame({ name, peers, distance }: BatchJob, own: number, against: Case | undefined): void {
  const others = Object.entries(peers).map(([peer, run]) => [peer, run(data)] as const)
  for (const [peer, value] of against ? [...others, [native, against.run()] as const] : others) {
    const near = Math.abs(value - own) <= distance * Math.max(Math.abs(own), 1)
    if (!near) throw new Error(`${name}: ${peer} ends at ${value}, we at ${own}.`)
  }
}

/** The geometric mean of the ten, TA-Lib against ours. */
function concludeMean(results: readonly Comparison[]): void {
  const cases = [native, given].map((name) => {
    const least = results.map((result) => result.cases.find((entry) => entry.name === name)!)
    const mean = (pick: (index: number) => number): number =>
      Math.exp(least.reduce((sum, _, index) => sum + Math.log(pick(index)), 0) / least.length)
    const sample: Sample = {
      cpuMs: mean((index) => least[index]!.cpuMs.min),
      wallMs: mean((index) => least[index]!.wallMs.min),
    }
    return summarise(name, [sample])
  })
  const gates = [judge({ subject: given, base: native, goal: 1, ratioMax: 2 }, cases)]
  conclude({ name: 'Batch: geometric mean of the ten', items: length, rounds: results[0]!.rounds, cases, gates })
}
