import { log } from '../elementary.js'

/** Value at the start of a growth path. */
export interface GrowthOptions {
  /** Default 1. */
  readonly start?: number
}

/**
 * Change of each price over the one before it: `p[i] / p[i - 1] - 1`, one value fewer than prices.
 *
 * @example
 * simpleReturns([100, 110, 99]) // => Float64Array [0.1, -0.1]
 */
export function simpleReturns(prices: ArrayLike<number>): Float64Array {
  const out = new Float64Array(Math.max(0, prices.length - 1))
  for (let i = 0; i < out.length; i++) out[i] = (prices[i + 1]! - prices[i]!) / prices[i]!
  return out
}

/**
 * Logarithmic change of each price over the one before it, `log(p[i] / p[i - 1])`; these add up over time.
 *
 * @example
 * logReturns([100, 200]) // => Float64Array [0.6931471805599453]
 */
export function logReturns(prices: ArrayLike<number>): Float64Array {
  const out = new Float64Array(Math.max(0, prices.length - 1))
  for (let i = 0; i < out.length; i++) out[i] = log(prices[i + 1]! / prices[i]!)
  return out
}

/**
 * Value after each period of an amount that starts at `start` and compounds simple returns; a missing return counts as 0.
 *
 * @example
 * growth([0.1, -0.5], { start: 100 }) // => Float64Array [110.00000000000001, 55.00000000000001]
 */
export function growth(returns: ArrayLike<number>, { start = 1 }: GrowthOptions = {}): Float64Array {
  const out = new Float64Array(returns.length)
  let factor = 1
  for (let i = 0; i < out.length; i++) {
    const value = returns[i]!
    if (!Number.isNaN(value)) factor *= 1 + value
    out[i] = factor * start
  }
  return out
}

/**
 * Compounded return from the beginning to each period; a missing return counts as 0.
 *
 * @example
 * cumulativeReturns([0.5, -0.5]) // => Float64Array [0.5, -0.25]
 */
export function cumulativeReturns(returns: ArrayLike<number>): Float64Array {
  const out = growth(returns)
  for (let i = 0; i < out.length; i++) out[i]! -= 1
  return out
}

/**
 * Compounded return over all periods; `NaN` of nothing.
 *
 * @example
 * totalReturn([0.5, -0.5]) // => -0.25
 */
export function totalReturn(returns: ArrayLike<number>): number {
  if (returns.length === 0) return Number.NaN
  return growth(returns)[returns.length - 1]! - 1
}
