import type { Bars } from '@astertrade/core'
import { type BarLabels, emptyLabels } from './barLabels.js'
import { checkLabelOptions } from './checkLabelOptions.js'
import { trailingVolatility } from './trailingVolatility.js'

/** Barriers around the close of each bar. */
export interface TripleBarrierOptions {
  /** Distance of the upper barrier, in standard deviations of one bar's return (default 2). */
  readonly profit: number
  /** Distance of the lower barrier, likewise (default 2). */
  readonly loss: number
  /** Bars until time is up (default 24). */
  readonly bars: number
  /** Bars that the standard deviation is taken over (default 100). */
  readonly volatilityBars: number
}

const defaults: TripleBarrierOptions = { profit: 2, loss: 2, bars: 24, volatilityBars: 100 }

/**
 * Labels each bar by which barrier the price touches first after its close: 0 the lower, 2 the upper, 1 neither in time.
 *
 * Barriers are `close·(1 − loss·σ)` and `close·(1 + profit·σ)`, with σ of the last `volatilityBars` returns, so that nothing after the bar
 * sets them. A bar that opens at or beyond a barrier touches that one first, and counts with its open; else, when both lie inside one
 * bar, the loss comes first. Without a touch the return is that to the last close. Bars without a full window of `bars` after them have no label, touched or not:
 * keeping only the touched ones would tilt the sample. López de Prado, Advances in Financial Machine Learning (2018), chapter 3.
 *
 * @throws ConfigError `BAD_PARAMETER` if a number is out of range.
 * @example
 * const labels = tripleBarrier(bars, { bars: 12 })
 * labels.classes[200] // => 2: the upper barrier
 */
export function tripleBarrier(bars: Bars, options: Partial<TripleBarrierOptions> = {}): BarLabels {
  const settings = { ...defaults, ...options }
  checkLabelOptions('tripleBarrier', settings, {
    profit: { min: 0.01, max: 100, whole: false },
    loss: { min: 0.01, max: 100, whole: false },
    bars: { min: 1, max: 100_000, whole: true },
    volatilityBars: { min: 2, max: 100_000, whole: true },
  })
  const labels = emptyLabels({ kind: 'tripleBarrier', ...settings }, 3, bars.length)
  const sigma = trailingVolatility(bars.close, settings.volatilityBars)
  for (let index = 0; index + settings.bars < bars.length; index++) {
    const entry = bars.close[index]!
    const width = sigma[index]!
    if (!(entry > 0 && entry < Number.POSITIVE_INFINITY && width > 0)) continue
    const barriers = {
      lower: entry * Math.max(0, 1 - settings.loss * width),
      upper: entry * (1 + settings.profit * width),
    }
    settle(bars, index, index + settings.bars, barriers, labels)
  }
  return labels
}

/** Finds the first touch after `index`, or takes the close at `last`. */
function settle(
  { open, high, low, close }: Bars,
  index: number,
  last: number,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  labels: BarLabels,
): void {
  let at = index + 1
  while (at < last && !(low[at]! <= lower || high[at]! >= upper)) at++
  const opensAbove = open[at]! >= upper
  const side = !opensAbove && low[at]! <= lower ? 0 : high[at]! >= upper ? 2 : 1
  const exit = side === 0 ? Math.min(open[at]!, lower) : side === 2 ? Math.max(open[at]!, upper) : close[at]!
  const result = exit / close[index]! - 1
  if (result - result !== 0) return
  labels.classes[index] = side
  labels.returns[index] = result
  labels.ends[index] = at
}
