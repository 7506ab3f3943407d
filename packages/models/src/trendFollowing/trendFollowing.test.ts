import { describe, expect, it } from 'vitest'
import { askAt, type Prediction } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { type TrendFollowingOptions, trendFollowing } from './trendFollowing.js'

const hour = 3_600_000
const horizonBars = 20

interface Said {
  readonly answer: Prediction
  /** Price change over the horizon; undefined at the end of the series. */
  readonly move: number | undefined
}

function answers(drift: number, seeds: number, length = 1_200): Said[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const bars = plantedBars({ plant: { kind: 'walk', drift, sigma: 10 }, length, seed, start: 50_000 })
    const model = trendFollowing()
    return bars
      .map((bar, index) => {
        model.update(bar)
        const later = bars[index + horizonBars]
        return { answer: model.predict(askAt(bar.time)), move: later && later.close - bar.close }
      })
      .slice(model.warmup)
  }).flat()
}

/** Share of bars on which it speaks, of these the long ones, the right ones, and what it claimed to get right. */
function score(said: readonly Said[]): { speaks: number; long: number; right: number; claimed: number } {
  let [count, long, right, claimed] = [0, 0, 0, 0]
  for (const { answer, move } of said) {
    if (answer.kind === 'abstain' || move === undefined) continue
    count++
    claimed += (1 + answer.confidence) / 2
    if (answer.direction > 0) long++
    if (answer.direction * move > 0) right++
  }
  return { speaks: count / said.length, long: long / count, right: right / count, claimed: claimed / count }
}

