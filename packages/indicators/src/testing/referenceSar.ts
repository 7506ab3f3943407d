import type { BarColumns } from '../indicator.js'

/** A trade of Wilder's system: it is always in one. */
interface Trade {
  readonly side: 'long' | 'short'
  /** Highest high of a long trade, lowest low of a short one. */
  readonly extreme: number
  readonly acceleration: number
  /** Stop of the next bar. */
  readonly stop: number
}

/** How the stop accelerates, and which way it starts. */
export interface SarRules {
  readonly start: number
  readonly step: number
  readonly max: number
  readonly initial?: 'auto' | 'long' | 'short'
}

/** Parabolic stops, in Wilder's words: a trade for each bar, made from the trade of the bar before. */
export function referenceSar({ high, low }: BarColumns, rules: SarRules): number[] {
  const stops: number[] = [...high].map(() => Number.NaN)
  if (high.length < 2) return stops
  let trade = opened(high, low, rules)
  for (let index = 1; index < high.length; index++) {
    const before = Math.max(index - 1, 1)
    const range = { high: Math.max(high[before]!, high[index]!), low: Math.min(low[before]!, low[index]!) }
    const stopped = trade.side === 'long' ? low[index]! <= trade.stop : high[index]! >= trade.stop
    stops[index] = stopped ? reached(trade, range) : trade.stop
    if (stopped) trade = reversed(trade, stops[index]!, { high: high[index]!, low: low[index]! }, range, rules)
    else trade = continued(trade, { high: high[index]!, low: low[index]! }, range, rules)
  }
  return stops
}

type Range = Readonly<Record<'high' | 'low', number>>

function opened(high: Float64Array, low: Float64Array, { initial = 'auto', start }: SarRules): Trade {
  const fall = low[0]! - low[1]!
  const falls = fall > 0 && fall > high[1]! - high[0]!
  const side = initial === 'auto' ? (falls ? 'short' : 'long') : initial
  if (side === 'long') return { side, extreme: high[1]!, stop: low[0]!, acceleration: start }
  return { side, extreme: low[1]!, stop: high[0]!, acceleration: start }
}

/** Where a stopped trade ends: at its extreme, outside the last two bars. */
function reached({ side, extreme }: Trade, range: Range): number {
  return side === 'long' ? Math.max(extreme, range.high) : Math.min(extreme, range.low)
}

function reversed({ side }: Trade, from: number, bar: Range, range: Range, { start }: SarRules): Trade {
  if (side === 'long') {
    const stop = Math.max(from + start * (bar.low - from), range.high)
    return { side: 'short', extreme: bar.low, stop, acceleration: start }
  }
  const stop = Math.min(from + start * (bar.high - from), range.low)
  return { side: 'long', extreme: bar.high, stop, acceleration: start }
}

function continued(trade: Trade, bar: Range, range: Range, { step, max }: SarRules): Trade {
  const { side } = trade
  const further = side === 'long' ? bar.high > trade.extreme : bar.low < trade.extreme
  const acceleration = further ? Math.min(trade.acceleration + step, max) : trade.acceleration
  const extreme = further ? (side === 'long' ? bar.high : bar.low) : trade.extreme
  const moved = trade.stop + acceleration * (extreme - trade.stop)
  const stop = side === 'long' ? Math.min(moved, range.low) : Math.max(moved, range.high)
  return { side, extreme, stop, acceleration }
}
