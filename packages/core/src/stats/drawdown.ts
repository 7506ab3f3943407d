import { growth } from './returns.js'

/**
 * Depth below the highest value so far, after each period: 0 at a peak, 0.25 a quarter below it. The start counts as a peak.
 *
 * @example
 * drawdownSeries([0.1, -0.5, 1]) // => Float64Array [0, 0.5, 0]
 */
export function drawdownSeries(returns: ArrayLike<number>): Float64Array {
  const out = growth(returns)
  let peak = 1
  for (let i = 0; i < out.length; i++) {
    if (out[i]! > peak) peak = out[i]!
    out[i] = (peak - out[i]!) / peak
  }
  return out
}

/**
 * Deepest drawdown of compounded returns, as a positive ratio; `NaN` of nothing. Other libraries give it a minus sign.
 *
 * @example
 * maxDrawdown([0.1, -0.5, 1]) // => 0.5
 */
export function maxDrawdown(returns: ArrayLike<number>): number {
  const depths = drawdownSeries(returns)
  let deepest = depths[0] ?? Number.NaN
  for (const depth of depths) if (depth > deepest) deepest = depth
  return deepest
}
