import { describe, expect, it } from 'vitest'
import { createHasher } from '../hasher.js'
import { dayMs } from '../time.js'
import type { Report } from './report.js'
import { syntheticReport } from './sheet/syntheticReport.rig.js'
import { tearSheet } from './tearSheet.js'

const report = syntheticReport({ rows: 9_000, trades: 60 })
const { html, json } = tearSheet(report)

/** Tags of the document in order, checked to be closed in order. */
function tags(markup: string): string[] {
  const open: string[] = []
  const seen: string[] = []
  const empty = new Set(['meta', 'line', 'path', 'rect', 'br', '!doctype'])
  for (const [, closing, name = '', self] of markup.matchAll(/<(\/?)([a-z!][a-z0-9]*)[^>]*?(\/?)>/gi)) {
    if (closing) expect(open.pop()).toBe(name)
    else {
      seen.push(name)
      if (!self && !empty.has(name)) open.push(name)
    }
  }
  expect(open).toEqual([])
  return seen
}

describe('a tear sheet', () => {
  it('is one well-formed document without script, link or request', () => {
    expect(html.startsWith('<!doctype html>\n<html lang="en">')).toBe(true)
    const names = tags(html.replace(/<style>[\s\S]*<\/style>/, '<style></style>'))
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'a', 'form', 'base', 'use', 'image']) {
      expect(names, name).not.toContain(name)
    }
    expect(html).not.toMatch(/https?:|url\(|@import|javascript:| on[a-z]+=| style=| href=| src=/)
  })

  it('forbids everything but its own style by a digest in its policy', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'$/,
    )
    return crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)).then((digest) => {
      expect(policy).toContain(Buffer.from(digest).toString('base64'))
    })
  })

  it('puts verdict and warnings before the figures, and names conventions, digests and the result', () => {
    const order = ['class="verdict', 'class="warnings', 'class="cards', '>Equity and drawdown<', '>Returns by month<']
    const more = ['>Daily returns<', '>Trades<', '>Costs<', '>Limits at work<', '>Configuration<', '>Conventions<']
    const places = [...order, ...more].map((text) => html.indexOf(text))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expect(html).toContain(report.resultHash)
    expect(html).toContain('1'.repeat(64))
    expect(html).toContain('divide by n - 1')
    expect(html).toContain('Risk-free rate')
  })

  it('gives every picture a title and a description, and every table heads with a scope', () => {
    const pictures = html.match(/<svg class="chart" role="img" aria-labelledby="(\S+) (\S+)"/g) ?? []
    expect(pictures.length).toBeGreaterThanOrEqual(8)
    for (const picture of pictures) {
      const [, title, text] = /labelledby="(\S+) (\S+)"/.exec(picture)!
      expect(html).toContain(`<title id="${title}">`)
      expect(html).toContain(`<desc id="${text}">`)
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, attributes = ''] of html.matchAll(/<th\b([^>]*)>/g)) expect(attributes).toMatch(/scope="(col|row)"/)
  })

  it('has a JSON of the same numbers under a versioned schema', () => {
    const data = JSON.parse(json)
    expect(data).toMatchObject({
      schema: 'astertrade.tear-sheet',
      schemaVersion: 1,
      statistics: JSON.parse(JSON.stringify(report.statistics)),
      resultHash: report.resultHash,
      trades: { total: 60, open: report.trades.filter((trade) => trade.open).length },
    })
    expect(data.trades.first.length + data.trades.last.length).toBe(40)
    expect(data.config.strategies[0].params).toBe('{"fast":10,"slow":30}')
    expect(html).toContain(`>${(report.statistics.totalReturn * 100).toFixed(2).replace('-', '−')} %<`)
  })

  it('gives equal bytes for equal reports', () => {
    const again = tearSheet(syntheticReport({ rows: 9_000, trades: 60 }))
    const digest = (text: string): string => createHasher().text(text).digest()
    expect(digest(again.html)).toBe(digest(html))
    expect(digest(again.json)).toBe(digest(json))
    expect(tearSheet(report, { trials: 7 }).html).toContain('Sharpe, 7 trials')
  })

  it('shows a losing run as completely as a winning one', () => {
    const losing = tearSheet(syntheticReport({ rows: 9_000, trades: 60, drift: -6e-5 })).html
    const heads = (text: string): string[] => text.match(/<(h2|figcaption)>[^<]*/g) ?? []
    expect(heads(losing)).toEqual(heads(html))
    expect(losing).toContain('<strong>No evidence of edge</strong>')
  })
})

