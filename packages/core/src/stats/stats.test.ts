import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as stats from './index.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }
const missing = Number.NaN

/** Returns on a grid of basis points, from -50 % to +50 %. */
const anyReturns = fc.array(
  fc.integer({ min: -5000, max: 5000 }).map((points) => points / 10_000),
  { minLength: 2, maxLength: 60 },
)

describe('missing observations', () => {
  it('leaves them out of moments, ratios and quantiles', () => {
    const full = [0.01, -0.02, 0.03, 0.005]
    const sparse = [missing, 0.01, -0.02, missing, 0.03, 0.005]
    const measures = [
      stats.mean,
      stats.standardDeviation,
      stats.skewness,
      stats.kurtosis,
      stats.sharpe,
      stats.sortino,
      stats.downsideRisk,
      stats.omega,
      stats.tailRatio,
      stats.valueAtRisk,
      stats.expectedShortfall,
      stats.stability,
      stats.maxDrawdown,
      stats.kelly,
    ]
    for (const measure of measures) expect(measure(sparse), measure.name).toBe(measure(full))
  })

  it('counts them as periods in which nothing was earned when growth is annualised', () => {
    expect(stats.cagr([0.1, missing], { periodsPerYear: 2 })).toBeCloseTo(0.1, 12)
    expect(stats.cagr([0.1], { periodsPerYear: 2 })).toBeCloseTo(0.21, 12)
  })

  it('leaves out every pair in which one is missing', () => {
    expect(stats.beta([0.02, missing, -0.02, 0.5], [0.01, 0.4, -0.01, missing])).toBeCloseTo(2, 12)
  })
})

describe('too little data', () => {
  it('gives NaN for an empty series', () => {
    const measures = [
      stats.mean,
      stats.variance,
      stats.skewness,
      stats.kurtosis,
      stats.cagr,
      stats.annualVolatility,
      stats.maxDrawdown,
      stats.painIndex,
      stats.ulcerIndex,
      stats.sharpe,
      stats.sharpeStandardError,
      stats.sortino,
      stats.downsideRisk,
      stats.calmar,
      stats.omega,
      stats.tailRatio,
      stats.valueAtRisk,
      stats.expectedShortfall,
      stats.stability,
      stats.kelly,
      stats.totalReturn,
    ]
    for (const measure of measures) expect(measure([]), measure.name).toBeNaN()
    expect(stats.describe([])).toMatchObject({ count: 0, missing: 0, median: Number.NaN })
    expect(stats.simpleReturns([])).toHaveLength(0)
    expect(stats.paretoTail([])).toBeUndefined()
  })

  it('knows the ratios of a constant series exactly', () => {
    const constant = new Array(9).fill(0.01)
    expect(stats.variance(constant)).toBe(0)
    expect(stats.sharpe(constant)).toBe(Number.POSITIVE_INFINITY)
    expect(stats.sharpe(constant, { riskFree: 0.01 })).toBeNaN()
    expect(stats.informationRatio(constant, 0.005)).toBeNaN()
    expect(stats.alphaBeta([0.01, 0.02, 0.03], [0.01, 0.01, 0.01])).toEqual({ alpha: Number.NaN, beta: Number.NaN })
    expect(stats.calmar(constant)).toBeNaN()
    expect(stats.sortino(constant)).toBe(Number.POSITIVE_INFINITY)
  })

  it('gives NaN for the growth of more than a total loss', () => {
    expect(stats.cagr([-1.5, 0.1])).toBeNaN()
    expect(stats.cagr([-1])).toBe(-1)
  })
})

