import type { RiskRule } from '@astertrade/core'
import { worstPrice } from '../limits/worstPrice.js'
import { noOverrides, type OverrideRules, type OverrideState } from './manualOverride.js'
import { overrideFor } from './overrideFor.js'
import { overrideLogName } from './overrideLog.js'

/** What `overridable` takes. */
export interface OverridableOptions {
  /** The rule with the configured limit. */
  readonly rule: RiskRule
  /** Code of the check that may be overridden. */
  readonly code: string
  /** The same rule with another limit. */
  readonly raised: (limit: number) => RiskRule
  readonly rules: OverrideRules
}

/**
 * A rule whose limit a manual override can raise for a while: where it would shrink or refuse by its code, the raised rule decides if an
 * override is in force.
 *
 * It reads the overrides that `overrideLog` keeps and names the one that it goes by, so that the engine counts its use. With the end of the
 * override the rule is what it was. Alarms and memory stay those of the configured rule, so that a limit which trips is not raised once
 * it has tripped.
 *
 * @example
 * overridable({ rule: clipSize({ limit: 0.02 }), code: 'CLIP', raised: (limit) => clipSize({ limit }), rules })
 */
export function overridable({ rule, code, raised, rules }: OverridableOptions): RiskRule {
  const { firstLook: _, ...rest } = rule
  return {
    ...rest,
    check(order, view) {
      const verdict = rule.check(order, view)
      if (verdict.kind === 'approve' || verdict.reason.code !== code) return verdict
      const { instrument, quantity } = order
      const question = { code, instrument, notional: worstPrice(order, view) * quantity, time: view.now }
      const override = overrideFor(
        (view.memory(overrideLogName) as OverrideState | undefined) ?? noOverrides,
        question,
        rules,
      )
      if (override === undefined) return verdict
      const lenient = raised(override.limit).check(order, view)
      if (lenient.kind === 'refuse') return lenient
      const isLeft = lenient.kind === 'shrink' && verdict.kind === 'shrink' && !(lenient.quantity > verdict.quantity)
      return isLeft ? verdict : { ...lenient, override: override.id }
    },
  }
}
