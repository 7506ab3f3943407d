import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayMs } from '../time.js'
import {
  aggregateReturns,
  alignReturns,
  alphaBeta,
  annualVolatility,
  beta,
  betaFragility,
  type CalendarSpan,
  cagr,
  calmar,
  cumulativeReturns,
  growth,
  informationRatio,
  paretoTail,
  rolling,
  sharpe,
  simpleReturns,
  stability,
  tailRatio,
  totalReturn,
} from './index.js'

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

interface Case {
  readonly test: string
  readonly function: string
  readonly args_and_expected: readonly unknown[]
}

interface Column {
  readonly time: readonly number[]
  readonly returns: readonly number[]
}

type Json = ReturnType<typeof JSON.parse>

function numbers(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? Number.NaN)
}

function toColumn({ values, start, freq }: Json): Column {
  return { time: times(start, freq, values.length), returns: numbers(values) }
}

/** The end of each period of a pandas date range. */
function times(start: string | null, frequency: string, count: number): number[] {
  const first = start === null ? 0 : Date.parse(`${start.slice(0, 10)}T00:00:00Z`)
  const date = new Date(first)
  return Array.from({ length: count }, (_, i) => {
    if (frequency === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1 + i, 0)
    if (frequency === 'A-DEC') return Date.UTC(date.getUTCFullYear() + 1 + i, 0, 0)
    return first + i * (frequency === 'W-SUN' ? 7 : 1) * dayMs
  })
}

const periods: Readonly<Record<string, number>> = { daily: 252, weekly: 52, monthly: 12, yearly: 1 }
const spans: Readonly<Record<string, CalendarSpan>> = {
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
}

function load(): { cases: readonly Case[]; argument: (value: unknown) => Json } {
  const { series, cases } = JSON.parse(readFileSync(`${data}/reference/performance_empyrical/cases.json`, 'utf8'))
  const argument = (value: Json): Json => {
    if (typeof value === 'string' && value.startsWith('$')) return toColumn(series[value.slice(1)])
    if (Array.isArray(value?.values)) return toColumn(value)
    if (value?.df !== undefined) {
      const returns = value.df.map((row: number[]) => row[0])
      return { time: times('2000-01-30', 'D', returns.length), returns }
    }
    return value
  }
  return { cases, argument }
}

function close(actual: number, expected: unknown, decimals = 8): void {
  if (expected === null || Number.isNaN(expected)) expect(actual).toBeNaN()
  else if (expected === 'inf') expect(actual).toBe(Number.POSITIVE_INFINITY)
  else expect(actual).toBeCloseTo(expected as number, decimals)
}

function closeAll(actual: ArrayLike<number>, expected: readonly unknown[], decimals = 8): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) close(actual[i]!, expected[i], decimals)
}

function pair(first: Column, second: Column): [Float64Array, Float64Array] {
  const aligned = alignReturns(first, second)
  return [aligned.first, aligned.second]
}

function shifted({ returns }: Column, by: number | Column): number[] {
  return returns.map((value, i) => value + (typeof by === 'number' ? by : by.returns[i]!))
}

/** A rate for all periods, or the returns of another series. */
function rate(value: number | Column): number | readonly number[] {
  return typeof value === 'number' ? value : value.returns
}

/** The first `count` periods follow `noisy`, the others `base`. */
function spliced(noisy: Column, base: Column, count: number): number[] {
  return base.returns.map((value, i) => (i < count ? (noisy.returns[i] ?? 0) : value))
}

/** A seeded sample that is nearly normal: the sum of twelve uniform values. */
function noise(seed: number, deviation: number, center: number): number[] {
  let state = seed
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: 1000 }, () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += uniform()
    return center + deviation * sum
  })
}

function correlated(correlation: number, center: number): [number[], number[]] {
  const market = noise(1, 1, 0)
  const own = noise(2, 1, 0)
  const mixed = market.map((value, i) => correlation * value + Math.sqrt(1 - correlation ** 2) * own[i]!)
  return [mixed.map((value) => center + 0.01 * value), market.map((value) => 0.001 + 0.001 * value)]
}

