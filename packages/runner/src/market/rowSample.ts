import { type Bars, createBars } from '@astertrade/core'

/** Rows kept at most; those that `inferInstrument` would look at, were the series in memory. */
const rowsMost = 8_192

/** Some of the rows of a series that comes in pieces, evenly spaced. */
export interface RowSample {
  add(bars: Bars): void
  /** The rows that were kept, as a short series. */
  bars(): Bars
}

const columns = ['time', 'open', 'high', 'low', 'close', 'volume'] as const

/** Starts a sample; the longer the series, the wider its spaces, in powers of two. */
export function createRowSample(): RowSample {
  let rows: number[][] = []
  let stride = 1
  let seen = 0
  let first: Bars | undefined
  return {
    add(bars) {
      first ??= bars
      for (let index = 0; index < bars.length; index++, seen++) {
        if (seen % stride !== 0) continue
        if (rows.length === rowsMost) {
          rows = rows.filter((_, at) => at % 2 === 0)
          stride *= 2
          if (seen % stride !== 0) continue
        }
        rows.push(columns.map((name) => bars[name][index]!))
      }
    },
    bars() {
      const kept = createBars(first!.instrument, first!.interval, rows.length)
      for (const [index, row] of rows.entries()) {
        for (const [column, name] of columns.entries()) kept[name][index] = row[column]!
      }
      return kept
    },
  }
}
