import { describe, expect, it } from 'vitest'
import type { RoundTrip } from './report.js'
import { syntheticReport } from './sheet/syntheticReport.rig.js'
import { tradesCsv } from './tradesCsv.js'

/** Reads RFC 4180 text by its grammar, independently of the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = []
  for (const match of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (match.index === csv.length) break
    if (match.index === 0 || csv.slice(match.index - 2, match.index) === '\r\n') rows.push([])
    rows[rows.length - 1]!.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
  }
  return rows
}

const { trades } = syntheticReport({ rows: 100, trades: 4 })
const first: RoundTrip = trades[0]!
const figure = (value: number): string => String(Number(value.toPrecision(15)))

describe('trades as CSV', () => {
  it('has a header and one row for each round trip, ended by CRLF', () => {
    const csv = tradesCsv({ trades })
    expect(csv.endsWith('\r\n')).toBe(true)
    const [header, ...rows] = parse(csv)
    expect(header).toEqual(Object.keys(first))
    expect(rows).toHaveLength(4)
    expect(rows[0]).toEqual([
      first.strategy,
      first.instrument,
      first.direction,
      figure(first.quantity),
      new Date(first.entryTime).toISOString(),
      new Date(first.exitTime).toISOString(),
      figure(first.entryPrice),
      figure(first.exitPrice),
      figure(first.fees),
      figure(first.profit),
      figure(first.profitRatio),
      figure(first.maxAdverse),
      figure(first.maxFavorable),
      'false',
    ])
  })

  it('writes figures with up to fifteen digits', () => {
    const trade = { ...first, entryPrice: 89.82000000000001, exitPrice: 0.1 + 0.2, fees: -0, quantity: 1e-8 }
    const [, row] = parse(tradesCsv({ trades: [trade] }))
    expect([row![3], row![6], row![7], row![8]]).toEqual(['1e-8', '89.82', '0.3', '0'])
  })

  it('has the header alone without trades', () => {
    expect(tradesCsv({ trades: [] }).split('\r\n')).toEqual([expect.stringMatching(/^strategy,.*,open$/), ''])
  })

  it('keeps quotes, commas and line breaks of a name in one field', () => {
    const strategy = 'a "b", c\r\nd'
    expect(parse(tradesCsv({ trades: [{ ...first, strategy }] }))[1]?.[0]).toBe(strategy)
  })

  it('disarms names that a spreadsheet would run', () => {
    for (const strategy of ['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '  =cmd|x', '\u0000=1']) {
      expect(parse(tradesCsv({ trades: [{ ...first, strategy }] }))[1]?.[0]).toBe(`'${strategy}`)
    }
    expect(parse(tradesCsv({ trades: [{ ...first, strategy: 'a=1' }] }))[1]?.[0]).toBe('a=1')
  })

  it('leaves a figure that is not known empty and keeps the sign of the others', () => {
    const row = { ...first, profit: -0, maxAdverse: -12.5, profitRatio: Number.NaN, exitTime: Number.NaN }
    const fields = parse(tradesCsv({ trades: [row] }))[1]!
    expect([fields[5], fields[9], fields[10], fields[11]]).toEqual(['', '0', '', '-12.5'])
  })
})
