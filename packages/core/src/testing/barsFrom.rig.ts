import fc from 'fast-check'
import { type Bars, barColumns, createBars } from '../bar.js'

/** Builds bars from rows of time, open, high, low, close and volume. */
export function barsFrom(rows: readonly (readonly number[])[], interval: number, instrument = 'X-USD.test'): Bars {
  const bars = createBars(instrument, interval, rows.length)
  for (const [index, row] of rows.entries()) {
    for (const [column, name] of barColumns.entries()) bars[name][index] = row[column]!
  }
  return bars
}

/** Sound bars in order, one minute each, with gaps of up to `gapMax` bars between them. */
export function anyBars(options: { lengthMax?: number; gapMax?: number } = {}): fc.Arbitrary<Bars> {
  const { lengthMax = 60, gapMax = 3 } = options
  const price = fc.integer({ min: 1, max: 1_000 })
  const row = fc.tuple(price, price, price, price, fc.nat(50), fc.nat(gapMax))
  return fc
    .tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.array(row, { maxLength: lengthMax }))
    .map(([start, list]) => {
      let minute = start
      const rows = list.map(([a, b, c, d, volume, gap]) => {
        minute += 1 + gap
        const [low, open, close, high] = [a, b, c, d].sort((x, y) => x - y)
        return [minute * 60_000, open! / 8, high! / 8, low! / 8, close! / 8, volume]
      })
      return barsFrom(rows, 60_000)
    })
}
