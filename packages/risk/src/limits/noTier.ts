import { formatMoney, type RiskView, type Verdict } from '@astertrade/core'
import type { CapitalTiers } from '../capitalTiers.js'

/** The refusal of an account below the first tier of capital. */
export function noTier(rule: string, tiers: CapitalTiers, view: RiskView): Verdict {
  const [limit, got] = [formatMoney(tiers.list[0]!.from), formatMoney(view.equityExact)]
  return { kind: 'refuse', reason: { code: 'TIER_NONE', rule, limit, got, unit: 'quote' } }
}
