import { exp } from '@astertrade/core'

/**
 * How far to trust a trend: `2 P - 1` for a logistic `P` that is even at no strength and an ADX of 20.
 *
 * The two weights are deliberately small: a strength of 0.8 at an ADX of 30 claims 55 %. On planted drifts, where it speaks, the
 * side is right more often than claimed.
 *
 * @param strength - From 0 to 1.
 * @param adx - From 0 to 100; counted from 20 to 60.
 */
export function trendConfidence(strength: number, adx: number): number {
  const score = 0.2 * strength + 0.1 * ((Math.min(Math.max(adx, 20), 60) - 20) / 20)
  return 2 / (1 + exp(-score)) - 1
}
