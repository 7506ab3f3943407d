import type { Tail } from './sampleTail.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** How a tail was estimated. */
export type RiskMethod =
  | 'historical'
  | 'normal'
  | 'studentT'
  | 'cornishFisher'
  | 'filteredHistorical'
  | 'ewma'
  | 'monteCarlo'

/**
 * What a reader should know of an estimate: `SHORT_SAMPLE`, larger of two other methods with a margin of 20 %;
 * `OUTSIDE_DOMAIN`, Cornish-Fisher does not apply and filtered history stands in; `PROXIED`, an asset without history
 * follows another; `COV_REPAIRED`, a covariance was made positive semi-definite; `BACKTEST_YELLOW`, raised after too
 * many exceedances.
 */
export type RiskNote = 'SHORT_SAMPLE' | 'OUTSIDE_DOMAIN' | 'PROXIED' | 'COV_REPAIRED' | 'BACKTEST_YELLOW'

/**
 * Value at risk and expected shortfall with where they come from. Losses are positive; an all-gain sample gives a
 * negative figure.
 */
export interface TailEstimate extends Tail {
  readonly kind: 'estimate'
  readonly method: RiskMethod
  readonly confidencePerMille: number
  /** Returns that the estimate rests on. */
  readonly observations: number
  readonly notes: readonly RiskNote[]
}

/** What makes an estimate. */
export interface TailParts extends Omit<TailEstimate, 'kind' | 'notes' | keyof Tail> {
  readonly tail: Tail
  readonly notes?: readonly RiskNote[]
}

/** An estimate out of its parts; unavailable where numbers too large to square made it no finite number. */
export function tailEstimate({ tail, notes = [], ...parts }: TailParts): TailEstimate | Unavailable {
  const { valueAtRisk, expectedShortfall } = tail
  if (!Number.isFinite(valueAtRisk) || !Number.isFinite(expectedShortfall)) {
    return unavailable('NOT_FINITE', 'figures within the range of doubles', `${valueAtRisk} and ${expectedShortfall}`)
  }
  return { kind: 'estimate', ...parts, valueAtRisk, expectedShortfall, notes }
}
