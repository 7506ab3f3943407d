import { describe, expect, it } from 'vitest'
import type { Report } from '../report.js'
import { syntheticReport } from './syntheticReport.rig.js'
import { verdict } from './verdict.js'

/** A run that passes every test, of which single figures are changed. */
function run(figures: Partial<Report['statistics']> = {}, others: Partial<Report> = {}): Report {
  const base = syntheticReport({ rows: 3_000, trades: 60 })
  const statistics = {
    ...base.statistics,
    equityStart: 10_000,
    equityFinal: 20_000,
    totalReturn: 1,
    sharpe: 2,
    sharpeStandardError: 0.5,
    trades: 60,
    fees: 500,
    buyAndHoldReturn: 0.5,
    ...figures,
  }
  return { ...base, ...others, statistics }
}

describe('the verdict on a run', () => {
  it('is plausible when nothing speaks against an edge', () => {
    const { kind, reasons, luck } = verdict(run())
    expect(kind).toBe('plausible')
    expect(luck).toBeCloseTo(3.167e-5, 8)
    expect(reasons).toEqual([
      'Luck alone looks this good in under 0.01 % of runs, if this was the only run tried.',
      'Holding the first instrument returned 50.0 %, 50.0 points less.',
    ])
  })

  it('finds no evidence in a loss, in few trades, and in a Sharpe ratio that may be 0', () => {
    expect(verdict(run({ totalReturn: -0.032 }))).toMatchObject({
      kind: 'no evidence of edge',
      reasons: [expect.stringMatching(/^The run lost 3.2 % after costs.$/), expect.stringMatching(/53.2 points more/)],
    })
    expect(verdict(run({ totalReturn: 0 })).reasons[0]).toBe('The run earned nothing after costs.')
    expect(verdict(run({ totalReturn: Number.NaN })).reasons).toEqual(['The return is not known.'])
    expect(verdict(run({ trades: 29 })).reasons[0]).toBe('29 closed trades: fewer than 30 prove nothing.')
    expect(verdict(run({ trades: 30 })).kind).toBe('plausible')
    expect(verdict(run({ sharpe: 0.1 })).reasons[0]).toBe(
      'Luck alone looks this good in 42.1 % of runs; evidence needs under 5 %.',
    )
    expect(verdict(run({ sharpeStandardError: Number.NaN })).reasons[0]).toBe('The Sharpe ratio cannot be estimated.')
  })

  it('says when limits let no more entries through', () => {
    const base = run()
    const [first, last] = [base.equity.time[0]!, base.equity.time[base.equity.length - 1]!]
    const time = first + (last - first) / 4
    const fill = { ...base.fills[0]!, time, side: 'buy' as const }
    const exit = { ...fill, time: last, side: 'sell' as const }
    const refusal = { ...base.refusals[0]!, code: 'DAY_CAP', refused: 1_200, firstTime: time, lastTime: last }
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
    const stopped = run({}, { fills: [fill, exit], refusals: [refusal], trips: [] })
    const sentence = `No entry was allowed after ${day(time)}: DAY_CAP, 1,200 refused in all, the last on ${day(last)}.`
    expect(verdict(stopped).reasons).toContain(sentence)
    const text = (others: Partial<Report>): string => verdict({ ...stopped, ...others }).reasons.join()
    expect(text({ fills: [fill, exit, { ...fill, time: last }] })).not.toContain('No entry')
    expect(text({ refusals: [{ ...refusal, lastTime: time }] })).not.toContain('No entry')
    expect(text({ refusals: [] })).not.toContain('No entry')
  })

  it('asks more of a run that was chosen among many', () => {
    const good = run({ sharpe: 1 })
    expect(verdict(good).kind).toBe('plausible')
    expect(verdict(good, { trials: 100 }).reasons[0]).toBe(
      'Luck alone looks this good in 2.3 % of runs; evidence needs under 0.05 % after 100 trials.',
    )
    expect(verdict(run(), { trials: 100 }).reasons[0]).toMatch(/few enough after 100 trials/)
  })

  it('is fragile when the profit hangs on one trade, on the fees, or on guesses', () => {
    const trades = run().trades.map((trade, i) => (i === 0 ? { ...trade, profit: 10_000 } : trade))
    expect(verdict(run({}, { trades }))).toMatchObject({
      kind: 'fragile',
      reasons: ['Without its best trade the run would have lost.', expect.any(String)],
    })
    expect(verdict(run({ fees: 10_000 })).reasons[0]).toBe('At twice the fees the run would have lost.')
    expect(verdict(run({ fees: 9_999 })).kind).toBe('plausible')
    expect(verdict(run({}, { ambiguousBars: 7 })).reasons[0]).toMatch(/^7 exits hung on a guess/)
  })

  it('names a number of trials that cannot be', () => {
    for (const trials of [0, -1, 1.5, Number.NaN]) {
      expect(() => verdict(run(), { trials })).toThrow(
        expect.objectContaining({
          code: 'BAD_PARAMETER',
          message: expect.stringMatching(`trials "${trials}" is not an integer of at least 1`),
        }),
      )
    }
  })
})
