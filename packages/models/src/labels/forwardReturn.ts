import type { Bars } from '@astertrade/core'
import { type BarLabels, emptyLabels } from './barLabels.js'
import { checkLabelOptions } from './checkLabelOptions.js'
import { trailingVolatility } from './trailingVolatility.js'

/** How far ahead to look, and what counts as no move. */
export interface ForwardReturnOptions {
  /** Bars from the close of the row to that of the label (default 1). */
  readonly bars: number
  /** A return of at most so many standard deviations of `bars` bars is flat; 0 leaves two classes, down and up (default 0). */
  readonly flat: number
  /** Bars that the standard deviation is taken over (default 100). */
  readonly volatilityBars: number
}

const defaults: ForwardReturnOptions = { bars: 1, flat: 0, volatilityBars: 100 }

/**
 * Labels each bar by its return from close to close: 0 down, 1 up; or 0 down, 1 flat, 2 up where `flat` is above 0.
 *
 * The standard deviation of one bar is scaled by the root of `bars`. A return of exactly 0 has no label where there are two classes.
 *
 * @throws ConfigError `BAD_PARAMETER` if a number is out of range.
 * @example
 * forwardReturn(bars, { bars: 24, flat: 0.5 }).classCount // => 3
 */
export function forwardReturn(bars: Bars, options: Partial<ForwardReturnOptions> = {}): BarLabels {
  const settings = { ...defaults, ...options }
  checkLabelOptions('forwardReturn', settings, {
    bars: { min: 1, max: 100_000, whole: true },
    flat: { min: 0, max: 100, whole: false },
    volatilityBars: { min: 2, max: 100_000, whole: true },
  })
  const hasFlat = settings.flat > 0
  const { close, length } = bars
  const labels = emptyLabels({ kind: 'forwardReturn', ...settings }, hasFlat ? 3 : 2, length)
  const sigma = hasFlat ? trailingVolatility(close, settings.volatilityBars) : undefined
  const scale = settings.flat * Math.sqrt(settings.bars)
  for (let index = 0; index + settings.bars < length; index++) {
    const end = index + settings.bars
    const result = close[end]! / close[index]! - 1
    const threshold = sigma ? scale * sigma[index]! : 0
    if (result - result !== 0 || Number.isNaN(threshold) || (!hasFlat && result === 0)) continue
    const isUp = result > threshold
    labels.classes[index] = hasFlat ? (isUp ? 2 : result < -threshold ? 0 : 1) : isUp ? 1 : 0
    labels.returns[index] = result
    labels.ends[index] = end
  }
  return labels
}
