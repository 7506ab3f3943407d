import { exp, log } from '../elementary.js'
import { mean, standardDeviation } from '../stats/moments.js'
import type { RoundTrip } from './report.js'

/** Figures of closed round trips; a position still open at the end is no trade yet. */
export interface TradeStatistics {
  /** Closed round trips. */
  readonly trades: number
  /** Share with a profit after fees. */
  readonly winRate: number
  /** Profit over entry notional. */
  readonly bestTrade: number
  readonly worstTrade: number
  /** Geometric mean of the trades' profit ratios; -1 where one lost all it had put in. */
  readonly averageTrade: number
  /** Milliseconds. */
  readonly maxTradeDuration: number
  readonly averageTradeDuration: number
  /** Sum of the profit ratios of winners over that of losers; `NaN` without losers. */
  readonly profitFactor: number
  /** Arithmetic mean of the trades' profit ratios. */
  readonly expectancy: number
  /** System quality number: √n times mean over standard deviation (n - 1) of profits in money. Tharp (1998). */
  readonly sqn: number
  /** `w - (1 - w) / (average win / average loss)` in money; `NaN` without winners or losers. Kelly (1956). */
  readonly kelly: number
}

/**
 * Measures closed round trips. Every figure but the count is `NaN` without any.
 *
 * @example
 * tradeStatistics([]).trades // => 0
 */
export function tradeStatistics(roundTrips: readonly RoundTrip[]): TradeStatistics {
  const closed = roundTrips.filter((trade) => !trade.open)
  const ratios = closed.map((trade) => trade.profitRatio)
  const profits = closed.map((trade) => trade.profit)
  const durations = closed.map((trade) => trade.exitTime - trade.entryTime)
  const winners = profits.filter((profit) => profit > 0)
  const winRate = winners.length / closed.length
  const payoff = mean(winners) / -mean(profits.filter((profit) => profit < 0))
  return {
    trades: closed.length,
    winRate,
    bestTrade: extreme(ratios, 1),
    worstTrade: extreme(ratios, -1),
    averageTrade: geometricMean(ratios),
    maxTradeDuration: extreme(durations, 1),
    averageTradeDuration: mean(durations),
    profitFactor: sum(ratios, 1) / (sum(ratios, -1) || Number.NaN),
    expectancy: mean(ratios),
    sqn: (Math.sqrt(closed.length) * mean(profits)) / standardDeviation(profits),
    kelly: winRate - (1 - winRate) / payoff,
  }
}

/** Largest (1) or smallest (-1) value. */
function extreme(values: readonly number[], sign: 1 | -1): number {
  let found = Number.NaN
  for (const value of values) if (!(value * sign <= found * sign)) found = value
  return found
}

/** Sum of the gains (1) or of the losses (-1), positive. */
function sum(values: readonly number[], sign: 1 | -1): number {
  let total = 0
  for (const value of values) if (value * sign > 0) total += value * sign
  return total
}

function geometricMean(ratios: readonly number[]): number {
  let logs = 0
  for (const ratio of ratios) {
    if (ratio <= -1) return -1
    logs += log(1 + ratio)
  }
  return exp(logs / ratios.length) - 1
}
