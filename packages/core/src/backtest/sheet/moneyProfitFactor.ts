import type { RoundTrip } from '../report.js'

/**
 * Money that the winners among closed trades made over that the losers lost; `NaN` without losers. The statistics have the
 * one of profit ratios.
 */
export function moneyProfitFactor(trades: readonly Pick<RoundTrip, 'profit' | 'open'>[]): number {
  let [won, lost] = [0, 0]
  for (const { profit, open } of trades) {
    if (open) continue
    if (profit > 0) won += profit
    else lost -= profit
  }
  return lost > 0 ? won / lost : Number.NaN
}
