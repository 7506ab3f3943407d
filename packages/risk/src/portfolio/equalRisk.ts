import { cholesky } from '../measures/cholesky.js'
import { choleskySolve } from '../measures/choleskySolve.js'
import { correlationOf } from '../measures/correlationOf.js'
import type { SquareMatrix } from '../measures/squareMatrix.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import { dot } from './covariance.js'
import { type CovarianceOf, type PortfolioWeights, portfolioWeights, weightedUniverse } from './portfolioWeights.js'

const stepsMax = 200
const tolerance = 1e-10

/**
 * Weights at which every instrument contributes the same risk, by Newton's method on the correlations.
 *
 * At most 200 steps; where contributions still differ by more than 1e-10 of their mean, inverse volatility stands in
 * with the note `FALLBACK`. An instrument without variance is excluded with the code `ZERO_VARIANCE`; where all are,
 * the weights are unavailable with `CONSTANT`. Spinu, An Algorithm for Computing Risk Parity Weights (2013).
 *
 * @throws ConfigError `BAD_MATRIX`, `LENGTH_MISMATCH` or `DUPLICATE_INSTRUMENT` for a covariance that does not fit.
 * @example
 * equalRisk({ instruments: ['A', 'B'], covariance: squareMatrix([[1, 1], [1, 9]]) }) // weights [0.75, 0.25]
 */
export function equalRisk(input: CovarianceOf): PortfolioWeights | Unavailable {
  const universe = weightedUniverse(input)
  const { moving } = universe
  if (moving.length === 0) return unavailable('CONSTANT', 'an instrument that moves', 'none')
  const { size, values } = input.covariance
  const sigmas = moving.map((place) => Math.sqrt(values[place * size + place]!))
  const { values: correlation } = correlationOf(input.covariance)
  const part = Float64Array.from({ length: moving.length * moving.length }, (_, index) => {
    const [i, j] = [Math.floor(index / moving.length), index % moving.length]
    return correlation[moving[i]! * size + moving[j]!]!
  })
  const found = descend({ size: moving.length, values: part })
  const amounts = sigmas.map((sigma, i) => (found ? found[i]! : 1) / sigma)
  return portfolioWeights(input.instruments, universe, amounts, found ? [] : ['FALLBACK'])
}

/**
 * The positive `x` with equal `x_i (C x)_i`, the least of `½ xᵀ C x - Σ ln(x_i) / n`, or undefined where the steps end
 * before.
 */
function descend(correlation: SquareMatrix): Float64Array | undefined {
  const { size, values } = correlation
  const x = new Float64Array(size).fill(1 / Math.sqrt(size))
  for (let step = 0; step < stepsMax; step++) {
    const slope = new Float64Array(size)
    const curve = values.map((value) => value * size)
    let farthest = 0
    for (let i = 0; i < size; i++) {
      const risk = x[i]! * dot(values.subarray(i * size, (i + 1) * size), x)
      farthest = Math.max(farthest, Math.abs(risk * size - 1))
      slope[i] = (risk * size - 1) / x[i]!
      curve[i * size + i]! += 1 / (x[i]! * x[i]!)
    }
    if (farthest <= tolerance) return x
    const factor = cholesky({ size, values: curve })
    if (factor.kind === 'unavailable') return undefined
    const direction = choleskySolve(factor, slope)
    const decrement = Math.sqrt(dot(slope, direction))
    // The function is self-concordant: this length never leaves the positive `x`, and a full step converges
    // quadratically.
    const length = decrement < 0.25 ? 1 : 1 / (1 + decrement)
    for (let i = 0; i < size; i++) x[i]! -= length * direction[i]!
  }
  return undefined
}
