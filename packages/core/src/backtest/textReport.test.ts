import { describe, expect, it } from 'vitest'
import type { Report } from './report.js'
import { syntheticReport } from './sheet/syntheticReport.rig.js'
import { tearSheet } from './tearSheet.js'
import { summaryLine, textReport } from './textReport.js'

const report = syntheticReport({ rows: 5_000, trades: 40 })
const losing = syntheticReport({ rows: 5_000, trades: 40, drift: -6e-5 })

describe('a run as text', () => {
  it('says the result in its first line', () => {
    const statistics = { ...report.statistics, totalReturn: -0.032, maxDrawdown: 0.114, sharpe: -0.21, orders: 74 }
    expect(summaryLine({ ...report, statistics })).toBe(
      'Return −3.2 %   Max drawdown 11.4 %   Sharpe −0.21 (after costs, 1 trial)   Orders 74   Result 5f1c…e2',
    )
    expect(textReport({ ...report, statistics }).split('\n')[0]).toBe(summaryLine({ ...report, statistics }))
    expect(summaryLine(report, { trials: 1200 })).toContain('(after costs, 1,200 trials)')
  })

  it('fits one screen whatever the run holds', () => {
    const long = 'x'.repeat(500)
    const full: Report = {
      ...report,
      warnings: new Array(50).fill(long),
      refusals: new Array(50).fill({ ...report.refusals[0], rule: long }),
      trips: new Array(50).fill({ ...report.trips[0], got: long }),
      config: { ...report.config, fees: long, strategies: new Array(9).fill(report.config.strategies[0]) },
    }
    for (const each of [report, losing, full]) {
      const [first, ...lines] = textReport(each).split('\n')
      expect(first!.length).toBeLessThanOrEqual(120)
      expect(lines.length).toBeLessThan(40)
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100)
    }
    expect(textReport(full)).toContain('… and 96 more.')
  })

  it('shows a losing run as completely as a winning one', () => {
    const names = (text: string): string[] =>
      text
        .split('\n')
        .slice(6, 19)
        .map((line) => line.replaceAll(/[−\d.,]+/g, '0'))
    const shape = (lines: string[]): string[] => lines.map((line) => line.replaceAll(/ {2,}/g, ' '))
    expect(shape(names(textReport(losing)))).toEqual(shape(names(textReport(report))))
    expect(textReport(losing)).toContain('Verdict: no evidence of edge.\n  The run lost')
  })

  it('names limits and warnings, or says that there were none', () => {
    const text = textReport(report)
    expect(text).toContain('Limits at work: 400 orders asked for, 3 refused.\n')
    expect(text).toContain('CLIP (clip): 41 cut by 40 % on average, 2019-02-10 to 2019-03-02.')
    expect(text).toContain('MAX_ORDERS (orders): 3 refused, 2019-04-01.')
    expect(text).toContain('\n  Most in use: maxDrawdown 63.0 % (2019-04-11), dailyLoss 40.0 % (2019-04-11)\n')
    expect(text).toContain('2020-02-05 DAILY_LOSS: reduceOnly, limit 0.03, got 0.0312.')
    expect(text).toContain('4 bars with two possible exits, their order guessed.')
    const quiet = textReport({ ...report, refusals: [], trips: [], warnings: [], ambiguousBars: 0 })
    expect(quiet).toContain('Limits: none was touched.')
    expect(quiet).toContain('Warnings: none.')
    const sheet = tearSheet({ ...report, refusals: [], trips: [], warnings: [], ambiguousBars: 0 })
    expect(sheet.html).toContain('No warnings: no exit had to be guessed and no entry was cut at its fill.')
  })

  it('counts the bars of all series and names their intervals', () => {
    const [first] = report.config.instruments
    const minutes = { ...first!, id: 'ETH-USD.test', bars: 120, interval: 60_000, to: first!.to + 86_400_000 }
    const instruments = [{ ...first!, bars: 1_000, interval: 3_600_000 }, minutes]
    const text = textReport({ ...report, config: { ...report.config, instruments } })
    const to = new Date(minutes.to).toISOString().slice(0, 10)
    expect(text).toMatch(new RegExp(`\\nData .+ and 1 more, .+ to ${to}, 1,120 bars of 1 h to 1 min\\n`))
  })

  it('has the profit factor of money and that of ratios, and the same range of the Sharpe ratio as the sheet', () => {
    const [won, lost] = [
      { ...report.trades[0]!, open: false, profit: 30 },
      { ...report.trades[0]!, open: false, profit: -20 },
    ]
    const statistics = { ...report.statistics, profitFactor: 0.7, sharpe: 1, sharpeStandardError: 0.5 }
    const run = { ...report, trades: [won, lost], statistics }
    expect(textReport(run)).toMatch(/Profit factor, money +1.50\n/)
    expect(textReport(run)).toMatch(/Profit factor, ratio +0.70\n/)
    expect(textReport(run)).toMatch(/Sharpe, 95 % range +1.00 ± 0.98 /)
    const { html } = tearSheet(run)
    expect(html).toMatch(/Profit factor, money<\/t[hd]><td[^>]*>1.500</)
    expect(html).toMatch(/Profit factor, ratio<\/t[hd]><td[^>]*>0.700</)
    expect(html).toMatch(/Sharpe, 95\u00a0% range<\/t[hd]><td[^>]*>1.000 ± 0.980</)
  })

  it('prints no control character and no escape sequence of a user', () => {
    const hostile = { ...report, warnings: ['\u001b[31mred\u001b[0m\r\nnew\u202eline'] }
    for (const letter of ['\u001b', '\r', '\u202e']) expect(textReport(hostile)).not.toContain(letter)
    expect(textReport(hostile).split('\n')).toHaveLength(textReport(report).split('\n').length)
  })

  it('prints a dash for what is not known', () => {
    const empty = syntheticReport({ rows: 1, trades: 0 })
    expect(textReport(empty)).toMatch(/Win rate +–/)
    expect(summaryLine(empty)).toContain('Sharpe –')
  })
})
