import { drawdownSeries } from './drawdown.js'
import { mean } from './moments.js'

/**
 * Mean depth of the drawdown over all periods; `NaN` of nothing. Becker (2006).
 *
 * @example
 * painIndex([0.1, -0.5, 1]) // => 0.16666666666666666
 */
export function painIndex(returns: ArrayLike<number>): number {
  return mean(drawdownSeries(returns))
}
