import { type Bar, log } from '@astertrade/core'
import type { StationaryBase } from './stationary.js'

/** Names of the bar's own columns. */
export const barFeatureNames: readonly string[] = [
  'bar.change',
  'bar.body',
  'bar.range',
  'bar.closeLocation',
  'bar.volume',
]

/** A quieter bar counts as one with this share of the mean volume: the logarithm of 0 is no number. */
const volumeShareMin = 0.001

/**
 * Writes what the bar itself tells, from `out[at]` on: change from the close before, body and range in average true ranges, where
 * the close lies in the range from -1 to 1 (0 without one), and the logarithm of volume over mean volume.
 */
export function fillBarFeatures(
  bar: Bar,
  closeBefore: number,
  base: StationaryBase,
  out: Float64Array,
  at: number,
): void {
  const { open, high, low, close, volume } = bar
  out[at] = (close - closeBefore) / base.range
  out[at + 1] = (close - open) / base.range
  out[at + 2] = (high - low) / base.range
  out[at + 3] = high === low ? 0 : (2 * close - high - low) / (high - low)
  out[at + 4] = log(Math.max(volume / base.volume, volumeShareMin))
}
