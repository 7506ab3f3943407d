import { describe, expect, it } from 'vitest'
import { askAt, type Prediction } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { type Plant, plantedBars } from '../testing/plantedBars.js'
import { type MeanReversionOptions, meanReversion } from './meanReversion.js'

const hour = 3_600_000

/** What the model says after each bar of a planted series, once it is warm. */
function answers(plant: Plant, seed: number, length = 1_500): { answer: Prediction; closes: readonly number[] }[] {
  const bars = plantedBars({ plant, length, seed })
  const model = meanReversion()
  return bars
    .map((bar, index) => {
      model.update(bar)
      return { answer: model.predict(askAt(bar.time)), closes: bars.slice(index).map(({ close }) => close) }
    })
    .slice(model.warmup)
}

const seeds = Array.from({ length: 12 }, (_, seed) => seed)
const plant: Plant = { kind: 'meanReverting', halfLife: 8, sigma: 10 }

describe('meanReversion', () => {
  it('trades the right side of a planted process, and is right more often than it claims', () => {
    let [said, right, claimed, toMean] = [0, 0, 0, 0]
    for (const { answer, closes } of seeds.flatMap((seed) => answers(plant, seed))) {
      const later = answer.kind === 'forecast' ? closes[Math.round(answer.horizon / hour)] : undefined
      if (answer.kind === 'abstain' || later === undefined) continue
      said++
      claimed += (1 + answer.confidence) / 2
      if ((later - closes[0]!) * answer.direction > 0) right++
      if ((10_000 - closes[0]!) * answer.direction > 0) toMean++
    }
    expect(said).toBeGreaterThan(300)
    expect(toMean / said).toBeGreaterThan(0.95)
    expect(right / said).toBeGreaterThan(claimed / said)
  })

  it('reads a planted half-life within the bias of its window', () => {
    const medianOf = (halfLife: number): number => {
      const spoken = seeds.flatMap((seed) => answers({ kind: 'meanReverting', halfLife, sigma: 10 }, seed))
      const read = spoken.flatMap(({ answer }) => (answer.kind === 'forecast' ? [answer.horizon / hour] : []))
      return read.sort((a, b) => a - b)[Math.floor(read.length / 2)]!
    }
    expect(medianOf(4)).toBeGreaterThan(4 * 0.7)
    expect(medianOf(4)).toBeLessThan(4 * 1.2)
    expect(medianOf(8)).toBeGreaterThan(8 * 0.4)
    expect(medianOf(8)).toBeLessThan(8 * 0.8)
  })

  it('is silent on random walks: nine bars in ten for want of proof, nearly all for want of distance', () => {
    const walks = seeds.flatMap((seed) => answers({ kind: 'walk', drift: 0, sigma: 10 }, seed, 3_000))
    const unproven = walks.filter(({ answer }) => answer.reason === 'mean reversion: no return to a mean is proven')
    const silent = walks.filter(({ answer }) => answer.kind === 'abstain')
    expect(unproven.length / walks.length).toBeGreaterThan(0.86)
    expect(unproven.length / walks.length).toBeLessThan(0.94)
    expect(silent.length / walks.length).toBeGreaterThan(0.98)
  })

  it('speaks from two standard deviations on until half of one, and says so', () => {
    const spoken = answers(plant, 3).map(({ answer }) => answer)
    const first = spoken.findIndex((answer) => answer.kind === 'forecast')
    expect(spoken[first]!.reason).toMatch(/^mean reversion: [+-]?2\.\d sd from the mean, half-life \d+\.\d bars$/)
    const gaps = spoken.flatMap(({ kind, reason }) =>
      kind === 'forecast' ? [Math.abs(Number(reason.split(' ')[2]))] : [],
    )
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.5)
    expect(Math.min(...gaps)).toBeLessThan(1.5)
  })

  it('believes half-lives in its range alone', () => {
    const model = meanReversion({ halfLifeMin: 3, halfLifeMax: 4 })
    const heard = plantedBars({ plant, length: 3_000, seed: 3 }).map((bar) => {
      model.update(bar)
      return model.predict(askAt(bar.time))
    })
    const horizons = heard.flatMap((answer) => (answer.kind === 'forecast' ? [answer.horizon / hour] : []))
    expect(horizons.length).toBeGreaterThan(5)
    expect(Math.min(...horizons)).toBeGreaterThanOrEqual(3)
    expect(Math.max(...horizons)).toBeLessThanOrEqual(4)
  })

  it('says why it is silent', () => {
    const codes = new Set(
      answers({ kind: 'meanReverting', halfLife: 2, sigma: 10 }, 1).map(({ answer }) => answer.reason),
    )
    expect(codes).toContain('mean reversion: the price is near its mean')
    expect(codes).toContain('mean reversion: the half-life is out of range')
  })

  it('works on a spread around zero', () => {
    const bars = plantedBars({ plant, length: 600, seed: 5, start: 0 })
    const [model, shifted] = [meanReversion(), meanReversion()]
    const said = bars.map((bar) => {
      model.update(bar)
      shifted.update({ ...bar, high: bar.high + 4096, low: bar.low + 4096, close: bar.close + 4096 })
      const [a, b] = [model.predict(askAt(bar.time)), shifted.predict(askAt(bar.time))]
      expect(a.kind).toBe(b.kind)
      return a.kind
    })
    expect(said).toContain('forecast')
  })

  it.each([
    [{ window: 10 }, 'window "10" of meanReversion is out of range.'],
    [{ window: Number.NaN }, 'window "NaN" of meanReversion is out of range.'],
    [{ enter: 1, leave: 2 }, 'leave/enter "2/1" of meanReversion is out of range.'],
    [{ enter: Number.NaN }, 'leave/enter "0.5/NaN" of meanReversion is out of range.'],
    [{ halfLifeMin: 0 }, 'half-life "0-60" of meanReversion is out of range.'],
  ] satisfies [MeanReversionOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => meanReversion(options)).toThrow(message)
  })

  describe('keeps the model contract', () => {
    const bars = plantedBars({ plant: { kind: 'meanReverting', halfLife: 4, sigma: 10 }, length: 700, seed: 1 })
    const steps = bars.map((bar) => ({ event: bar, row: askAt(bar.time) }))
    for (const check of modelContract({ create: () => meanReversion(), steps })) it(check.name, () => check.run())
  })
})
