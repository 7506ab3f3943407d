import { ConfigError } from '@astertrade/core'
import { type ConfidenceOptions, checkConfidence, confidenceDefault } from './confidence.js'
import { normalTail } from './normalRisk.js'
import { type Exposures, exposureVector } from './portfolioLosses.js'
import type { RiskContribution, RiskContributions } from './riskContributions.js'
import type { Tail } from './sampleTail.js'
import { checkSymmetric, type SquareMatrix } from './squareMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What `normalContributions` takes. */
export interface NormalContributionsOptions extends ConfidenceOptions {
  readonly instruments: readonly string[]
  /** Covariance of the instruments' returns, in their order. */
  readonly covariance: SquareMatrix
  readonly exposures: Exposures
}

/**
 * Marginal, component and incremental value at risk and expected shortfall of a portfolio with normal returns around 0:
 * `z √(wᵀ Σ w)`, whose slope is `z Σ w / √(wᵀ Σ w)`. Positions that cancel out have 0 everywhere.
 *
 * Jorion, Value at Risk (2007), chapter 7. Unavailable with `NO_HISTORY` or `NOT_FINITE` for exposures without
 * covariance or that are no finite number, and with `SINGULAR` for a covariance that makes a variance negative.
 *
 * @throws ConfigError `BAD_CONFIDENCE`, `BAD_MATRIX`, or `LENGTH_MISMATCH` for as many instruments as the covariance
 * has no rows for.
 * @example
 * normalContributions({ instruments, covariance, exposures: { 'BTC-USDT.binance': 500 } })
 */
export function normalContributions(options: NormalContributionsOptions): RiskContributions | Unavailable {
  const { instruments, covariance, exposures, confidencePerMille = confidenceDefault } = options
  checkConfidence(confidencePerMille)
  checkSymmetric(covariance)
  if (instruments.length !== covariance.size) {
    throw new ConfigError(`A covariance of size ${covariance.size} does not fit ${instruments.length} instruments.`, {
      code: 'LENGTH_MISMATCH',
    })
  }
  const vector = exposureVector(instruments, exposures)
  if (!(vector instanceof Float64Array)) return vector
  const slopes = product(covariance, vector)
  const variance = sumOfProducts(vector, slopes)
  if (variance < -1e-12 * Math.abs(sumOfProducts(vector, slopes.map(Math.abs)))) {
    return unavailable('SINGULAR', 'a covariance without negative variances', variance)
  }
  const sigma = Math.sqrt(Math.max(0, variance))
  const total = normalTail(sigma, confidencePerMille)
  const positions = instruments.map((instrument, index): RiskContribution => {
    const exposure = vector[index]!
    const slope = sigma > 0 ? slopes[index]! / sigma : 0
    const own = covariance.values[index * covariance.size + index]!
    const rest = Math.sqrt(Math.max(0, variance - 2 * exposure * slopes[index]! + exposure * exposure * own))
    const scaled = (by: number): Tail => normalTail(by, confidencePerMille)
    return {
      instrument,
      exposure,
      marginal: scaled(slope),
      component: scaled(slope * exposure),
      incremental: scaled(sigma - rest),
    }
  })
  return { kind: 'contributions', total, positions }
}

function product({ size, values }: SquareMatrix, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => {
    return sumOfProducts(values.subarray(row * size, (row + 1) * size), vector)
  })
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0)
}
