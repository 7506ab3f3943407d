import { checkOptionChoice } from '../limits/checkOptions.js'
import { type Scenarios, scenarioColumns } from '../measures/scenarioMatrix.js'
import type { SquareMatrix } from '../measures/squareMatrix.js'
import type { RiskNote } from '../measures/tailEstimate.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import { covariance } from './covariance.js'
import { ledoitWolf } from './ledoitWolf.js'
import { repairCovariance } from './repairCovariance.js'

/** What `portfolioCovariance` takes. */
export interface PortfolioCovarianceOptions {
  /** What the sample is drawn toward (default `identity`); `none` takes it as it is. */
  readonly shrinkage?: 'identity' | 'constantCorrelation' | 'none'
}

/** A covariance that is ready for use. */
export interface PortfolioCovariance {
  readonly kind: 'covariance'
  readonly instruments: readonly string[]
  readonly covariance: SquareMatrix
  /** Weight of the target, 0 to 1. */
  readonly intensity: number
  readonly notes: readonly RiskNote[]
}

/**
 * Covariance of the instruments of scenarios: shrunk, symmetric, positive semi-definite.
 *
 * Unavailable with `TOO_SHORT` for fewer than two periods, or without shrinkage for no more periods than instruments;
 * with `NOT_FINITE` for returns too large to square.
 *
 * @throws ConfigError `BAD_PARAMETER` for another shrinkage.
 * @example
 * const estimate = portfolioCovariance(scenarios)
 * if (estimate.kind === 'covariance') hierarchicalRiskParity(estimate)
 */
export function portfolioCovariance(
  scenarios: Scenarios,
  { shrinkage = 'identity' }: PortfolioCovarianceOptions = {},
): PortfolioCovariance | Unavailable {
  checkOptionChoice('shrinkage', shrinkage, ['identity', 'constantCorrelation', 'none'])
  const { instruments, rows } = scenarios
  const rowsMin = shrinkage === 'none' ? Math.max(2, instruments.length + 1) : 2
  if (rows < rowsMin) return unavailable('TOO_SHORT', `${rowsMin} periods`, rows)
  const columns = scenarioColumns(scenarios)
  const estimate =
    shrinkage === 'none'
      ? { covariance: covariance(columns), intensity: 0 }
      : ledoitWolf(columns, { target: shrinkage })
  if (!estimate.covariance.values.every(Number.isFinite)) {
    return unavailable('NOT_FINITE', 'squares within the range of doubles', 'larger returns')
  }
  const { covariance: repaired, notes } = repairCovariance(estimate.covariance)
  return {
    kind: 'covariance',
    instruments,
    covariance: repaired,
    intensity: estimate.intensity,
    notes: [...scenarios.notes, ...notes],
  }
}
