import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Columns of a file of daily bars. */
export interface RealBars {
  readonly time: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** Daily bars from the folder of reference data. */
export function realPrices(file: string): RealBars {
  const path = `${process.env.ASTER_DATA}/market/equities-daily/${file}`
  const rows = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(1)
  const cells = rows.map((row) => row.split(',').map(Number))
  const column = (index: number): Float64Array => Float64Array.from(cells, (row) => row[index]!)
  return { time: column(0), open: column(1), high: column(2), low: column(3), close: column(4) }
}
