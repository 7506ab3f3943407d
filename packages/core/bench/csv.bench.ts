import { compare, isShort } from '../../../bench/compare.js'
import { barColumns } from '../src/bar.js'
import { parseCsv } from '../src/data/index.js'
import { createRandom } from '../src/random.js'

/** The naive reader that the parser is measured against: it splits text and calls Number, and checks nothing. */
function naive(bytes: Uint8Array): Float64Array[] {
  const lines = new TextDecoder().decode(bytes).split('\n')
  const columns = barColumns.map(() => new Float64Array(lines.length - 2))
  for (let row = 1; row < lines.length - 1; row++) {
    const fields = lines[row]!.split(',')
    for (let column = 0; column < columns.length; column++) columns[column]![row - 1] = Number(fields[column])
  }
  return columns
}

/** Minutes of a random walk with the digits of a spot exchange. */
function makeText(rows: number): Uint8Array {
  const random = createRandom(1).stream('bench')
  const lines = ['ts_ms,open,high,low,close,volume']
  let price = 4_000
  for (let row = 0; row < rows; row++) {
    const open = price
    price *= 1 + 0.0005 * random.normal()
    const high = Math.max(open, price) * (1 + 0.0003 * random.uniform())
    const low = Math.min(open, price) * (1 - 0.0003 * random.uniform())
    const prices = [open, high, low, price].map((value) => value.toFixed(2))
    lines.push(`${1_546_300_800_000 + row * 60_000},${prices},${(20 * random.uniform()).toFixed(8)}`)
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

const rows = isShort ? 100_000 : 1_000_000
const bytes = makeText(rows)
const parse = () => parseCsv(bytes, { instrument: 'BTC-USD.bench', timeIs: 'close' }).bars

/** Both readers have to read the same numbers, or their times mean nothing. */
function checkSameNumbers(): void {
  const [bars, columns] = [parse(), naive(bytes)]
  for (const [column, name] of barColumns.entries()) {
    if (!bars[name].every((value, index) => value === columns[column]![index])) throw new Error(`${name} differs.`)
  }
}

checkSameNumbers()
const base = 'split and Number, checks nothing'
const subject = 'parseCsv, checks every row'
compare({
  name: `CSV of ${(bytes.length / 1e6).toFixed(1)} MB to columns`,
  items: rows,
  cases: [
    { name: base, run: () => naive(bytes)[0]!.length },
    { name: subject, run: () => parse().length },
  ],
  gates: [{ subject, base, ratioMax: 0.5 }],
})
