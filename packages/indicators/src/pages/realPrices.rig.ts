import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BarColumns } from '../indicator.js'

/** Days of a market: dates beside the columns that indicators read. */
export interface RealPrices {
  readonly dates: readonly string[]
  readonly bars: BarColumns
}

/** Days of the S&P 500 from 2000 on, from the package `vega-datasets`. */
export function realPrices(): RealPrices {
  const home = dirname(dirname(createRequire(import.meta.url).resolve('vega-datasets')))
  const [head, ...lines] = readFileSync(join(home, 'data', 'sp500-2000.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  const headings = head!.split(',')
  const rows = lines.map((line) => line.split(','))
  const column = (name: string): Float64Array => {
    const at = headings.indexOf(name)
    return Float64Array.from(rows, (row) => Number(row[at]))
  }
  return {
    dates: rows.map((row) => row[headings.indexOf('date')]!),
    bars: { high: column('high'), low: column('low'), close: column('close'), volume: column('volume') },
  }
}
