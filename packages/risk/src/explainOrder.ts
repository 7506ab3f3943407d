import {
  type Instrument,
  type OrderRequest,
  type RiskRule,
  type RiskView,
  review,
  type Verdict,
} from '@astertrade/core'
import { explain } from './explain.js'

/** What one rule says to an order, asked alone. */
export interface RuleAnswer {
  readonly rule: string
  readonly verdict: Verdict
  /** The sentence for people; undefined where the rule approves. */
  readonly sentence: string | undefined
}

/** An order before all rules, and what a review makes of it. */
export interface OrderExplanation {
  /** Every rule in its order, each asked about the order as it was wished for. */
  readonly answers: readonly RuleAnswer[]
  /** Base units that a review would let through, 0 where it refuses. */
  readonly quantity: number
  /** Why there is less than was wished for; empty where there is not. */
  readonly reasons: readonly string[]
}

/**
 * Asks every rule about an order, also after one has refused it, and reviews it: what `review` would do and all that stands in its way.
 *
 * @example
 * explainOrder(order, btc, riskPolicy(), view).answers.filter(({ verdict }) => verdict.kind !== 'approve').map(({ rule }) => rule)
 * // => ['clipSize(5%)', 'positionRisk(0.5/1/1.5/2%)']
 */
export function explainOrder(
  order: OrderRequest,
  instrument: Instrument,
  rules: readonly RiskRule[],
  view: RiskView,
): OrderExplanation {
  const answers = rules.map((rule) => {
    const verdict = rule.check(order, view)
    const sentence = verdict.kind === 'approve' ? undefined : explain(verdict.reason)
    return { rule: rule.name, verdict, sentence }
  })
  const outcome = review(order, instrument, rules, view)
  if (outcome.kind === 'refused') return { answers, quantity: 0, reasons: [explain(outcome.reason)] }
  return { answers, quantity: outcome.order.quantity, reasons: outcome.shrunk.map(explain) }
}
