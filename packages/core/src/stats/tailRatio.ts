import { observed } from './observed.js'
import { sortedQuantile } from './quantile.js'

/**
 * Size of the right tail over the left: |95th percentile| / |5th percentile|. 0.25 means that bad days are four times as large
 * as good ones. `NaN` of nothing; missing values are left out.
 *
 * @example
 * tailRatio([-0.02, 0, 0.01]) // => 0.4999999999999999
 */
export function tailRatio(returns: ArrayLike<number>): number {
  const sorted = observed(returns).sort()
  return Math.abs(sortedQuantile(sorted, 0.95)) / Math.abs(sortedQuantile(sorted, 0.05))
}
