import {
  manualOverride,
  noOverrides,
  type OverrideOutcome,
  type OverrideRules,
  type OverrideState,
} from './manualOverride.js'
import type { OverrideEvent } from './overrideEvent.js'
import { ann, at, bob, minute, reason } from './people.rig.js'

export const rules: OverrideRules = {
  operators: 2,
  ceilings: { CLIP: { configured: 0.02, seed: 0.05 }, GROSS_EXPOSURE: { configured: 0.4, seed: 1 } },
}
export type Requested = Extract<OverrideEvent, { kind: 'requested' }>
export const request = (options: Partial<Requested> = {}): Requested => ({
  kind: 'requested',
  id: 'o1',
  time: at(0),
  by: ann,
  reason,
  scope: { code: 'CLIP', notionalMax: 400 },
  limit: 0.04,
  expiresAt: at(30 * minute),
  uses: 2,
  ...options,
})
export const approve = (options: Partial<Extract<OverrideEvent, { kind: 'approved' }>> = {}): OverrideEvent => ({
  kind: 'approved',
  id: 'o1',
  time: at(minute),
  by: bob,
  ...options,
})

export function told(
  events: readonly OverrideEvent[],
  given: OverrideRules = rules,
): { state: OverrideState; last: OverrideOutcome } {
  let state = noOverrides
  let last: OverrideOutcome = { kind: 'done', state }
  for (const event of events) {
    last = manualOverride(state, event, given)
    if (last.kind === 'done') state = last.state
  }
  return { state, last }
}
