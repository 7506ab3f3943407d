import { createRandom, type RandomStream } from '@astertrade/core'
import type { Json } from '../artifact.js'
import type { Network } from '../backends/network.js'
import { exposures, type TradedRows } from './holding.js'
import { type PlayedRows, type PlayOutOptions, playOut } from './playOut.js'
import { policySession } from './policySession.js'

/** What `ppoMetrics` takes. */
export interface PpoMetricsOptions {
  readonly policies: readonly Network[]
  /** Rows that no policy was trained on. */
  readonly rows: TradedRows
  readonly costs: number
  readonly unit: number
  readonly seed: number
}

const randomRuns = 32
/** Mean exposure below which it stands aside. */
const idle = 0.01
const long = exposures.indexOf(1)
/** Mean size of a change from an exposure to another one, each equally likely. */
const changeMean = 4 / 3

/**
 * How policies did out of sample, win or lose: together (`model`) and each alone, beside buying once, and beside the mean of random
 * trading with the same turnover. Gains are sums of returns after costs; `excess` counts deviations of the random runs.
 */
export function ppoMetrics(options: PpoMetricsOptions): Readonly<Record<string, Json>> {
  const { policies, rows, seed } = options
  const play = (choose: PlayOutOptions['choose']): PlayedRows => playOut(rows, { ...options, choose })
  const together = play(likeliest(policies))
  const buyAndHold = play(() => long)
  const steps = rows.prices.length - 1
  const moves = Math.min(1, together.turnover / steps / changeMean)
  const draws = createRandom(seed).stream('ppo/control')
  const random = meanOf(Array.from({ length: randomRuns }, (_, run) => play(atRandom(draws.fork(run), moves))))
  const excess = random.deviation > 0 ? (together.gain - random.gain) / random.deviation : 0
  return {
    model: { rows: steps, ...together, excess },
    buyAndHold: { ...buyAndHold },
    random: { ...random },
    eachAlone: policies.map((policy) => play(likeliest([policy])).gain),
    warnings: warningsOf({ ...together, excess, heldGain: buyAndHold.gain }),
  }
}

/** Moves to another exposure with a probability. */
function atRandom(draws: RandomStream, moves: number): PlayOutOptions['choose'] {
  return (_, held) => {
    const other = (held + draws.integer(1, exposures.length - 1)) % exposures.length
    return draws.uniform() < moves ? other : held
  }
}

/** Means of runs, with the deviation of their gains. */
function meanOf(runs: readonly PlayedRows[]): PlayedRows & { readonly deviation: number } {
  const mean = (pick: (run: PlayedRows) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0) / runs.length
  const gain = mean((run) => run.gain)
  const squares = runs.reduce((sum, run) => sum + (run.gain - gain) * (run.gain - gain), 0)
  const deviation = Math.sqrt(squares / (runs.length - 1))
  return { gain, turnover: mean((run) => run.turnover), exposure: mean((run) => run.exposure), deviation }
}

interface Standing extends PlayedRows {
  readonly excess: number
  /** Gain of buying once. */
  readonly heldGain: number
}

/** What a reader of the figures should not overlook. */
function warningsOf({ gain, exposure, excess, heldGain }: Standing): readonly string[] {
  if (exposure < idle) return ['It stands aside: out of sample it hardly holds anything.']
  const found: string[] = []
  if (gain <= 0) found.push('No edge: after costs it loses on rows that it was not trained on.')
  else if (excess < 2) found.push('No edge: it gains no more than random trading of the same turnover might.')
  if (gain <= heldGain) found.push('Buying once and holding gained as much or more.')
  return found
}

function likeliest(policies: readonly Network[]): (seen: Float32Array) => number {
  const session = policySession(policies)
  const chances = new Float32Array(session.outputs)
  return (seen) => {
    session.runSync(seen, 1, chances)
    let best = 0
    for (let action = 1; action < chances.length; action++) if (chances[action]! > chances[best]!) best = action
    return best
  }
}
