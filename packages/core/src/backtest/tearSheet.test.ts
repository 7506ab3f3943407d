import { describe, expect, it } from 'vitest'
import { createHasher } from '../hasher.js'
import { dayMs } from '../time.js'
import type { MemberRow, Members } from './members.js'
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

  it('draws how much of each limit was in use, and counts what each rule said', () => {
    const section = html.slice(html.indexOf('>Limits at work<'), html.indexOf('>Configuration<'))
    expect(section).toContain('<figcaption>maxDrawdown <span>at most 63.0 % in use, 2019-04-11</span>')
    expect(section.match(/<svg class="chart"/g)).toHaveLength(2)
    const cells = /<tr><th scope="row" class="text">orders<[\s\S]*?<\/tr>/.exec(section)![0].match(/>[^<]*</g)!
    expect(cells.join('')).toContain('>400<><>397<><>0<><>3<')
    expect(section).toContain('>By, on average<')
    const { limits } = JSON.parse(json)
    expect(limits.map(({ rule }: { rule: string }) => rule)).toEqual(report.limits.map(({ rule }) => rule))
    expect(limits[4]).toMatchObject({ asked: 397, approved: 397, use: { most: 0.63, last: 0.63 } })
    expect(limits[0].use).toBeNull()
    const unused = tearSheet({ ...report, limits: report.limits.slice(0, 3) }).html
    expect(unused).toContain('>What each rule said <')
    expect(unused).not.toContain('The dashed line is the limit.')
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

/** Models of which the first speaks and the last never does. */
function membersOf(instrument: string, options: { readonly days?: number; readonly rows?: number } = {}): Members {
  const { days = 300, rows = 3 } = options
  const first = Date.UTC(2020, 0, 1)
  return {
    instrument,
    time: Array.from({ length: days }, (_, day) => first + day * dayMs),
    decisions: 24 * days,
    controlLoss: 0.25,
    rows: Array.from({ length: rows }, (_, row): MemberRow => {
      const isSilent = row === rows - 1
      return {
        name: `model-${row}`,
        spoke: isSilent ? 0 : 0.42,
        warned: isSilent ? 0.9 : 0,
        weightMean: isSilent ? Number.NaN : 0.315,
        weightLast: isSilent ? 0 : 0.27,
        contribution: isSilent ? Number.NaN : 0.125,
        loss: isSilent ? Number.NaN : 0.2471,
        reason: isSilent ? 'not enough evidence' : 'prices rise',
        weights: Array.from({ length: days }, (_, day) => (isSilent ? 0 : 0.5 + 0.4 * Math.sin(day / 7 + row))),
      }
    }),
  }
}

describe('models in a tear sheet', () => {
  const sectionOf = (text: string): string => /<section[^>]*><h2>Models at work<[\s\S]*?<\/section>/.exec(text)![0]

  it('are drawn with their weights over time, and told with figures and reasons', () => {
    const sheet = tearSheet(report, { members: [membersOf('BTC.sim')] })
    tags(sheet.html.replace(/<style>[\s\S]*<\/style>/, '<style></style>'))
    const section = sectionOf(sheet.html)
    expect(section.match(/<svg class="chart"/g)).toHaveLength(2)
    expect(section).toContain('<figcaption>model-0 <span>weight on BTC.sim, 27.0 % at the end</span>')
    expect(section).not.toContain('<figcaption>model-2')
    const row = (name: string): string =>
      new RegExp(`<tr><th scope="row" class="text">${name}<[\\s\\S]*?</tr>`).exec(section)![0].replace(/<[^>]*>/g, '|')
    expect(row('model-0').split('|').filter(Boolean)).toEqual([
      'model-0',
      '42.0 %',
      '0.0 %',
      '31.5 %',
      '27.0 %',
      '0.125',
      '0.2471',
      'prices rise',
    ])
    expect(row('model-2').split('|').filter(Boolean)).toEqual([
      'model-2',
      '0.0 %',
      '90.0 %',
      '0.0 %',
      'not enough evidence',
    ])
    expect(section).toContain('always saying one half lost 0.2500')
    expect(section).not.toMatch(/NaN|undefined/)
    const [members] = JSON.parse(sheet.json).members
    expect(members).toMatchObject({
      instrument: 'BTC.sim',
      decisions: 7_200,
      rows: [{ spoke: 0.42 }, {}, { loss: null }],
    })
  })

  it('are left out where the strategy has none', () => {
    expect(html).not.toContain('Models at work')
    expect(JSON.parse(json).members).toEqual([])
    expect(tearSheet(report, { members: [] }).html).toBe(html)
  })

  it('are escaped and cut as every text', () => {
    const evil = `"><script>alert(1)</script>${'y'.repeat(5_000)}`
    const { rows, ...members } = membersOf(evil, { days: 3 })
    const sheet = tearSheet(report, {
      members: [{ ...members, rows: rows.map((row) => ({ ...row, name: evil, reason: evil })) }],
    })
    expect(sheet.html).not.toContain('<script')
    tags(sheet.html.replace(/<style>[\s\S]*<\/style>/, '<style></style>'))
    expect(sheet.html.length - html.length).toBeLessThan(30_000)
  })

  it('are thinned, so that many of them over many years stay small, and say how many are left out', () => {
    const many = Array.from({ length: 40 }, (_, at) => membersOf(`I${at}.sim`, { days: 7_300, rows: 80 }))
    const sheet = tearSheet(report, { members: many })
    expect(sheet.html.length).toBeLessThan(1.5e6)
    expect(sheet.json.length).toBeLessThan(1.5e6)
    expect(sectionOf(sheet.html)).toContain('and 34 instruments more')
    const [first] = JSON.parse(sheet.json).members
    expect(first.rows[0].weights.time.length).toBeLessThanOrEqual(202)
    expect([first.from, first.to]).toEqual([many[0]!.time[0], many[0]!.time.at(-1)])
  })

  it('draws one decision, and none', () => {
    for (const days of [0, 1]) {
      const sheet = tearSheet(report, { members: [membersOf('BTC.sim', { days })] }).html
      expect(sectionOf(sheet)).not.toMatch(/NaN|Infinity|undefined/)
    }
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