const checks: Readonly<Record<string, (...args: Json[]) => void>> = {
  simple_returns: (prices, expected) => closeAll(simpleReturns(prices.returns), expected),
  // The reference rounds these to five digits.
  cum_returns: (r, start, expected) =>
    closeAll(start === 0 ? cumulativeReturns(r.returns) : growth(r.returns, { start }), expected, 4),
  cum_returns_final: (r, start, expected) =>
    close(start === 0 ? totalReturn(r.returns) : start * (1 + totalReturn(r.returns)), expected, 4),
  aggregate_returns: (r, by, expected) =>
    closeAll(aggregateReturns(r.time, r.returns, { by: spans[by]! }).returns, expected),
  annual_ret: (r, period, expected) => close(cagr(r.returns, { periodsPerYear: periods[period]! }), expected),
  annual_volatility: (r, period, expected) =>
    close(annualVolatility(r.returns, { periodsPerYear: periods[period]! }), expected),
  calmar: (r, period, expected) => close(calmar(r.returns, { periodsPerYear: periods[period]! }), expected),
  sharpe_ratio: (r, riskFree, expected) => close(sharpe(r.returns, { riskFree: rate(riskFree) }), expected),
  sharpe_translation_same: (r, riskFree, by) => {
    for (const shift of [-by, by]) {
      expect(sharpe(shifted(r, shift), { riskFree: riskFree + shift })).toBeCloseTo(sharpe(r.returns, { riskFree }), 8)
    }
  },
  sharpe_translation_diff: (r, riskFree, byReturns, byRate) => {
    for (const sign of [-1, 1]) {
      const moved = sharpe(shifted(r, sign * byReturns), { riskFree: riskFree + sign * byRate })
      expect(moved).not.toBeCloseTo(sharpe(r.returns, { riskFree }), 8)
    }
  },
  sharpe_translation_1: (r, riskFree, by) => {
    expect(sharpe(r.returns, { riskFree: riskFree - by })).toBeGreaterThan(sharpe(r.returns, { riskFree }))
    expect(sharpe(r.returns, { riskFree: riskFree + by })).toBeLessThan(sharpe(r.returns, { riskFree }))
  },
  sharpe_noise: (small, large) => {
    const [calm, wild] = [noise(3, small, 0.01), noise(3, large, 0.01)]
    expect(sharpe(calm, { riskFree: 0.001 })).toBeGreaterThan(sharpe(wild, { riskFree: 0.001 }))
  },
  excess_sharpe: (r, benchmark, expected) => close(informationRatio(r.returns, rate(benchmark)), expected),
  excess_sharpe_noisy: (noisy, base) => {
    const sizes = [250, 500, 750].map((count) => Math.abs(informationRatio(spliced(noisy, base, count), base.returns)))
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  },
  excess_sharpe_trans: (r, add, by) => {
    const base = { ...r, returns: shifted(r, add) }
    const down = { ...by, returns: by.returns.map((value: number) => -value) }
    const middle = informationRatio(base.returns, r.returns)
    expect(informationRatio(shifted(base, by), r.returns)).toBeGreaterThan(middle)
    expect(informationRatio(shifted(base, down), r.returns)).toBeLessThan(middle)
  },
  alpha_beta: (r, b, expected) => closeAll(Object.values(alphaBeta(...pair(r, b))), expected),
  alpha: (r, b, expected) => close(alphaBeta(...pair(r, b)).alpha, expected),
  beta: (r, b, expected, decimals = 8) => close(beta(...pair(r, b)), expected, decimals),
  alpha_beta_translation: (center, by) => {
    const [r, b] = correlated(0.8, center)
    const daily = (shift: number): number =>
      (1 + alphaBeta(shift === 0 ? r : r.map((v) => v + shift), b).alpha) ** (1 / 252)
    for (const shift of [-by, by]) {
      expect(daily(shift) - daily(0)).toBeCloseTo(shift, 8)
      expect(
        beta(
          r.map((value) => value + shift),
          b,
        ),
      ).toBeCloseTo(beta(r, b), 8)
    }
  },
  alpha_beta_correlation: (less, more) => {
    const [loose, tight] = [alphaBeta(...correlated(less, 0.01)), alphaBeta(...correlated(more, 0.01))]
    expect(loose.alpha).toBeGreaterThan(tight.alpha)
    expect(loose.beta).toBeLessThan(tight.beta)
  },
  alpha_beta_with_nan_inputs: (r, b) => {
    const [first, second] = pair(r, b)
    first[3] = second[5] = Number.NaN
    for (const value of Object.values(alphaBeta(first, second))) expect(value).not.toBeNaN()
  },
  alpha_beta_equality: (r, b) => expect(alphaBeta(...pair(r, b)).beta).toBe(beta(...pair(r, b))),
  stability_of_timeseries: (r, expected) => close(stability(r.returns), expected),
  // The reference compares to one decimal: one expected value counts a missing return as 0, another is of a random sample.
  tail_ratio: (r, expected) => close(tailRatio(r.returns), expected, 1),
  cagr: (r, period, expected) => close(cagr(r.returns, { periodsPerYear: periods[period]! }), expected),
  cagr_translation: (r, by) => {
    expect(cagr(shifted(r, -by))).toBeLessThan(cagr(r.returns))
    expect(cagr(shifted(r, by))).toBeGreaterThan(cagr(r.returns))
  },
  cagr_with_nan_inputs: (r) => expect(cagr(r.returns)).not.toBeNaN(),
  cagr_noisy: (r, add) => {
    const down = { ...add, returns: add.returns.map((value: number) => -value) }
    for (const by of [add, down]) expect(Math.log10(cagr(shifted(r, by)) / cagr(r.returns))).toBeCloseTo(0, 0)
  },
  beta_fragility_heuristic: (r, b, expected) => close(betaFragility(...pair(r, b)), expected),
  gpd_risk_estimates: (r, expected) => {
    const tail = paretoTail(r.returns)
    // The reference says 0 for a tail that cannot be fitted, sometimes with four figures instead of five.
    closeAll(tail ? Object.values(tail) : expected.map(() => 0), expected)
  },
  roll_sharpe_ratio: (r, window, expected) =>
    closeAll(
      rolling([r.returns], { window }, ([values]) => sharpe(values)),
      expected,
    ),
  roll_alpha_beta: (r, b, window, expected) => {
    const results = rolling(pair(r, b), { window }, ([first, second]) => alphaBeta(first, second))
    closeAll(
      results.flatMap((result) => [result.alpha, result.beta]),
      expected.flat(),
    )
  },
  down_alpha_beta: (r, b, expected) => closeAll(Object.values(alphaBeta(...pair(r, b), { market: 'down' })), expected),
  up_alpha_beta: (r, b, expected) => closeAll(Object.values(alphaBeta(...pair(r, b), { market: 'up' })), expected),
}

describe.skipIf(!data)('performance statistics against the cases of empyrical', () => {
  const { cases, argument } = data ? load() : { cases: [], argument: () => undefined }
  for (const { test, function: name, args_and_expected: args } of cases) {
    it(`agrees with ${test}`, () => {
      expect(checks[name], name).toBeDefined()
      checks[name]!(...args.map(argument))
    })
  }
})
