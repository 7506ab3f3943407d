import { InvariantError, invariant } from './errors.js'
import type { Instrument } from './instrument.js'
import type { OrderRequest } from './order.js'
import {
  approve,
  type FirstLook,
  type RiskReason,
  type RiskRule,
  type RiskView,
  type Shrink,
  type Verdict,
} from './risk.js'
import { RuleError } from './ruleError.js'

/** Known to this file alone: every object shows its constructor, so calling that must not be enough. */
const mint: object = {}

/** The seal on an approved thing: a private member, which no spread, cast of a literal or parsed journal can carry. */
class Reviewed {
  readonly kind = 'approved'
  readonly #reviewed = true
  readonly order: OrderRequest
  /** What rules made smaller, in order. */
  readonly shrunk: readonly Shrink[]
  /** Ids of the manual overrides that admitted it. */
  readonly overrides: readonly string[]

  constructor(order: OrderRequest, shrunk: readonly Shrink[], overrides: readonly string[], by: object) {
    if (by !== mint) throw new InvariantError('An order is approved by review() alone.')
    this.order = order
    this.shrunk = shrunk
    this.overrides = overrides
  }

  static holds(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #reviewed in value && value.#reviewed
  }
}

export type { Reviewed }

/** An order that passed a review. Made by `review` alone; a plain object or a changed copy does not compile as one. */
export type Approved<T extends OrderRequest = OrderRequest> = Reviewed & { readonly order: T }

/** An order that a rule refused. */
export interface Refused {
  readonly kind: 'refused'
  readonly order: OrderRequest
  readonly reason: RiskReason
}

/** True for what `review` made, at run time as the types say at compile time. */
export function isApproved(value: unknown): value is Approved {
  return Reviewed.holds(value)
}

const nothingShrunk: readonly Shrink[] = []
const noOverride: readonly string[] = []

/**
 * Asks the rules in order and seals the order when none refuses; the only mint of an approved order.
 *
 * A quantity that is no number or no whole number of lots is refused (`NOT_FINITE`, `OFF_LOT`). A rule sees the quantity that earlier rules left. A size that falls below the venue's minimum is refused, never rounded up.
 * Reviewing an approved order again in the same view gives the same quantity.
 *
 * @throws InvariantError if a rule tries to enlarge an order.
 * @throws RuleError naming the rule if it throws or answers no verdict.
 */
export function review(
  order: OrderRequest,
  instrument: Instrument,
  rules: readonly RiskRule[],
  view: RiskView,
): Approved | Refused {
  let current = order
  let shrunk = nothingShrunk
  let overrides = noOverride
  let looked: FirstLook | undefined
  let isClear = false
  for (let index = 0; index < rules.length; index++) {
    const { firstLook } = rules[index]!
    if (firstLook !== undefined) {
      if (firstLook !== looked) isClear = firstLook.clears(current, view)
      looked = firstLook
      if (isClear) continue
    }
    const verdict = ask(rules[index]!, current, view)
    if (verdict === approve) continue
    if (verdict.kind === 'refuse') return { kind: 'refused', order: current, reason: verdict.reason }
    if (verdict.override !== undefined) overrides = [...new Set([...overrides, verdict.override])]
    if (verdict.kind === 'approve') continue
    invariant(
      verdict.quantity <= current.quantity && verdict.quantity >= 0,
      `Rule "${rules[index]!.name}" turned a quantity of "${current.quantity}" into "${verdict.quantity}".`,
    )
    const shrink = { ...verdict.reason, from: current.quantity, to: instrument.quantity(verdict.quantity) }
    current = { ...current, quantity: shrink.to }
    shrunk = shrunk === nothingShrunk ? [shrink] : [...shrunk, shrink]
  }
  const reason = unsound(current, instrument) ?? belowMinimum(current, instrument, view)
  return reason
    ? { kind: 'refused', order: current, reason }
    : (new Reviewed(current, shrunk, overrides, mint) as Approved)
}

function ask(rule: RiskRule, order: OrderRequest, view: RiskView): Verdict {
  let verdict: Verdict
  try {
    verdict = rule.check(order, view)
  } catch (error) {
    throw new RuleError('Rule', rule.name, error)
  }
  if (verdict === approve) return verdict
  const kind: string | undefined = verdict?.kind
  if (kind === 'approve' || kind === 'refuse' || kind === 'shrink') return verdict
  throw new RuleError(
    'Rule',
    rule.name,
    new InvariantError(`check answered "${String(verdict)}", which is no verdict.`, {
      code: 'BAD_VERDICT',
      hints: ["approve, { kind: 'refuse', reason } or { kind: 'shrink', quantity, reason }"],
    }),
  )
}

/** A quantity that no venue would take as it is; an exit may be off the grid, where fees left a rest of a lot. */
function unsound({ quantity, reduceOnly }: OrderRequest, instrument: Instrument): RiskReason | undefined {
  if (typeof quantity !== 'number') return refusal('NOT_FINITE', 0, quantity, 'base')
  if (reduceOnly || !(quantity > 0) || instrument.quantity(quantity) === quantity) return undefined
  return refusal('OFF_LOT', instrument.lot.size, quantity, 'base')
}

function belowMinimum(order: OrderRequest, instrument: Instrument, view: RiskView): RiskReason | undefined {
  if (!(order.quantity > 0 && order.quantity >= instrument.minQuantity)) {
    return refusal('BELOW_MIN_QUANTITY', instrument.minQuantity, order.quantity, 'base')
  }
  if (instrument.minNotional === 0 || order.reduceOnly) return undefined
  const price = order.limit ?? order.trigger ?? view.mark(order.instrument)?.price
  const notional = price === undefined ? Number.NaN : price * order.quantity
  return notional >= instrument.minNotional
    ? undefined
    : refusal('BELOW_MIN_NOTIONAL', instrument.minNotional, notional, 'quote')
}

function refusal(code: string, limit: number, got: number, unit: RiskReason['unit']): RiskReason {
  return { code, rule: 'review', limit: String(limit), got: String(got), unit }
}
