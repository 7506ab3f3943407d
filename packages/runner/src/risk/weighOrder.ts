import { buyingPower, type Verdict } from '@astertrade/core'
import { explainOrder, type OrderExplanation } from '@astertrade/risk'
import { policyLimits } from '../run/policyLimits.js'
import type { PolicySetting } from '../run/runSettings.js'
import { type Hypothesis, type Supposed, suppose } from './hypothesis.js'

/** What one check says to an order that might be sent. */
export interface Check {
  readonly rule: string
  /** Its verdict on the order as it was wished for. */
  readonly verdict: Verdict
  /** The verdict in a sentence; undefined where it approves. */
  readonly sentence: string | undefined
  /** Share of its limit that the account uses before the order; undefined for a rule that does not tell. */
  readonly use: number | undefined
}

/** An order that might be sent, all checks it would meet, and the size it would get. */
export interface WeighedOrder extends Supposed, Pick<OrderExplanation, 'quantity' | 'reasons'> {
  readonly outcome: 'approved' | 'shrunk' | 'refused'
  /** In the order in which they are asked. */
  readonly checks: readonly Check[]
  /** Value of that size, and what it loses at its stop; without a stop all of it. */
  readonly value: number
  readonly loss: number
}

/**
 * Weighs an order that might be sent against a policy and an account without leverage.
 *
 * @throws ConfigError if a figure of the hypothesis or an option of the policy is unsound.
 */
export function weighOrder(hypothesis: Hypothesis, policy: PolicySetting): WeighedOrder {
  const supposed = suppose(hypothesis)
  const { instrument, order, view } = supposed
  const rules = [...policyLimits(policy).rules, buyingPower()]
  const { answers, quantity, reasons } = explainOrder(order, instrument, rules, view)
  const entry = order.limit ?? view.markPrice(instrument.id)
  const { protectiveStop: stop } = order
  const way = stop === undefined ? 0 : stop === 'none' ? entry : Math.abs(entry - stop)
  return {
    ...supposed,
    outcome: quantity === 0 ? 'refused' : quantity < order.quantity ? 'shrunk' : 'approved',
    checks: answers.map((answer, index) => ({ ...answer, use: rules[index]!.use?.(view) })),
    quantity,
    reasons,
    value: quantity * entry,
    loss: quantity * way,
  }
}
