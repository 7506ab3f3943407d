import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisionFigure } from './decisionFigure.js'
import { filteredHistoricalRisk } from './filteredHistorical.js'
import { historicalRisk } from './historicalRisk.js'
import { monteCarloRisk } from './monteCarloRisk.js'
import { sampleTail } from './sampleTail.js'
import { shortSampleRisk } from './shortSample.js'
import { studentTRisk } from './studentTRisk.js'
import { confidences } from './tailArbitraries.rig.js'
import { ready, studentTSample, tailOf } from './tailSamples.rig.js'
import { unavailable } from './unavailable.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 50) }
const long = studentTSample(4, 600).map((value) => value / 50)

describe('historical simulation', () => {
  it('reads the tail of past losses', () => {
    const losses = long.map((value) => -value)
    for (const confidencePerMille of [950, 975, 990]) {
      const estimate = historicalRisk(long, { confidencePerMille })
      expect(estimate).toMatchObject({ method: 'historical', observations: 600, confidencePerMille, notes: [] })
      expect(estimate).toMatchObject(sampleTail(losses, { confidencePerMille }))
    }
  })

  it('needs 250 returns at 95 %, 500 at 99 %, and enough for five beyond any confidence', () => {
    const method = (count: number, confidencePerMille: number): string => {
      return ready(historicalRisk(long.slice(0, count), { confidencePerMille })).notes.join()
    }
    expect([method(250, 950), method(249, 950)]).toEqual(['', 'SHORT_SAMPLE'])
    expect([method(500, 990), method(499, 990)]).toEqual(['', 'SHORT_SAMPLE'])
    expect(method(600, 992)).toBe('SHORT_SAMPLE')
    expect(historicalRisk(long.slice(0, 119))).toMatchObject({ code: 'TOO_SHORT' })
  })

  it('is replaced by the larger of filtered history and Student-t with a margin of 20 % where it is too short', () => {
    const options = { confidencePerMille: 990 }
    const [short, shorter] = [long.slice(0, 400), long.slice(0, 200)]
    const student = ready(studentTRisk(short, options))
    const filtered = ready(filteredHistoricalRisk(short, options))
    const stand = ready(historicalRisk(short, options))
    expect(stand.valueAtRisk).toBe(Math.max(student.valueAtRisk, filtered.valueAtRisk) * 1.2)
    expect(stand.expectedShortfall).toBe(Math.max(student.expectedShortfall, filtered.expectedShortfall) * 1.2)
    expect(stand.method).toBe(filtered.valueAtRisk > student.valueAtRisk ? 'filteredHistorical' : 'studentT')
    expect(ready(historicalRisk(shorter, options)).valueAtRisk).toBe(
      ready(studentTRisk(shorter, options)).valueAtRisk * 1.2,
    )
    expect(shortSampleRisk(long.slice(0, 100))).toMatchObject({ kind: 'unavailable', code: 'TOO_SHORT' })
    expect(ready(shortSampleRisk(short)).confidencePerMille).toBe(950)
  })

  it('reports a sample of gains as a negative figure, as it is', () => {
    const gains = long.map((value, i) => 1 + Math.abs(value) + i / 1e6)
    expect(ready(historicalRisk(gains)).valueAtRisk).toBeLessThan(-1)
  })

  it('is unavailable for data that say nothing', () => {
    for (const estimate of [historicalRisk, filteredHistoricalRisk, shortSampleRisk]) {
      expect(estimate([])).toMatchObject({ kind: 'unavailable', code: 'NO_DATA' })
      expect(estimate(Array(600).fill(0.01))).toMatchObject({ kind: 'unavailable', code: 'CONSTANT' })
      expect(estimate([...long, Number.NaN])).toMatchObject({
        kind: 'unavailable',
        code: 'NOT_FINITE',
        got: '"NaN" at 600',
      })
      expect(() => estimate(long, { confidencePerMille: 0 })).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
      )
    }
  })
})

