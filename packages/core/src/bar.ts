import { ConfigError } from './errors.js'
import type { InstrumentId } from './instrument.js'
import type { Duration, Timestamp } from './time.js'

/** One candle. `time` is its close, the first instant at which it may be known. */
export interface Bar {
  readonly kind: 'bar'
  readonly instrument: InstrumentId
  /** Close of the interval. */
  readonly time: Timestamp
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** In base units. */
  readonly volume: number
  /** Index the engine gave to the instrument; set by cursors, so that no name is looked up per bar. */
  readonly slot?: number
  /** Length of the bar in milliseconds; set by cursors. */
  readonly interval?: Duration
}

/** The columns of a bar series, in the order they are stored and hashed. */
export const barColumns = ['time', 'open', 'high', 'low', 'close', 'volume'] as const
/** Name of one column. */
export type BarColumn = (typeof barColumns)[number]

/** Many bars of one instrument as columns of equal length: 48 bytes a bar, shared between threads without a copy. */
export interface Bars extends Readonly<Record<BarColumn, Float64Array>> {
  readonly instrument: InstrumentId
  /** Length of each bar in milliseconds; the bar opens at `time - interval`. */
  readonly interval: Duration
  readonly length: number
}

/** Where columns lie: memory that threads can share, or memory of this thread that is given back soon after its last use. */
export type BarMemory = 'shared' | 'private'

/**
 * Allocates columns for `length` bars in one block, all zero.
 *
 * @param memory - `private` for pieces of a stream: the collector does not see the weight of shared memory and keeps it long.
 */
export function createBars(
  instrument: InstrumentId | string,
  interval: Duration,
  length: number,
  memory: BarMemory = 'shared',
): Bars {
  const bytes = length * barColumns.length * Float64Array.BYTES_PER_ELEMENT
  const buffer = memory === 'shared' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  const column = (index: number): Float64Array => new Float64Array(buffer, index * length * 8, length)
  return {
    instrument: instrument as InstrumentId,
    interval,
    length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  }
}

/** The bars from index `from` up to, not including, `to`: a view of the same memory. */
export function sliceBars(bars: Bars, from: number, to: number = bars.length): Bars {
  const start = Math.max(0, Math.min(from, bars.length))
  const end = Math.max(start, Math.min(to, bars.length))
  const cut = (name: BarColumn): Float64Array => bars[name].subarray(start, end)
  return {
    instrument: bars.instrument,
    interval: bars.interval,
    length: end - start,
    time: cut('time'),
    open: cut('open'),
    high: cut('high'),
    low: cut('low'),
    close: cut('close'),
    volume: cut('volume'),
  }
}

/**
 * Builds columns from bar objects in time order.
 *
 * @throws ConfigError if there is no bar, or bars of two instruments.
 */
export function barsOf(list: readonly Omit<Bar, 'kind' | 'slot' | 'interval'>[], interval: Duration): Bars {
  const first = list[0]
  if (!first) throw new ConfigError('No bars were given.', { code: 'NO_DATA' })
  const bars = createBars(first.instrument, interval, list.length)
  for (const [index, bar] of list.entries()) {
    if (bar.instrument !== first.instrument) {
      throw new ConfigError(`Bars of "${first.instrument}" and "${bar.instrument}" in one series.`, {
        code: 'MIXED_INSTRUMENTS',
        hints: ['Make one series per instrument and give the backtest an array of them.'],
      })
    }
    for (const name of barColumns) bars[name][index] = bar[name]
  }
  return bars
}

/** A bar that moves over columns. It is a `Bar` only during the call that received it; `snapshotBar` keeps a copy. */
export interface BarCursor extends Bar {
  /** Index of the current bar, -1 before the first `advance`. */
  readonly index: number
  /** Moves to the next bar; false at the end. */
  advance(): boolean
}

/** Walks over columns without allocating. */
export function cursor(bars: Bars, slot = 0): BarCursor {
  return new ColumnCursor(bars, slot)
}

/** A copy of a bar that may be kept. */
export function snapshotBar(bar: Bar): Bar {
  const { instrument, time, open, high, low, close, volume } = bar
  return { kind: 'bar', instrument, time, open, high, low, close, volume }
}

let stepOn: ((bar: SealedBar) => boolean) | undefined

/** A bar that moves over columns and shows nothing of them but the present one: strategies get this. */
class SealedBar implements Bar {
  readonly kind = 'bar'
  readonly instrument: InstrumentId
  readonly slot: number
  readonly interval: Duration
  #index = -1
  readonly #last: number
  readonly #time: Float64Array
  readonly #open: Float64Array
  readonly #high: Float64Array
  readonly #low: Float64Array
  readonly #close: Float64Array
  readonly #volume: Float64Array

  constructor(bars: Bars, slot: number) {
    // A method, static or not, could be reached through the bar itself; a static block would stay in every bundle.
    stepOn ??= (bar) => {
      if (bar.#index >= bar.#last) return false
      bar.#index++
      return true
    }
    this.#time = bars.time
    this.#open = bars.open
    this.#high = bars.high
    this.#low = bars.low
    this.#close = bars.close
    this.#volume = bars.volume
    this.instrument = bars.instrument
    this.slot = slot
    this.interval = bars.interval
    this.#last = bars.length - 1
  }

  get time(): Timestamp {
    return this.#time[this.#index] as Timestamp
  }
  get open(): number {
    return this.#open[this.#index]!
  }
  get high(): number {
    return this.#high[this.#index]!
  }
  get low(): number {
    return this.#low[this.#index]!
  }
  get close(): number {
    return this.#close[this.#index]!
  }
  get volume(): number {
    return this.#volume[this.#index]!
  }
}

export type { SealedBar }

/** A bar before the first one of the columns; `advanceBar` alone moves it. */
export function sealedBar(bars: Bars, slot: number): SealedBar {
  return new SealedBar(bars, slot)
}

/** Moves to the next bar; false at the end. */
export function advanceBar(bar: SealedBar): boolean {
  return stepOn!(bar)
}

class ColumnCursor extends SealedBar implements BarCursor {
  index = -1

  advance(): boolean {
    const moved = advanceBar(this)
    if (moved) this.index++
    return moved
  }
}
