import { createRandom } from '@astertrade/core'

type Field = 'high' | 'low' | 'close' | 'volume'

/** Columns for our batch functions, and the same numbers as lists, and as one object per bar, for peers that take those. */
export interface Series {
  readonly columns: Readonly<Record<Field, Float64Array>>
  readonly lists: Readonly<Record<Field, number[]>>
  readonly bars: readonly Readonly<Record<Field | 'open', number>>[]
}

/** A random walk of `length` bars, seed 1. */
export function series(length: number): Series {
  const random = createRandom(1).stream('bench')
  const columns = {
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  }
  let price = 4_000
  for (let index = 0; index < length; index++) {
    price *= 1 + 0.0005 * random.normal()
    columns.close[index] = price
    columns.high[index] = price * (1 + 0.0003 * random.uniform())
    columns.low[index] = price * (1 - 0.0003 * random.uniform())
    columns.volume[index] = 20 * random.uniform()
  }
  const lists = {
    high: [...columns.high],
    low: [...columns.low],
    close: [...columns.close],
    volume: [...columns.volume],
  }
  const bars = lists.close.map((close, index) => ({
    open: close,
    high: lists.high[index]!,
    low: lists.low[index]!,
    close,
    volume: lists.volume[index]!,
  }))
  return { columns, lists, bars }
}

/**
 * One bar that moves on, as the engine's cursor does. A class, since an object literal would share its hidden shape with the
 * literal of the columns, whose fields are arrays, and then hold its numbers boxed.
 */
class Cursor {
  high = 0.5
  low = 0.5
  close = 0.5
  volume = 0.5
}

/** Moves one bar to an index of the columns and lends it. */
export function cursorOver({ high, low, close, volume }: Series['columns']): (index: number) => Readonly<Cursor> {
  const bar = new Cursor()
  return (index) => {
    bar.high = high[index]!
    bar.low = low[index]!
    bar.close = close[index]!
    bar.volume = volume[index]!
    return bar
  }
}
