import { type BarColumn, type Bars, barColumns } from '../bar.js'
import type { BarDefect } from './issue.js'

/** What is wrong with a bar by itself, and in which column. */
export interface FoundDefect {
  readonly kind: BarDefect
  readonly column: BarColumn
}

const timeMax = 8.64e15

/** True if a bar is sound by itself: whole milliseconds, finite positive prices inside of low and high, volume not negative. */
export function isSoundBar(bars: Bars, index: number): boolean {
  const time = bars.time[index]!
  const open = bars.open[index]!
  const high = bars.high[index]!
  const low = bars.low[index]!
  const close = bars.close[index]!
  const volume = bars.volume[index]!
  // Every comparison with a NaN is false.
  const isInside = low > 0 && open >= low && close >= low && open <= high && close <= high && high < Infinity
  return (
    isInside && volume >= 0 && volume < Infinity && Math.floor(time) === time && time >= -timeMax && time <= timeMax
  )
}

/** The first defect of a bar by itself; undefined if it is sound. */
export function barDefect(bars: Bars, index: number): FoundDefect | undefined {
  if (isSoundBar(bars, index)) return undefined
  const value = (column: BarColumn): number => bars[column][index]!
  const time = value('time')
  if (!Number.isInteger(time) || Math.abs(time) > timeMax) return { kind: 'badTime', column: 'time' }
  const infinite = barColumns.find((column) => !Number.isFinite(value(column)))
  if (infinite) return { kind: 'notFinite', column: infinite }
  const negative = (['open', 'high', 'low', 'close'] as const).find((column) => value(column) <= 0)
  if (negative) return { kind: 'badPrice', column: negative }
  if (value('volume') < 0) return { kind: 'negativeVolume', column: 'volume' }
  if (value('low') > value('high')) return { kind: 'brokenRange', column: 'low' }
  const isOpenOutside = value('open') < value('low') || value('open') > value('high')
  return { kind: 'brokenRange', column: isOpenOutside ? 'open' : 'close' }
}
