import type { RiskReason } from '@astertrade/core'

/** The refusal of figures that are not numbers. */
export function notFinite(rule: string, got: number, unit: RiskReason['unit']): RiskReason {
  return { code: 'NOT_FINITE', rule, limit: 'a number', got: String(got), unit }
}
