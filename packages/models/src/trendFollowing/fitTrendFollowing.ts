import { type Bars, ConfigError, cursor, log } from '@astertrade/core'
import { dieboldMariano } from '../evaluate/dieboldMariano.js'
import { pairedTest } from '../evaluate/pairedTest.js'
import { askAt } from '../model.js'
import { type TrendFollowingOptions, trendFollowing } from './trendFollowing.js'

/** What `fitTrendFollowing` takes besides bars. */
export interface FitTrendOptions {
  /** Strengths to speak from that are tried (default 0.6, 0.7 and 0.8). */
  readonly enters?: readonly number[]
  /** ADX to speak from that are tried (default 15, 20 and 25). */
  readonly adxEnters?: readonly number[]
  /** Bars until a forecast is judged (default 20). */
  readonly horizonBars?: number
  /** Parts of the bars that are forecast with what was chosen on those before (default 4). */
  readonly folds?: number
  /** Chance of leaving the usual options where the chosen ones are no better (default 0.05). */
  readonly level?: number
}

/** What choosing options by walk-forward gave. */
export interface TrendFit {
  /** The options to take: those chosen on all bars where the walk-forward is proven better than the usual ones, else the usual ones. */
  readonly options: TrendFollowingOptions
  /** Best on all bars, whether or not that means anything. */
  readonly chosen: TrendFollowingOptions
  /** What each part was forecast with. */
  readonly picks: readonly TrendFollowingOptions[]
  /** Bars forecast out of sample. */
  readonly rows: number
  /** Mean of direction times move, in standard deviations of the moves over the horizon; 0 where it is silent. */
  readonly score: number
  /** Chance of a score this far from 0, either way, where forecasts mean nothing. */
  readonly pValue: number
  /** The same of the usual options on the same bars. */
  readonly usualScore: number
  /** Chance of so large a gain over the usual options where there is none. */
  readonly pValueOverUsual: number
}

const defaults = { enters: [0.6, 0.7, 0.8], adxEnters: [15, 20, 25], horizonBars: 20, folds: 4, level: 0.05 } as const

/**
 * Chooses when trend following speaks, by walk-forward: each part of the bars is forecast with the options that did best on the
 * parts before it, and the result is compared with the options that nobody chose.
 *
 * Expect it to give the usual options back: few markets hold enough trends to tell nine settings apart.
 *
 * @throws ConfigError `NO_ROWS` if a part has fewer bars than the warm-up and horizon need, `BAD_PARAMETER` if an option is out of range.
 * @example
 * const { options, score, pValue } = fitTrendFollowing(bars)
 * const model = trendFollowing(options)
 */
export function fitTrendFollowing(bars: Bars, options: FitTrendOptions = {}): TrendFit {
  const { enters, adxEnters, horizonBars, folds, level } = { ...defaults, ...options }
  const usual: TrendFollowingOptions = { horizonBars }
  const tried = enters.flatMap((enter) =>
    adxEnters.map((adxEnter) => ({
      horizonBars,
      enter,
      leave: Math.min(0.5, enter),
      adxEnter,
      adxLeave: Math.min(15, adxEnter),
    })),
  )
  check(tried.length, folds)
  const moves = scaledMoves(bars, horizonBars)
  const gains = [usual, ...tried].map((entry) => gainsOf(bars, moves, entry))
  const { warmup } = trendFollowing(usual)
  const judged = bars.length - horizonBars
  const part = Math.floor((judged - warmup) / (folds + 1))
  if (!(part > 2 * horizonBars)) {
    throw new ConfigError(`${bars.length} bars are too few for ${folds} parts of forecasts.`, {
      code: 'NO_ROWS',
      hints: [`Give at least ${warmup + horizonBars + (folds + 1) * (2 * horizonBars + 1)}.`],
    })
  }
  const entries = [usual, ...tried]
  const walked = new Float64Array(folds * part)
  const picks: TrendFollowingOptions[] = []
  for (let fold = 0; fold < folds; fold++) {
    const start = warmup + (fold + 1) * part
    // What is judged after the part begins was not known then.
    const best = bestOf(gains, warmup, start - horizonBars)
    picks.push(entries[best]!)
    walked.set(gains[best]!.subarray(start, start + part), fold * part)
  }
  const same = gains[0]!.slice(warmup + part, warmup + part + walked.length)
  const losses = (values: Float64Array): Float64Array => values.map((value) => -value)
  const over = pairedTest({ candidate: losses(walked), incumbent: losses(same), horizon: horizonBars, level })
  const none = dieboldMariano({ first: losses(walked), second: new Float64Array(walked.length), horizon: horizonBars })
  const chosen = entries[bestOf(gains, warmup, judged)]!
  return {
    options: over.verdict === 'better' ? chosen : usual,
    chosen,
    picks,
    rows: walked.length,
    score: meanOf(walked, 0, walked.length),
    pValue: none.pValue,
    usualScore: meanOf(same, 0, same.length),
    pValueOverUsual: over.pValue,
  }
}

/** Log returns over the horizon, in standard deviations of a bar's return times its root; by the bars before alone. */
function scaledMoves({ close, length }: Bars, horizonBars: number): Float64Array {
  const moves = new Float64Array(length)
  let variance = Number.NaN
  for (let at = 1; at < length; at++) {
    const change = log(close[at]! / close[at - 1]!)
    variance = Number.isNaN(variance) ? change * change : 0.98 * variance + 0.02 * change * change
    const later = close[at + horizonBars]
    if (later === undefined) continue
    const move = log(later / close[at]!) / Math.sqrt(variance * horizonBars)
    moves[at] = Number.isFinite(move) ? Math.max(-4, Math.min(4, move)) : 0
  }
  return moves
}

/** Direction times move at each bar; 0 where the model is silent. */
function gainsOf(bars: Bars, moves: Float64Array, options: TrendFollowingOptions): Float64Array {
  const model = trendFollowing(options)
  const gains = new Float64Array(bars.length)
  const bar = cursor(bars)
  for (let at = 0; bar.advance(); at++) {
    model.update(bar)
    const answer = model.predict(askAt(bar.time))
    if (answer.kind === 'forecast') gains[at] = answer.direction * moves[at]!
  }
  return gains
}

function bestOf(gains: readonly Float64Array[], from: number, to: number): number {
  const scores = gains.map((column) => meanOf(column, from, to))
  return scores.indexOf(Math.max(...scores))
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += values[at]!
  return sum / (to - from)
}

function check(tried: number, folds: number): void {
  if (tried < 1 || tried > 100) {
    throw new ConfigError(`${tried} settings of trendFollowing are not from 1 to 100.`, { code: 'BAD_PARAMETER' })
  }
  if (!Number.isInteger(folds) || folds < 1 || folds > 100) {
    throw new ConfigError(`folds "${folds}" of fitTrendFollowing is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 1 to 100, such as 4.'],
    })
  }
}
