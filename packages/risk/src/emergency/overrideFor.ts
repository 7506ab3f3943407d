import type { Timestamp } from '@astertrade/core'
import { idle, type OverrideRules, type OverrideState, timesMax } from './manualOverride.js'

/** An order that wants more than a configured limit allows. */
export interface OverrideQuestion {
  readonly code: string
  readonly instrument: string
  readonly notional: number
  readonly time: Timestamp
}

/**
 * The override that an order may use, the one with the highest limit; undefined where the configured limit stands.
 *
 * The ceilings are asked again, since the configuration may have been tightened since.
 */
export function overrideFor(
  { overrides }: OverrideState,
  { code, instrument, notional, time }: OverrideQuestion,
  { ceilings }: OverrideRules,
): { readonly id: string; readonly limit: number } | undefined {
  const ceiling = Object.hasOwn(ceilings, code) ? ceilings[code]! : undefined
  if (ceiling === undefined) return undefined
  let best: { id: string; limit: number } | undefined
  for (const override of overrides) {
    const { scope, id } = override.request
    const fits = scope.code === code && (scope.instrument ?? instrument) === instrument && notional <= scope.notionalMax
    if (!fits || idle(override, time)) continue
    const limit = Math.min(override.request.limit, timesMax * ceiling.configured, ceiling.seed)
    if (limit > ceiling.configured && (best === undefined || limit > best.limit)) best = { id, limit }
  }
  return best
}
