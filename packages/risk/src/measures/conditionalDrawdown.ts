import { drawdownSeries } from '@astertrade/core/stats'
import { type ConfidenceOptions, checkConfidence, confidenceDefault } from './confidence.js'
import { firstFlaw } from './firstFlaw.js'
import { lossesOf } from './lossesOf.js'
import { tailInPlace } from './sampleTail.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** How deep drawdowns are. */
export interface ConditionalDrawdown {
  readonly kind: 'drawdown'
  /** Mean of the deepest `1 - α` of all drawdowns, as a share of the peak, 0 to 1. */
  readonly conditionalDrawdown: number
  /** Drawdown that is not exceeded with the given confidence. */
  readonly drawdownAtRisk: number
}

const needed = 2

/**
 * Conditional drawdown at risk: the expected shortfall of the drawdowns at the end of all periods; between their mean
 * and the deepest one.
 *
 * Chekhlov, Uryasev, Zabarankin, Drawdown Measure in Portfolio Optimization (2005). Unavailable below two returns and
 * for one that is no finite number.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * conditionalDrawdown([0.1, -0.5, 0.2], { confidencePerMille: 500 })
 * // => { kind: 'drawdown', conditionalDrawdown: 0.4666666666666667, drawdownAtRisk: 0.4 }
 */
export function conditionalDrawdown(
  returns: ArrayLike<number>,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): ConditionalDrawdown | Unavailable {
  checkConfidence(confidencePerMille)
  const losses = lossesOf(returns, needed)
  // A steady fall has drawdowns too, and a flat line has none.
  if (!(losses instanceof Float64Array) && losses.code !== 'CONSTANT') return losses
  const depths = drawdownSeries(returns)
  if (firstFlaw(depths) >= 0) return unavailable('NOT_FINITE', 'growth within the range of doubles', 'larger returns')
  const { valueAtRisk, expectedShortfall } = tailInPlace(depths, confidencePerMille)
  return { kind: 'drawdown', conditionalDrawdown: expectedShortfall, drawdownAtRisk: valueAtRisk }
}