describe('trendFollowing', () => {
  it('goes with a planted drift up, and is right more often than it claims', () => {
    const { speaks, long, right, claimed } = score(answers(1.5, 12))
    expect(speaks).toBeGreaterThan(0.5)
    expect(long).toBeGreaterThan(0.97)
    expect(right).toBeGreaterThan(claimed)
  })

  it('goes with a planted drift down', () => {
    const { long, right, claimed } = score(answers(-1.5, 12))
    expect(long).toBeLessThan(0.03)
    expect(right).toBeGreaterThan(claimed)
  })

  it('finds no edge in random walks: mostly silent, both sides alike, right half of the time', () => {
    const { speaks, long, right } = score(answers(0, 120))
    expect(speaks).toBeLessThan(0.45)
    expect(long).toBeGreaterThan(0.4)
    expect(long).toBeLessThan(0.6)
    expect(right).toBeGreaterThan(0.45)
    expect(right).toBeLessThan(0.55)
  })

  it('is silent where the price is drawn back to a level', () => {
    const bars = plantedBars({ plant: { kind: 'meanReverting', halfLife: 5, sigma: 10 }, length: 3_000, seed: 2 })
    const model = trendFollowing()
    const forecasts = bars.filter((bar) => {
      model.update(bar)
      return model.predict(askAt(bar.time)).kind === 'forecast'
    })
    expect(forecasts.length / bars.length).toBeLessThan(0.03)
  })

  it('begins at the higher limits and ends at the lower ones', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 1, sigma: 10 }, length: 3_000, seed: 7 })
    const spoken = (options: TrendFollowingOptions): number[] => {
      const model = trendFollowing(options)
      return bars.flatMap((bar) => {
        model.update(bar)
        const answer = model.predict(askAt(bar.time))
        return answer.kind === 'forecast' ? [Math.abs(answer.direction)] : []
      })
    }
    const usual = spoken({})
    expect(Math.min(...usual)).toBeGreaterThanOrEqual(0.5)
    expect(Math.min(...usual)).toBeLessThan(0.6)
    expect(Math.min(...spoken({ leave: 0.7 }))).toBeGreaterThanOrEqual(0.7)
    expect(spoken({ adxLeave: 20 }).length).toBeLessThan(usual.length)
    expect(spoken({ adxEnter: 15 }).length).toBeGreaterThan(usual.length)
  })

  it('turns to the mirror image on mirrored prices', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 1, sigma: 10 }, length: 500, seed: 4 })
    const [model, mirror] = [trendFollowing(), trendFollowing()]
    for (const bar of bars) {
      model.update(bar)
      mirror.update({ ...bar, open: -bar.open, high: -bar.low, low: -bar.high, close: -bar.close })
    }
    const [a, b] = [model.predict(askAt(bars[499]!.time)), mirror.predict(askAt(bars[499]!.time))]
    if (a.kind === 'abstain' || b.kind === 'abstain') throw new Error('Both must speak.')
    expect(b.direction).toBeCloseTo(-a.direction, 9)
    expect(b.confidence).toBeCloseTo(a.confidence, 9)
  })

  it('says what it sees, and why it is silent', () => {
    const reasons = answers(1, 4).map(({ answer }) => answer.reason)
    expect(reasons.find((reason) => reason.includes('/'))).toMatch(/^trend: 50\/200 spread [+-]?\d+\.\d ATR, ADX \d+$/)
    expect(reasons).toContain('trend: no trend stands out from a random walk')
    expect(reasons).toContain('trend: the ADX sees no direction')
  })

  it('is silent on a price that does not move', () => {
    const [bar] = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 0 }, length: 1, seed: 1 })
    const model = trendFollowing()
    for (let index = 1; index <= 300; index++) model.update({ ...bar!, time: askAt((index * hour) as never).time })
    expect(model.predict(askAt((300 * hour) as never))).toMatchObject({ kind: 'abstain', code: 'no-edge' })
  })

  it('knows its horizon once it knows the length of a bar, and lets a forecast expire after it', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 2, sigma: 10 }, length: 400, seed: 1 })
    const model = trendFollowing({ horizonBars: 5 })
    expect(model.horizon).toBe(Number.POSITIVE_INFINITY)
    for (const bar of bars) model.update(bar)
    expect(model.horizon).toBe(5 * hour)
    const last = bars[399]!.time
    expect(model.predict(askAt((last + 5 * hour) as typeof last)).kind).toBe('forecast')
    const reason = 'trend: the last bar is older than the horizon'
    expect(model.predict(askAt((last + 5 * hour + 1) as typeof last))).toEqual({
      kind: 'abstain',
      code: 'expired',
      reason,
    })
  })

  it('does not answer about a time before its last bar', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 2, sigma: 10 }, length: 400, seed: 1 })
    const model = trendFollowing()
    for (const bar of bars) model.update(bar)
    const reason = 'trend: asked about a time before the last bar'
    expect(model.predict(askAt(bars[398]!.time))).toEqual({ kind: 'abstain', code: 'expired', reason })
  })

  it.each([
    [{ speeds: [] }, 'speeds "[]" of trendFollowing is out of range.'],
    [{ speeds: [{ fast: 50, slow: 20 }] }, 'speed "50/20" of trendFollowing is out of range.'],
    [{ speeds: [{ fast: 1.5, slow: 20 }] }, 'speed "1.5/20" of trendFollowing is out of range.'],
    [{ lookbacks: [] }, 'lookbacks "[]" of trendFollowing is out of range.'],
    [{ lookbacks: [20, Number.NaN] }, 'lookbacks "[20,NaN]" of trendFollowing is out of range.'],
    [{ enter: 0.3 }, 'leave/enter "0.5/0.3" of trendFollowing is out of range.'],
    [{ enter: 1 }, 'leave/enter "0.5/1" of trendFollowing is out of range.'],
    [{ adxEnter: 10 }, 'adxLeave/adxEnter "15/10" of trendFollowing is out of range.'],
    [{ horizonBars: 0 }, 'horizonBars "0" of trendFollowing is out of range.'],
  ] satisfies [TrendFollowingOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => trendFollowing(options)).toThrow(message)
  })

  describe('keeps the model contract', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 1, sigma: 10 }, length: 900, seed: 1 })
    const steps = bars.map((bar) => ({ event: bar, row: askAt(bar.time) }))
    for (const check of modelContract({ create: () => trendFollowing(), steps })) it(check.name, () => check.run())
  })
})