describe('filtered historical simulation', () => {
  it('is historical simulation where volatility is constant', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 310, maxLength: 330, size: 'max' }),
        fc.integer({ min: 1, max: 1_000 }),
        confidences.filter((perMille) => perMille <= 990),
        (signs, size, confidencePerMille) => {
          fc.pre(new Set(signs).size === 2)
          const returns = signs.map((up) => (up ? size : -size) / 10_000)
          const filtered = ready(filteredHistoricalRisk(returns, { confidencePerMille }))
          const later = sampleTail(
            returns.slice(60).map((value) => -value),
            { confidencePerMille },
          )
          expect(Math.abs(filtered.valueAtRisk - later.valueAtRisk)).toBeLessThan(1e-14)
          expect(Math.abs(filtered.expectedShortfall - later.expectedShortfall)).toBeLessThan(1e-14)
        },
      ),
      runs,
    )
  })

  it('scales past returns to the volatility of now', () => {
    // Quiet for 300 periods, then three times as wild for 100: the history becomes as wild as now.
    const calm = long.slice(0, 400).map((value, i) => (i < 300 ? value : 3 * value))
    const [filtered, plain] = [ready(filteredHistoricalRisk(calm)), ready(historicalRisk(calm))]
    expect(filtered.valueAtRisk).toBeGreaterThan(1.2 * plain.valueAtRisk)
  })

  it('scales with the position', () => {
    const once = tailOf(ready(filteredHistoricalRisk(long)))
    const twice = tailOf(ready(filteredHistoricalRisk(long.map((value) => 2 * value))))
    for (const [i, figure] of once.entries()) expect(twice[i]! / figure).toBeCloseTo(2, 12)
  })

  it('needs 250 returns after 60 that warm it up', () => {
    expect(filteredHistoricalRisk(long.slice(0, 309))).toMatchObject({ code: 'TOO_SHORT', needed: '310 returns' })
    expect(ready(filteredHistoricalRisk(long.slice(0, 310))).observations).toBe(250)
    expect(filteredHistoricalRisk(long.slice(0, 310), { confidencePerMille: 995 })).toMatchObject({ code: 'TOO_SHORT' })
  })

  it('leaves out returns whose volatility is no more than a tick', () => {
    const still = long.map((value, i) => (i >= 100 && i < 200 ? value / 1e9 : value))
    const kept = ready(filteredHistoricalRisk(still, { sigmaMin: 1e-3 })).observations
    expect(kept).toBeLessThan(540)
    expect(kept).toBeGreaterThan(440)
    expect(filteredHistoricalRisk(still.slice(0, 320), { sigmaMin: 1e-3 })).toMatchObject({
      code: 'TOO_SHORT',
      needed: '250 returns of some volatility',
    })
    expect(filteredHistoricalRisk(long, { sigmaMin: 1 })).toMatchObject({
      code: 'SIGMA_TOO_SMALL',
      needed: 'a volatility above 1',
    })
  })

  it('refuses options that are none', () => {
    for (const sigmaMin of [-1, Number.NaN, Number.POSITIVE_INFINITY, '0' as unknown as number]) {
      expect(() => filteredHistoricalRisk(long, { sigmaMin })).toThrow(
        expect.objectContaining({ code: 'BAD_SIGMA_MIN' }),
      )
    }
    expect(() => filteredHistoricalRisk(long, { sigmaMin: -1 })).toThrow(
      'sigmaMin -1 is not a finite number from 0 on.',
    )
    expect(() => filteredHistoricalRisk(long, { lambda: 1 })).toThrow(expect.objectContaining({ code: 'BAD_LAMBDA' }))
  })
})

describe('the figure that decides', () => {
  const parts = {
    historical: historicalRisk(long),
    filteredHistorical: filteredHistoricalRisk(long),
    monteCarlo: monteCarloRisk(long, { seed: 1 }),
    shortSample: () => shortSampleRisk(long),
  }
  const missing = unavailable('NO_DATA', 'returns', 'none')

  it('is the largest of historical, filtered historical and Monte Carlo, figure by figure', () => {
    const all = [parts.historical, parts.filteredHistorical, parts.monteCarlo].map(ready)
    const decision = ready(decisionFigure(parts))
    expect(decision.valueAtRisk).toBe(Math.max(...all.map(({ valueAtRisk }) => valueAtRisk)))
    expect(decision.expectedShortfall).toBe(Math.max(...all.map(({ expectedShortfall }) => expectedShortfall)))
    expect(all.find(({ valueAtRisk }) => valueAtRisk === decision.valueAtRisk)?.method).toBe(decision.method)
    const raised = { ...all[0]!, valueAtRisk: 9, notes: ['PROXIED'] as const }
    expect(decisionFigure({ ...parts, historical: raised })).toMatchObject({
      valueAtRisk: 9,
      method: 'historical',
      notes: ['PROXIED'],
    })
    expect(decisionFigure({ ...parts, filteredHistorical: raised })).toMatchObject({ valueAtRisk: 9 })
    expect(decisionFigure({ ...parts, monteCarlo: raised })).toMatchObject({ valueAtRisk: 9 })
  })

  it('is unavailable where one of them is', () => {
    expect(decisionFigure({ ...parts, historical: missing })).toBe(missing)
    expect(decisionFigure({ ...parts, filteredHistorical: missing })).toBe(missing)
    expect(decisionFigure({ ...parts, monteCarlo: missing })).toBe(missing)
  })

  it('takes the replacement of a short sample where filtered history has too few returns', () => {
    const tooShort = unavailable('TOO_SHORT', '310 returns', 260)
    const shortSample = (): ReturnType<typeof shortSampleRisk> => ({ ...ready(shortSampleRisk(long)), valueAtRisk: 7 })
    expect(decisionFigure({ ...parts, filteredHistorical: tooShort, shortSample })).toMatchObject({
      valueAtRisk: 7,
      notes: ['SHORT_SAMPLE'],
    })
    expect(decisionFigure({ ...parts, filteredHistorical: tooShort, shortSample: () => missing })).toBe(missing)
  })
})
