import { correlationOf } from '../measures/correlationOf.js'
import type { SquareMatrix } from '../measures/squareMatrix.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import { type CovarianceOf, type PortfolioWeights, portfolioWeights, weightedUniverse } from './portfolioWeights.js'
import { quasiDiagonalOrder } from './quasiDiagonalOrder.js'

/**
 * Hierarchical risk parity: instruments are ordered by how they cluster, and the portfolio is halved again and again,
 * each half weighted by the inverse of its variance.
 *
 * Single linkage on the Euclidean distance between the columns of the matrix of `√(½(1 - ρ))`, quasi-diagonal order,
 * recursive bisection by inverse cluster variance. López de Prado, Building Diversified Portfolios that Outperform
 * Out-of-Sample (2016). Correlations are compared on a grid
 * of 1e-9 and ties go by name, so rounding and the order of the instruments decide nothing. One instrument has weight
 * 1. An instrument without variance is excluded with the code `ZERO_VARIANCE`; where all are, the weights are
 * unavailable with `CONSTANT`.
 *
 * @throws ConfigError `BAD_MATRIX`, `LENGTH_MISMATCH` or `DUPLICATE_INSTRUMENT` for a covariance that does not fit.
 * @example
 * const covariance = squareMatrix([[1, 0], [0, 3]])
 * hierarchicalRiskParity({ instruments: ['A', 'B'], covariance }) // weights [0.75, 0.25]
 */
export function hierarchicalRiskParity(input: CovarianceOf): PortfolioWeights | Unavailable {
  const { instruments, covariance } = input
  const universe = weightedUniverse(input)
  const { moving } = universe
  if (moving.length === 0) return unavailable('CONSTANT', 'an instrument that moves', 'none')
  const byName = [...moving].sort((a, b) => (instruments[a]! < instruments[b]! ? -1 : 1))
  const distance = columnDistance(byName, correlationOf(covariance))
  const order = quasiDiagonalOrder(byName.length, distance).map((place) => byName[place]!)
  const shares = new Float64Array(covariance.size).fill(1)
  bisect(order, covariance, shares)
  return portfolioWeights(
    instruments,
    universe,
    moving.map((place) => shares[place]!),
  )
}

/** How differently two instruments are placed towards all of them. */
function columnDistance(places: readonly number[], { size, values }: SquareMatrix): (i: number, j: number) => number {
  const columns = places.map((a) =>
    places.map((b) => Math.sqrt(Math.max(0, (1 - Math.round(values[a * size + b]! * 1e9) / 1e9) / 2))),
  )
  return (i, j) => {
    let sum = 0
    for (const [at, value] of columns[i]!.entries()) sum += (value - columns[j]![at]!) ** 2
    return Math.sqrt(sum)
  }
}

function bisect(order: readonly number[], covariance: SquareMatrix, shares: Float64Array): void {
  if (order.length < 2) return
  const middle = Math.floor(order.length / 2)
  const [left, right] = [order.slice(0, middle), order.slice(middle)]
  const [leftVariance, rightVariance] = [clusterVariance(left, covariance), clusterVariance(right, covariance)]
  const sum = leftVariance + rightVariance
  // Both are 0 where hedges cancel out; then neither is better.
  const share = sum > 0 ? 1 - leftVariance / sum : 0.5
  for (const place of left) shares[place]! *= share
  for (const place of right) shares[place]! *= 1 - share
  bisect(left, covariance, shares)
  bisect(right, covariance, shares)
}

/** Variance of a cluster whose members are weighted by their inverse variance. */
function clusterVariance(cluster: readonly number[], { size, values }: SquareMatrix): number {
  const inverses = cluster.map((place) => 1 / values[place * size + place]!)
  const sum = inverses.reduce((total, inverse) => total + inverse, 0)
  let variance = 0
  for (const [i, a] of cluster.entries()) {
    for (const [j, b] of cluster.entries()) variance += inverses[i]! * inverses[j]! * values[a * size + b]!
  }
  return Math.max(0, variance / (sum * sum))
}
