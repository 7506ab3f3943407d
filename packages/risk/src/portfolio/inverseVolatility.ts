import { type Unavailable, unavailable } from '../measures/unavailable.js'
import { type CovarianceOf, type PortfolioWeights, portfolioWeights, weightedUniverse } from './portfolioWeights.js'

/**
 * Weights in inverse proportion to volatility. An instrument without variance is excluded with the code
 * `ZERO_VARIANCE`; where all are, the weights are unavailable with `CONSTANT`.
 *
 * @throws ConfigError `BAD_MATRIX`, `LENGTH_MISMATCH` or `DUPLICATE_INSTRUMENT` for a covariance that does not fit.
 * @example
 * inverseVolatility({ instruments: ['A', 'B'], covariance: squareMatrix([[1, 0], [0, 9]]) }) // weights [0.75, 0.25]
 */
export function inverseVolatility(input: CovarianceOf): PortfolioWeights | Unavailable {
  const universe = weightedUniverse(input)
  if (universe.moving.length === 0) return unavailable('CONSTANT', 'an instrument that moves', 'none')
  const { size, values } = input.covariance
  const amounts = universe.moving.map((place) => 1 / Math.sqrt(values[place * size + place]!))
  return portfolioWeights(input.instruments, universe, amounts)
}
