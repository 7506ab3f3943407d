import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs } from '../../time.js'
import { dailyReturns } from '../dailyReturns.js'
import { breakdown } from './breakdown.js'
import { calendar } from './calendar.js'
import { costs } from './costs.js'
import { decimate } from './decimate.js'
import { distribution } from './distribution.js'
import { html } from './html.js'
import { rollingFigures } from './rollingFigures.js'
import { syntheticReport } from './syntheticReport.rig.js'
import { barLength, date, decimalsOf, fixed, iso, percent, plainText, shortHash, significant, span } from './text.js'
import { logTicks, tickDecimals, timeTicks, valueTicks } from './ticks.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }
const report = syntheticReport({ rows: 9_000, trades: 60 })

describe('figures as text', () => {
  it('groups thousands, uses a real minus sign and gives no sign to 0', () => {
    expect([fixed(-1234567.891), fixed(999), fixed(-0.001), fixed(1e6, { decimals: 0 })]).toEqual([
      '−1,234,567.89',
      '999.00',
      '0.00',
      '1,000,000',
    ])
    expect([fixed(Number.NaN), fixed(Number.POSITIVE_INFINITY), fixed(Number.NEGATIVE_INFINITY)]).toEqual([
      '–',
      '∞',
      '−∞',
    ])
    expect([percent(-0.032), percent(Number.NaN), percent(1.5, { decimals: 0 })]).toEqual(['−3.2 %', '–', '150 %'])
  })

  it('shows prices to eight digits and lines up a column of them', () => {
    expect([significant(0.1 + 0.2), significant(65000), significant(1e-7)]).toEqual(['0.3', '65,000', '0.0000001'])
    expect(decimalsOf([23884, 22394.27, 7443.9, Number.NaN])).toBe(2)
    expect(decimalsOf([])).toBe(0)
  })

  it('names spans, bar lengths, dates and digests', () => {
    expect([span(90 * 60_000), span(3.5 * dayMs), span(2 * dayMs), span(1500), span(Number.NaN)]).toEqual([
      '90 min',
      '3.5 d',
      '2 d',
      '1,500 ms',
      '–',
    ])
    expect([barLength(3_600_000), barLength(dayMs), barLength(90_000)]).toEqual(['1 h', '1 d', '90 s'])
    expect([date(0), iso(Number.NaN), iso(9e15)]).toEqual(['1970-01-01', '–', '–'])
    expect([shortHash('5f1c00e2'), shortHash('abc')]).toEqual(['5f1c…e2', 'abc'])
  })

  it('strips what would break a line or turn its direction, and cuts by letters', () => {
    expect(plainText('a\nb\u0000\u202ec\ud800', 20)).toBe('a b  c ')
    expect(plainText('😀😀😀', 2)).toBe('😀…')
  })
})

describe('markup', () => {
  it('escapes every value that is not markup itself', () => {
    const evil = `<img src=x onerror="alert('1')">&`
    expect(html`<b title="${evil}">${evil}</b>${html`<i>${1}</i>`}${[html`<u/>`, '<']}`.markup).toBe(
      '<b title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</b><i>1</i><u/>&lt;',
    )
  })
})

describe('thinning of a line', () => {
  it('keeps both ends and the extremes, in order, in few points', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 500 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (value, columns) => {
        const time = value.map((_, i) => i * 7)
        const thin = decimate(time, value, { columns })
        expect(thin.time.length).toBeLessThanOrEqual(2 * columns + 2)
        expect(thin.time[0]).toBe(0)
        expect(thin.time.at(-1)).toBe(time.at(-1))
        expect(Math.max(...thin.value)).toBe(Math.max(...value))
        expect(Math.min(...thin.value)).toBe(Math.min(...value))
        expect(thin.time).toEqual(thin.time.toSorted((a, b) => a - b))
        for (const [i, at] of thin.time.entries()) expect(thin.value[i]).toBe(value[at / 7])
      }),
      runs,
    )
  })

  it('leaves out what is not finite', () => {
    expect(decimate([0, 1, 2], [Number.NaN, 5, Number.POSITIVE_INFINITY], { columns: 3 })).toEqual({
      time: [1],
      value: [5],
    })
    expect(decimate([], [], { columns: 3 })).toEqual({ time: [], value: [] })
  })
})

