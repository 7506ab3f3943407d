import { mean } from '../../stats/moments.js'
import type { RoundTrip } from '../report.js'

/** Closed trades that share something. */
export interface TradeGroup {
  readonly name: string
  readonly trades: number
  readonly winRate: number
  /** Sum of profits after fees. */
  readonly profit: number
  readonly fees: number
  /** Arithmetic mean of profit ratios. */
  readonly averageRatio: number
}

/** The same trades, cut in several ways; times are those of entry, in UTC. */
export interface TradeBreakdown {
  readonly direction: readonly TradeGroup[]
  readonly instrument: readonly TradeGroup[]
  readonly strategy: readonly TradeGroup[]
  readonly weekday: readonly TradeGroup[]
  readonly hour: readonly TradeGroup[]
  readonly holding: readonly TradeGroup[]
}

/** Splits closed trades by direction, instrument, strategy, time of entry and time held. */
export function breakdown(roundTrips: readonly RoundTrip[]): TradeBreakdown {
  const trades = roundTrips.filter((trade) => !trade.open)
  return {
    direction: group(trades, (trade) => trade.direction, ['long', 'short']),
    instrument: byProfit(group(trades, (trade) => trade.instrument)),
    strategy: byProfit(group(trades, (trade) => trade.strategy)),
    weekday: group(trades, (trade) => weekdays[(new Date(trade.entryTime).getUTCDay() + 6) % 7]!, weekdays),
    hour: group(trades, (trade) => hours[new Date(trade.entryTime).getUTCHours()]!, hours),
    holding: group(trades, ({ entryTime, exitTime }) => holdingName(exitTime - entryTime), holdingNames),
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)

const hourMs = 3_600_000
const holdings: readonly (readonly [limitMs: number, name: string])[] = [
  [hourMs, 'under 1 h'],
  [4 * hourMs, '1 to 4 h'],
  [24 * hourMs, '4 to 24 h'],
  [72 * hourMs, '1 to 3 d'],
  [168 * hourMs, '3 to 7 d'],
  [672 * hourMs, '1 to 4 weeks'],
  [Number.POSITIVE_INFINITY, 'over 4 weeks'],
]
const holdingNames = holdings.map(([, name]) => name)

function holdingName(ms: number): string {
  return holdings.find(([limit]) => ms < limit)?.[1] ?? holdingNames[holdingNames.length - 1]!
}

/** Groups in the given order of names, or else in that of their first trade; a name without trades is left out. */
function group(
  trades: readonly RoundTrip[],
  nameOf: (trade: RoundTrip) => string,
  order: readonly string[] = [],
): readonly TradeGroup[] {
  const groups = new Map<string, RoundTrip[]>(order.map((name) => [name, []]))
  for (const trade of trades) {
    const name = nameOf(trade)
    const members = groups.get(name)
    if (members) members.push(trade)
    else groups.set(name, [trade])
  }
  return Array.from(groups)
    .filter(([, members]) => members.length > 0)
    .map(([name, members]) => ({
      name,
      trades: members.length,
      winRate: members.filter((trade) => trade.profit > 0).length / members.length,
      profit: members.reduce((sum, trade) => sum + trade.profit, 0),
      fees: members.reduce((sum, trade) => sum + trade.fees, 0),
      averageRatio: mean(members.map((trade) => trade.profitRatio)),
    }))
}

function byProfit(groups: readonly TradeGroup[]): readonly TradeGroup[] {
  return groups.toSorted((a, b) => b.profit - a.profit)
}
