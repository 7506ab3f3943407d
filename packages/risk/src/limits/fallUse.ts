import type { LimitRatio } from './limitRatio.js'

/** Share of a limit on a fall below a reference that is in use; `NaN` where the reference is nothing. */
export function fallUse(equity: number, reference: number, limit: LimitRatio): number {
  return reference > 0 ? Math.max(0, 1 - equity / reference) / limit.near : Number.NaN
}
