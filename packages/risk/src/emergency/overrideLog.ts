import { approve, invariant, type RiskMemory, type RiskRule } from '@astertrade/core'
import { factMemory } from './factMemory.js'
import { manualOverride, noOverrides, type OverrideRules, type OverrideState } from './manualOverride.js'
import type { OverrideEvent } from './overrideEvent.js'

/** Name of the memory, and of the rule that keeps it. */
export const overrideLogName = 'overrides'

/**
 * The rule that keeps the manual overrides inside the engine: it refuses nothing, and `overridable` reads what it keeps.
 *
 * It hears `noted('overrides', …)` events and takes them as `manualOverride` does. Each order that an override admitted is counted as used
 * before the next one is reviewed, and carries the override's id into the journal, so that a replay of the journal grants what the session
 * granted and no more. A fact that `manualOverride` refuses changes nothing; ask it first to learn why.
 *
 * @example
 * createEngine({ …, rules: [overrideLog(rules), overridable({ rule: clipSize({ limit: 0.02 }), … })] })
 * engine.step(noted('overrides', { kind: 'requested', id: 'o1', time, by: ann, … }))
 */
export function overrideLog(rules: OverrideRules): RiskRule {
  const take = (state: OverrideState, event: OverrideEvent): OverrideState => {
    const outcome = manualOverride(state, event, rules)
    return outcome.kind === 'done' ? outcome.state : state
  }
  const memory: RiskMemory<OverrideState> = {
    ...factMemory(overrideLogName, noOverrides, (state, fact) => take(state, fact as unknown as OverrideEvent)),
    admitted(state, use) {
      const next = take(state, { kind: 'used', ...use })
      invariant(next !== state, `Override "${use.id}" admitted order "${use.orderId}", and cannot be used.`)
      return next
    },
  }
  return { name: overrideLogName, check: () => approve, memory }
}
