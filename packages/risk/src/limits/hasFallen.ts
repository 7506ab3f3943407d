import type { Money, RiskReason } from '@astertrade/core'
import { firstLookMargin } from './firstLook.js'
import { type LimitRatio, million } from './limitRatio.js'

/** True when equity is clearly above `1 - limit` of the reference. False proves nothing, and is what `NaN` gives. */
export function clearlyAbove(equity: number, reference: number, limit: LimitRatio): boolean {
  return equity > clearLevel(reference, limit) && equity < Number.POSITIVE_INFINITY
}

/** The least equity that is clearly above; infinite where the reference is nothing, so that everything is looked at exactly. */
export function clearLevel(reference: number, limit: LimitRatio): number {
  const floor = reference * ((1 - limit.near) * (1 + firstLookMargin))
  return floor >= 0 ? floor : Number.POSITIVE_INFINITY
}

/** True from the first touch on: `equity <= (1 - limit) * reference`, exactly. A reference of nothing has always fallen. */
export function hasFallen(equity: Money, reference: Money, limit: LimitRatio): boolean {
  return equity * million <= reference * (million - limit.ppm)
}

/** The figures of a fall as ratios of the reference; the loss is rounded up to whole parts per million. */
export function fallReason(code: string, rule: string, equity: Money, reference: Money, limit: LimitRatio): RiskReason {
  return { code, rule, limit: String(limit.near), got: lossRatio(equity, reference), unit: 'ratio' }
}

function lossRatio(equity: Money, reference: Money): string {
  if (reference <= 0n) return '1'
  const loss = (reference - equity) * million
  const parts = loss / reference
  return String(Number(loss > parts * reference ? parts + 1n : parts) / 1e6)
}
