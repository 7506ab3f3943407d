import type { TailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** What decides. */
export interface DecisionParts {
  readonly historical: TailEstimate | Unavailable
  readonly filteredHistorical: TailEstimate | Unavailable
  readonly monteCarlo: TailEstimate | Unavailable
  /** Computes what stands in for filtered history where its sample is too short; see `shortSampleRisk`. */
  readonly shortSample: () => TailEstimate | Unavailable
}

/**
 * The figure that limits are held against: the largest of historical, filtered historical and Monte Carlo, value at
 * risk and expected shortfall each for itself. `method` is the one with the largest value at risk.
 *
 * Unavailable where one of the three is, except that a sample too short for filtered history is replaced by
 * `shortSample`.
 *
 * @example
 * const decision = decisionFigure({
 *   historical: historicalRisk(returns),
 *   filteredHistorical: filteredHistoricalRisk(returns),
 *   monteCarlo: monteCarloRisk(returns, { seed: 1 }),
 *   shortSample: () => shortSampleRisk(returns),
 * })
 */
export function decisionFigure(parts: DecisionParts): TailEstimate | Unavailable {
  const { historical, monteCarlo, shortSample } = parts
  const short = parts.filteredHistorical.kind === 'unavailable' && parts.filteredHistorical.code === 'TOO_SHORT'
  const filtered = short ? shortSample() : parts.filteredHistorical
  if (historical.kind === 'unavailable') return historical
  if (filtered.kind === 'unavailable') return filtered
  if (monteCarlo.kind === 'unavailable') return monteCarlo
  return larger(larger(historical, filtered), monteCarlo)
}

function larger(a: TailEstimate, b: TailEstimate): TailEstimate {
  const { kind, method, confidencePerMille } = b.valueAtRisk > a.valueAtRisk ? b : a
  return {
    kind,
    method,
    confidencePerMille,
    observations: Math.min(a.observations, b.observations),
    valueAtRisk: Math.max(a.valueAtRisk, b.valueAtRisk),
    expectedShortfall: Math.max(a.expectedShortfall, b.expectedShortfall),
    notes: [...new Set([...a.notes, ...b.notes])],
  }
}