describe('axes', () => {
  it('are divided at round values inside the range', () => {
    expect(valueTicks(0, 100)).toEqual([0, 20, 40, 60, 80, 100])
    expect(valueTicks(-0.118, 0)).toEqual([-0.1, -0.05, 0])
    expect(valueTicks(5, 5)).toEqual([5])
    expect(logTicks(10, 2000)).toEqual([10, 20, 50, 100, 200, 500, 1000, 2000].filter((_, i) => i % 2 === 0))
    expect(tickDecimals([0, 0.25])).toBe(1)
    expect(tickDecimals([-0.1, -0.05])).toBe(2)
  })

  it('name years, months, days or hours, a handful of them', () => {
    const at = (text: string): number => Date.parse(`${text}Z`)
    const labels = (from: string, to: string): string[] => timeTicks(at(from), at(to)).map(({ label }) => label)
    expect(labels('2019-01-01T01:00', '2023-07-25T00:00')).toEqual(['2020', '2021', '2022', '2023'])
    expect(labels('2000-06-01T00:00', '2024-01-01T00:00')).toEqual(['2005', '2010', '2015', '2020'])
    expect(labels('2024-01-10T00:00', '2024-06-10T00:00')).toEqual(['Mar 2024', 'May 2024'])
    expect(labels('2024-01-10T00:00', '2024-01-20T00:00')).toEqual([
      '10 Jan',
      '12 Jan',
      '14 Jan',
      '16 Jan',
      '18 Jan',
      '20 Jan',
    ])
    expect(labels('2024-01-10T00:00', '2024-01-10T22:00')).toEqual(['10 Jan', '06:00', '12:00', '18:00'])
    expect(timeTicks(5, 5)).toEqual([])
  })

  it('hold a few ticks for any span from an hour to centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000 }), fc.integer({ min: 0, max: 20_000 }), (hours, start) => {
        const from = start * dayMs
        const ticks = timeTicks(from, from + hours * 3_600_000)
        expect(ticks.length).toBeLessThanOrEqual(9)
        for (const { at } of ticks) expect(at >= from && at <= from + hours * 3_600_000).toBe(true)
      }),
      runs,
    )
  })
})

describe('what a sheet counts', () => {
  it('splits closed trades without losing one', () => {
    const closed = report.trades.filter((trade) => !trade.open)
    const profit = closed.reduce((sum, trade) => sum + trade.profit, 0)
    for (const [name, groups] of Object.entries(breakdown(report.trades))) {
      const total = { trades: 0, profit: 0 }
      for (const group of groups) {
        total.trades += group.trades
        total.profit += group.profit
      }
      expect(total.trades, name).toBe(closed.length)
      expect(total.profit, name).toBeCloseTo(profit, 6)
    }
  })

  it('files trades by entry and time held', () => {
    const monday = Date.UTC(2024, 0, 1, 13, 59)
    const trade = { ...report.trades[0]!, entryTime: monday, exitTime: monday + 3_600_000, open: false }
    const groups = breakdown([trade, { ...trade, exitTime: monday + 3_599_999 }])
    expect(groups.weekday.map(({ name }) => name)).toEqual(['Mon'])
    expect(groups.hour.map(({ name }) => name)).toEqual(['13:00'])
    expect(groups.holding.map(({ name }) => name)).toEqual(['under 1 h', '1 to 4 h'])
  })

  it('sets months into years whose totals compound them', () => {
    const years = calendar(dailyReturns(report.equity))
    for (const { months, total } of years) {
      const product = months.reduce<number>((factor, value) => factor * (1 + (value ?? 0)), 1)
      expect(product - 1).toBeCloseTo(total, 12)
    }
    const whole = years.reduce((factor, { total }) => factor * (1 + total), 1)
    expect(whole - 1).toBeCloseTo(report.statistics.totalReturn, 10)
  })

  it('counts every day once in the distribution', () => {
    const { returns } = dailyReturns(report.equity)
    const spread = distribution(returns)
    expect(spread.counts.reduce((a, b) => a + b, 0)).toBe(returns.length)
    expect(spread.from + spread.counts.length * spread.width).toBeCloseTo(-spread.from, 12)
    expect(distribution([0, 0, 0])).toMatchObject({ days: 3, normal: [] })
    expect(distribution([])).toMatchObject({ days: 0, normal: [] })
  })

  it('adds up fees and traded value of the fills', () => {
    const all = costs(report)
    const fees = all.instruments.reduce((sum, row) => sum + row.fees, 0)
    expect(fees).toBeCloseTo(all.total.fees, 8)
    expect(all.netProfit + all.fees).toBeCloseTo(all.grossProfit, 8)
    expect(all.total.makerShare).toBeGreaterThan(0)
    expect(costs({ ...report, fills: [] }).total).toMatchObject({ fills: 0, notional: 0, rate: Number.NaN })
  })

  it('measures half years once there are any', () => {
    const days = dailyReturns(report.equity)
    const figures = rollingFigures(days, 365)
    expect(figures.window).toBe(183)
    expect(figures.sharpe.time[0]).toBe(days.day[182])
    expect(figures.sharpe.time.at(-1)).toBe(days.day.at(-1))
    expect(rollingFigures(dailyReturns(syntheticReport({ rows: 50, trades: 0 }).equity), 365).sharpe.time).toEqual([])
  })
})
