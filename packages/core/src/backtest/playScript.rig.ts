import { type Bars, barsOf } from '../bar.js'
import type { OrderEvent } from '../events.js'
import { defineInstrument, type Instrument } from '../instrument.js'
import { orderId } from '../order.js'
import { defineStrategy, type Strategy, type View, type Wish } from '../strategy.js'
import { type Duration, type Timestamp, timestamp } from '../time.js'
import { type BacktestOptions, backtest } from './backtest.js'
import type { FillRow, Report } from './report.js'

/** Open, high, low, close and, where it matters, volume (default 1000). */
export type Row = readonly [number, number, number, number, number?]

/** What a script wishes for at one bar. */
export type Line = Wish | ((view: View) => Wish)

/** A run on a few bars, written down by hand. */
export interface Script extends Partial<Omit<BacktestOptions, 'strategy' | 'data' | 'bars'>> {
  readonly bars: readonly Row[]
  /** Wishes by index of the bar whose close they answer. */
  readonly wishes?: Readonly<Record<number, Line>>
  /** Further hooks of the strategy. */
  readonly hooks?: Omit<Strategy, 'onBar'>
  /** Closing times in bars since the start (default 1, 2, 3, …). */
  readonly times?: readonly number[]
  readonly instrument?: Instrument
  /** Opening of the first bar (default midnight). */
  readonly from?: Timestamp
  readonly interval?: Duration
}

/** What a script led to, in short lines. */
export interface Played {
  readonly report: Report
  /** `time side quantity @ price`, the time in bars since the start; `maker` where the order rested. */
  readonly fills: readonly string[]
  /** `time kind n` of every order event but fills, n being the number of the order; a rejection says why. */
  readonly events: readonly string[]
  /** Position after the last bar, in base units. */
  readonly position: number
}

/** One unit of price and of quantity. */
export const unit: Instrument = defineInstrument({ id: 'A.sim', tick: '1', lot: '1' })
/** Midnight, so that bars do not cross a day unless a script wants it. */
export const start: Timestamp = timestamp('2024-01-02')
const minute = 60_000

/** The n-th order of a backtest. */
export const nth = (n: number): ReturnType<typeof orderId> => orderId(0, n)

/** Plays a script on one instrument. */
export function playScript(script: Script): Played {
  const {
    bars,
    wishes = {},
    hooks = {},
    times,
    instrument = unit,
    from = start,
    interval = minute,
    ...options
  } = script
  const events: string[] = []
  let position = 0
  let index = -1
  const at = (time: number): number => (time - from) / interval
  const strategy = defineStrategy({
    name: 'script',
    params: {},
    create: () => ({
      ...hooks,
      onBar(_bar, view) {
        index++
        position = view.position(instrument.id).quantity
        const line = wishes[index]
        return typeof line === 'function' ? line(view) : line
      },
      onOrder(event, view) {
        if (event.kind !== 'filled') events.push(eventLine(event, at(event.time)))
        return hooks.onOrder?.(event, view)
      },
    }),
  })
  const data = seriesOf(bars, { instrument, from, interval, ...(times === undefined ? {} : { times }) })
  const report = backtest({ cash: '10000', instruments: [instrument], ...options, strategy, data })
  return { report, fills: report.fills.map((fill) => fillLine(fill, at(fill.time))), events, position }
}

/** Rows as a series. */
export function seriesOf(
  rows: readonly Row[],
  place: Pick<Script, 'instrument' | 'times' | 'from' | 'interval'> = {},
): Bars {
  const { instrument = unit, times, from = start, interval = minute } = place
  return barsOf(
    rows.map(([open, high, low, close, volume = 1000], row) => ({
      instrument: instrument.id,
      time: (from + (times?.[row] ?? row + 1) * interval) as Timestamp,
      open,
      high,
      low,
      close,
      volume,
    })),
    interval,
  )
}

/** One fill in a line. */
export function fillLine(fill: FillRow, at: number): string {
  const { side, quantity, price, liquidity } = fill
  return `${at} ${side} ${quantity} @ ${price}${liquidity === 'maker' ? ' maker' : ''}`
}

function eventLine(event: Exclude<OrderEvent, { kind: 'filled' }>, at: number): string {
  return `${at} ${event.kind} ${event.orderId}${event.kind === 'rejected' ? ` ${event.reason}` : ''}`
}
