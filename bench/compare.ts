import { type Comparison, type Gate, judge, type Sample, summarise } from './summary.js'

/** One way to do the work; what it returns is consumed, so that the compiler cannot remove the work. */
export interface Case {
  readonly name: string
  readonly run: () => number
}

/** Work done in a process of its own, which tells how long each of so many calls took. */
export interface ForeignCase {
  readonly name: string
  readonly measure: (times: number) => Sample
}

/** What `compare` takes. */
export interface CompareOptions {
  readonly name: string
  /** Items that each case works through, such as bars. */
  readonly items: number
  /** The first case is the base of the ratios: a calibration loop, or the peer. */
  readonly cases: readonly (Case | ForeignCase)[]
  readonly gates?: readonly Gate[]
  /** Measured rounds (default 9, or 5 in a short run), after some that warm up. */
  readonly rounds?: number
}

/** Marks the line in which a bench hands its result to `bench/run.ts`. */
export const resultMark = '@bench '

/** True in the short run of CI: use less data, keep the gates. */
export const isShort: boolean = process.env.ASTER_BENCH === 'short'

/** Measures cases interleaved, A B C A B C, prints the result for `bench/run.ts` and returns it. */
export function compare({ name, items, cases, gates = [], rounds = isShort ? 5 : 9 }: CompareOptions): Comparison {
  cases.forEach(warmUp)
  const repeats = cases.map((entry) => Math.ceil(sampleMsMin / Math.max(measure(entry, 1).wallMs, 0.01)))
  const samples = cases.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    cases.forEach((entry, index) => {
      samples[index]!.push(measure(entry, repeats[index]!))
    })
  }
  const results = cases.map((entry, index) => summarise(entry.name, samples[index]!))
  return conclude({ name, items, rounds, cases: results, gates: gates.map((gate) => judge(gate, results)) })
}

/** Hands a comparison to `bench/run.ts`; for one that was computed from others. */
export function conclude(comparison: Comparison): Comparison {
  process.stdout.write(`${resultMark}${JSON.stringify(comparison)}\n`)
  return comparison
}

/** Shorter samples drown in the steps of the CPU clock, so a short case runs several times in a row. */
const sampleMsMin = 10

/** Enough calls for the compiler to have done its work, however short the case is. */
const warmUpMs = 30
const warmUpCallsMax = 50

function warmUp(entry: Case | ForeignCase): void {
  if ('measure' in entry) {
    entry.measure(1)
    return
  }
  for (let call = 0, spent = 0; call < warmUpCallsMax && spent < warmUpMs; call++) spent += measure(entry, 1).wallMs
}

function measure(entry: Case | ForeignCase, times: number): Sample {
  if ('measure' in entry) return entry.measure(times)
  const { name, run } = entry
  // A short case would pay for what the one before left behind: cold caches, and garbage that other threads clear away.
  if (times > 1) run()
  const wall = performance.now()
  const cpu = process.cpuUsage()
  let result = 0
  for (let time = 0; time < times; time++) result = run()
  const { user, system } = process.cpuUsage(cpu)
  const wallMs = performance.now() - wall
  if (Number.isNaN(result)) throw new Error(`"${name}" returned NaN, so nothing shows that it did its work.`)
  return { cpuMs: (user + system) / 1000 / times, wallMs: wallMs / times }
}
