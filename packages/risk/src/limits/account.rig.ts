import { defineInstrument, type RiskReason, type RiskRule, type Verdict } from '@astertrade/core'
import { type OrderRequestOptions, orderRequestOf, type RiskViewOptions, riskViewOf } from '@astertrade/core/testing'

/** Instruments of the tests: two at one venue, one at another. */
export const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
export const eth = defineInstrument({ id: 'ETH-USDT.sim', tick: '0.01', lot: '0.01' })
export const sol = defineInstrument({ id: 'SOL-USDT.other', tick: '0.001', lot: '0.1' })

/** An account with a price of 100 for all three, and 10,000 unless told otherwise. */
export const account = (options: Partial<RiskViewOptions> = {}) =>
  riskViewOf({
    instruments: [btc, eth, sol],
    ...options,
    marks: { [btc.id]: 100, [eth.id]: 100, [sol.id]: 100, ...options.marks },
  })

/** An order to buy one BTC, changed as given. */
export const order = (options: Partial<OrderRequestOptions> = {}) => orderRequestOf({ instrument: btc, ...options })

/** A verdict in a line: `approve`, `shrink 5 CLIP`, `refuse CLIP`. */
export function said(rule: RiskRule, ...[given, view]: Parameters<RiskRule['check']>): string {
  return lineOf(rule.check(given, view))
}

/** The same of a verdict. */
export function lineOf(verdict: Verdict): string {
  if (verdict.kind === 'approve') return 'approve'
  return `${verdict.kind} ${verdict.kind === 'shrink' ? `${verdict.quantity} ` : ''}${verdict.reason.code}`
}

/** The reason of a verdict that has one. */
export function reasonOf(verdict: Verdict): RiskReason | undefined {
  return verdict.kind === 'approve' ? undefined : verdict.reason
}