describe('a tear sheet of extremes', () => {
  it('escapes and cuts every text of a user', () => {
    const evil = `"><script>alert('x')</script><img src=x onerror=alert(1)>${'y'.repeat(5000)}`
    const hostile: Report = {
      ...report,
      config: {
        ...report.config,
        strategies: [{ name: evil, params: { [evil]: evil }, allocation: 1 }],
        instruments: [{ ...report.config.instruments[0]!, id: evil, digest: evil }],
        cash: evil,
        fees: evil,
        slippage: evil,
        latency: evil,
        rules: [evil],
        version: evil,
      },
      trades: report.trades.map((trade) => ({ ...trade, strategy: evil, instrument: evil })),
      fills: report.fills.map((fill) => ({ ...fill, strategy: evil, instrument: evil })),
      refusals: [{ ...report.refusals[0]!, code: evil, rule: evil, example: evil }],
      trips: [{ ...report.trips[0]!, code: evil, rule: evil, mode: evil, limit: evil, got: evil }],
      warnings: [evil],
      ledger: { cash: evil, fees: evil, realised: evil, deposits: evil },
      resultHash: evil,
    }
    const sheet = tearSheet(hostile).html
    expect(sheet).not.toContain('<script')
    expect(sheet).not.toContain('<img')
    tags(sheet.replace(/<style>[\s\S]*<\/style>/, '<style></style>'))
    expect(sheet.length).toBeLessThan(1.5e6)
  })

  it('stays small for a million rows and many trades', () => {
    const long = tearSheet(syntheticReport({ rows: 1_000_000, interval: dayMs / 24 / 60, trades: 20_000 }))
    expect(long.html.length).toBeLessThan(600_000)
    expect(long.json.length).toBeLessThan(1_500_000)
    expect(long.html).toContain('First 20 of 20,000 trades')
  })

  it('stays small for many instruments, warnings and a century of months', () => {
    const many: Report = {
      ...syntheticReport({ rows: 40_000, interval: dayMs, trades: 2_000 }),
      warnings: Array.from({ length: 1_000 }, (_, i) => `${i}${'w'.repeat(1_000)}`),
      refusals: Array.from({ length: 1_000 }, () => ({ ...report.refusals[0]!, example: 'e'.repeat(1_000) })),
    }
    const instruments = Array.from({ length: 1_000 }, (_, i) => ({ ...report.config.instruments[0]!, id: `I${i}.sim` }))
    const trades = many.trades.map((trade, i) => ({ ...trade, instrument: `I${i}.sim` }))
    const sheet = tearSheet({ ...many, trades, config: { ...many.config, instruments } }).html
    expect(sheet.length).toBeLessThan(1.5e6)
    expect(sheet).toContain('and 940 instruments more')
  })

  it('draws a run without trades, without rows, without change, and in debt', () => {
    const quiet = syntheticReport({ rows: 500, trades: 0 })
    const flat = { length: 500, time: quiet.equity.time, equity: new Float64Array(500).fill(10_000) }
    const debt = { ...flat, equity: Float64Array.from(flat.equity, (value, i) => value - 25 * i) }
    const none = { length: 0, time: new Float64Array(), equity: new Float64Array() }
    for (const equity of [quiet.equity, flat, debt, none]) {
      const sheet = tearSheet({ ...quiet, equity }).html
      tags(sheet.replace(/<style>[\s\S]*<\/style>/, '<style></style>'))
      expect(sheet).toContain('There was no trade.')
      expect(sheet).not.toMatch(/NaN|Infinity|undefined|\[object/)
    }
    expect(tearSheet({ ...quiet, equity: debt }).html).toContain('Not drawn: equity was not above 0 throughout.')
  })
})
