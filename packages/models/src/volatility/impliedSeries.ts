import type { Bar } from '@astertrade/core'
import { trailingRank } from '../trailingRank.js'
import { impliedVariance } from './impliedVariance.js'

/** The implied variances heard beside the bars of the instrument itself. */
export interface ImpliedSeries {
  /** Takes a bar of the index; a level that is not above 0 changes nothing. */
  hear(bar: Bar): void
  /** Variance per bar as it is known now; `NaN` before the first. */
  now(): number
  /** Variance as it was known before a bar that closed at `time`: that bar's return must not have moved it. */
  before(time: number): number
  /** Where the newest level stands among those before it, from 0 to 1; `NaN` before the second. */
  percentile(): number
  /** Close of the newest level. */
  readonly time: number
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** Starts before the first level; percentiles are among the last `rankWindow`. */
export function impliedSeries(periodsPerYear: number, rankWindow: number): ImpliedSeries {
  impliedVariance(1, { periodsPerYear })
  const rank = trailingRank(rankWindow)
  let [last, lastTime, previous, percentile] = [Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN, Number.NaN]
  return {
    get time() {
      return lastTime
    },
    hear({ time, close }) {
      if (!(close > 0 && close < Number.POSITIVE_INFINITY && time > lastTime)) return
      previous = last
      last = impliedVariance(close, { periodsPerYear })
      lastTime = time
      percentile = rank.of(last)
      rank.add(last)
    },
    now: () => last,
    before: (time) => (lastTime < time ? last : previous),
    percentile: () => percentile,
    snapshot() {
      const state = rank.snapshot()
      const whole = new Float64Array(state.length + 4)
      whole.set([last, lastTime, previous, percentile])
      whole.set(state, 4)
      return whole
    },
    restore(state) {
      ;[last, lastTime, previous, percentile] = state as unknown as [number, number, number, number]
      rank.restore(state.subarray(4))
    },
  }
}