describe('definitions by hand', () => {
  it('compounds returns to growth and totals', () => {
    expect(stats.growth([0.5, -0.5], { start: 100 })).toEqual(Float64Array.of(150, 75))
    expect(stats.cumulativeReturns([0.5, -0.5])).toEqual(Float64Array.of(0.5, -0.25))
    expect(stats.simpleReturns([100, 110, 99])).toEqual(Float64Array.of(0.1, -0.1))
    expect(stats.logReturns([1, Math.E])[0]).toBeCloseTo(1, 15)
  })

  it('measures drawdown from the start, not from the first period', () => {
    expect(stats.drawdownSeries([-0.5, 1, 0.5])).toEqual(Float64Array.of(0.5, 0, 0))
    expect(stats.maxDrawdown([-0.5, 1])).toBe(0.5)
    expect(stats.painIndex([-0.5, 1])).toBe(0.25)
    expect(stats.ulcerIndex([-0.5, 1])).toBeCloseTo(Math.SQRT1_2 / 2, 15)
  })

  it('takes the geometric Sharpe ratio from compound growth', () => {
    const options = { periodsPerYear: 12, method: 'geometric' } as const
    const returns = [0.02, -0.01, 0.03]
    const expected = stats.cagr(returns, options) / stats.annualVolatility(returns, options)
    expect(stats.sharpe(returns, options)).toBe(expected)
  })

  it('widens the error of a Sharpe ratio for a long left tail', () => {
    const base = [0.01, 0.02, 0.015, 0.012, 0.018, 0.016]
    const error = stats.sharpeStandardError([...base, -0.05], { periodsPerYear: 1 })
    const mirrored = stats.sharpeStandardError([...base.map((r) => 0.0117 - r), 0.0617], { periodsPerYear: 1 })
    expect(error).toBeGreaterThan(mirrored)
  })

  it('weights the boundary loss of an expected shortfall', () => {
    const losses = [-0.01, -0.02, -0.03, -0.04]
    expect(stats.valueAtRisk(losses, { confidence: 0.75 })).toBe(0.03)
    expect(stats.expectedShortfall(losses, { confidence: 0.75 })).toBeCloseTo(0.04, 15)
    expect(stats.expectedShortfall(losses, { confidence: 0.6 })).toBeCloseTo((0.04 + 0.6 * 0.03) / 1.6, 15)
    expect(
      stats.valueAtRisk(
        new Array(20).fill(0).map((_, i) => -i),
        { confidence: 0.95 },
      ),
    ).toBe(18)
  })

  it('splits capture and beta by the direction of the market', () => {
    const [own, market] = [
      [0.03, -0.01, 0.01, -0.02],
      [0.02, -0.02, 0.01, -0.04],
    ]
    expect(stats.capture([0.01, -0.01], [0.02, -0.04], { market: 'down', periodsPerYear: 1 })).toBeCloseTo(0.25, 12)
    expect(stats.alphaBeta(own, market, { market: 'up' }).beta).toBeCloseTo(2, 12)
    expect(stats.alphaBeta(own, market, { market: 'down' }).beta).toBeCloseTo(0.5, 12)
  })

  it('gathers by the calendar in UTC and keeps the week of new year whole', () => {
    const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)
    const time = ['2020-12-27', '2020-12-28', '2020-12-31', '2021-01-01', '2021-01-04'].map(day)
    const returns = [0.1, 0.1, missing, 0.1, 0.2]
    const weeks = stats.aggregateReturns(time, returns, { by: 'week' })
    expect(Array.from(weeks.start)).toEqual(['2020-12-21', '2020-12-28', '2021-01-04'].map(day))
    expect(weeks.returns[1]).toBeCloseTo(0.21, 12)
    expect(Array.from(stats.aggregateReturns(time, returns, { by: 'month' }).start)).toEqual(
      ['2020-12-01', '2021-01-01'].map(day),
    )
    expect(Array.from(stats.aggregateReturns(time, returns, { by: 'quarter' }).start)).toEqual(
      ['2020-10-01', '2021-01-01'].map(day),
    )
    expect(stats.aggregateReturns(time, returns, { by: 'year' }).returns[1]).toBeCloseTo(0.32, 12)
  })

  it('joins two series by time', () => {
    const joined = stats.alignReturns({ time: [1, 2], returns: [0.1, 0.2] }, { time: [2, 3], returns: [0.3, 0.4] })
    expect(joined).toEqual({
      time: Float64Array.of(1, 2, 3),
      first: Float64Array.of(0.1, 0.2, missing),
      second: Float64Array.of(missing, 0.3, 0.4),
    })
  })

  it('describes a sample', () => {
    expect(stats.describe([4, missing, 1, 3, 2])).toMatchObject({
      count: 4,
      missing: 1,
      mean: 2.5,
      min: 1,
      quartile1: 1.75,
      median: 2.5,
      quartile3: 3.25,
      max: 4,
    })
  })

  it('finds the minimum of a curved valley', () => {
    const valley = ([x = 0, y = 0]: readonly number[]): number => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
    const { point, converged } = stats.nelderMead(valley, [-1.2, 1], { tolerance: 1e-8, evaluationsMax: 1000 })
    expect(converged).toBe(true)
    expect(point[0]).toBeCloseTo(1, 6)
    expect(point[1]).toBeCloseTo(1, 6)
    expect(stats.nelderMead(valley, [0, 0], { evaluationsMax: 5 }).converged).toBe(false)
  })
})

describe('drawdown episodes', () => {
  const time = [0, 1, 2, 3, 4, 5, 6, 7]
  const equity = [100, 80, 90, 100, 100, 50, 75, 60]

  it('runs from the last row at the peak to the row back at it, deepest first', () => {
    expect(stats.drawdownEpisodes(time, equity)).toEqual([
      { peakTime: 4, troughTime: 5, endTime: 7, recovered: false, depth: 0.5 },
      { peakTime: 0, troughTime: 1, endTime: 3, recovered: true, depth: 0.2 },
    ])
    expect(stats.drawdownEpisodes(time, equity, { deepest: 1 })).toHaveLength(1)
  })

  it('summarises them in one pass', () => {
    expect(stats.drawdownSummary(time, equity)).toEqual({
      episodes: 2,
      maxDepth: 0.5,
      averageDepth: 0.35,
      maxDuration: 3,
      averageDuration: 3,
    })
    expect(stats.drawdownSummary([0, 1], [1, 2])).toMatchObject({ episodes: 0, maxDepth: 0, averageDuration: 0 })
  })

  it('agrees with the depth of compounded returns', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const path = [1, ...stats.growth(returns)]
        const summary = stats.drawdownSummary(
          path.map((_, i) => i),
          path,
        )
        expect(summary.maxDepth).toBe(stats.maxDrawdown(returns))
        expect(stats.drawdownEpisodes(path, path)).toHaveLength(summary.episodes)
      }),
      runs,
    )
  })
})

