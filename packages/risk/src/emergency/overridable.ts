import type { RiskRule, RiskView } from '@astertrade/core'
import { worstPrice } from '../limits/worstPrice.js'
import { type OverrideRules, type OverrideState, overrideFor } from './manualOverride.js'

/** What `overridable` takes. */
export interface OverridableOptions {
  /** The rule with the configured limit. */
  readonly rule: RiskRule
  /** Code of the check that may be overridden. */
  readonly code: string
  /** The same rule with another limit. */
  readonly raised: (limit: number) => RiskRule
  /** The overrides as they are now. */
  readonly overrides: (view: RiskView) => OverrideState
  readonly rules: OverrideRules
}

/**
 * A rule whose limit a manual override can raise for a while: where it would shrink or refuse by its code, the raised rule decides if an
 * override is in force.
 *
 * With the end of the override the rule is what it was. Alarms and memory stay those of the configured rule. An approval carries no mark:
 * whoever places the order asks `overrideFor` and journals a `used` fact before the next one is reviewed, so that uses are counted.
 *
 * @example
 * overridable({ rule: clipSize({ limit: 0.02 }), code: 'CLIP', raised: (limit) => clipSize({ limit }), overrides: () => state, rules })
 */
export function overridable({ rule, code, raised, overrides, rules }: OverridableOptions): RiskRule {
  const { firstLook: _, ...rest } = rule
  return {
    ...rest,
    check(order, view) {
      const verdict = rule.check(order, view)
      if (verdict.kind === 'approve' || verdict.reason.code !== code) return verdict
      const { instrument, quantity } = order
      const question = { code, instrument, notional: worstPrice(order, view) * quantity, time: view.now }
      const override = overrideFor(overrides(view), question, rules)
      return override === undefined ? verdict : raised(override.limit).check(order, view)
    },
  }
}
