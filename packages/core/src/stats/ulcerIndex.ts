import { drawdownSeries } from './drawdown.js'

/**
 * Root mean square depth of the drawdown over all periods; `NaN` of nothing. Martin and McCann, The Investor's Guide to
 * Fidelity Funds (1989).
 *
 * @example
 * ulcerIndex([0.1, -0.5, 1]) // => 0.28867513459481287
 */
export function ulcerIndex(returns: ArrayLike<number>): number {
  const depths = drawdownSeries(returns)
  let sum = 0
  for (const depth of depths) sum += depth * depth
  return Math.sqrt(sum / depths.length)
}