describe('laws', () => {
  it('keeps a Sharpe ratio when returns are scaled and turns its sign when they are mirrored', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: 1, max: 9 }), (returns, factor) => {
        const ratio = stats.sharpe(returns)
        if (!Number.isFinite(ratio)) return
        expect(stats.sharpe(returns.map((value) => value * factor))).toBeCloseTo(ratio, 6)
        expect(stats.sharpe(returns.map((value) => -value))).toBeCloseTo(-ratio, 6)
      }),
      runs,
    )
  })

  it('never puts expected shortfall below value at risk, whatever the order of the sample', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: 1, max: 99 }), (returns, percent) => {
        const options = { confidence: percent / 100 }
        const shortfall = stats.expectedShortfall(returns, options)
        expect(shortfall).toBeGreaterThanOrEqual(stats.valueAtRisk(returns, options) - 1e-12)
        expect(stats.expectedShortfall(returns.toReversed(), options)).toBe(shortfall)
      }),
      runs,
    )
  })

  it('puts quantiles in order between the smallest and the largest value', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: 0, max: 99 }), (returns, percent) => {
        const low = stats.quantile(returns, percent / 100)
        expect(low).toBeLessThanOrEqual(stats.quantile(returns, (percent + 1) / 100))
        expect(low).toBeGreaterThanOrEqual(Math.min(...returns))
      }),
      runs,
    )
  })

  it('gives the same alpha and beta for the market itself', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const { alpha, beta } = stats.alphaBeta(returns, returns)
        if (Number.isNaN(beta)) return
        expect(beta).toBeCloseTo(1, 12)
        expect(alpha).toBeCloseTo(0, 12)
      }),
      runs,
    )
  })

  it('changes no input', () => {
    const returns = [0.03, -0.02, 0.01, -0.01]
    const column = Float64Array.from(returns)
    stats.quantile(column, 0.5)
    for (const measure of [stats.valueAtRisk, stats.expectedShortfall, stats.tailRatio, stats.stability])
      measure(column)
    expect(Array.from(column)).toEqual(returns)
  })
})

describe('misuse', () => {
  const bad = (code: string, text: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(text) })

  it('names a number of periods that makes no year', () => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const options = { periodsPerYear: value }
      for (const measure of [stats.cagr, stats.annualVolatility, stats.sharpe, stats.downsideRisk, stats.calmar]) {
        expect(() => measure([0.1, 0.2], options)).toThrow(
          bad('BAD_PARAMETER', new RegExp(`periodsPerYear "${value}" is not a finite number above 0`)),
        )
      }
    }
  })

  it('names series that are not aligned', () => {
    const error = bad('LENGTH_MISMATCH', /2 and 3 values, and must be aligned/)
    expect(() => stats.beta([1, 2], [1, 2, 3])).toThrow(error)
    expect(() => stats.sharpe([1, 2], { riskFree: [1, 2, 3] })).toThrow(error)
    expect(() =>
      stats.rolling(
        [
          [1, 2],
          [1, 2, 3],
        ],
        { window: 1 },
        () => 0,
      ),
    ).toThrow(error)
    expect(() => stats.aggregateReturns([1, 2], [1, 2, 3], { by: 'week' })).toThrow(error)
    expect(() => stats.alignReturns({ time: [1, 2], returns: [1, 2, 3] }, { time: [], returns: [] })).toThrow(error)
    expect(() => stats.drawdownSummary([1, 2], [1, 2, 3])).toThrow(error)
  })

  it('names a probability, confidence or window out of range', () => {
    expect(() => stats.quantile([1], 95)).toThrow(bad('BAD_PARAMETER', /probability "95" is not from 0 to 1/))
    expect(() => stats.valueAtRisk([1], { confidence: 1 })).toThrow(bad('BAD_PARAMETER', /confidence "1"/))
    expect(() => stats.paretoTail([1], { probability: 0 })).toThrow(bad('BAD_PARAMETER', /probability "0"/))
    expect(() => stats.rolling([[1]], { window: 1.5 }, () => 0)).toThrow(bad('BAD_PARAMETER', /window "1.5"/))
    expect(() => stats.nelderMead(() => 0, [Number.NaN])).toThrow(bad('BAD_PARAMETER', /start "NaN"/))
  })
})
