import type { BarColumns } from '../indicator.js'
import type { IchimokuOutput } from '../price/ichimoku.js'
import type { SupertrendOutput } from '../price/supertrend.js'
import type { VwapColumns } from '../price/vwap.js'
import type { PriceSource } from '../priceSource.js'
import { compensatedSum, twoPassMean, weightedAverage } from './compensated.js'
import { referenceSar } from './referenceSar.js'
import {
  cumulative,
  emaWeights,
  type ReferenceColumns,
  type ReferenceSeries,
  ratio,
  trueRangesOf,
  windowed,
} from './referenceSeries.js'

/** `WMA`: weights 1, 2, … on distances from the newest value, so that nothing cancels. */
function weightedMean(window: ReferenceSeries): number {
  const newest = window.at(-1)!
  const terms = window.map((value, index) => (index + 1) * (value - newest))
  return newest + compensatedSum(terms) / compensatedSum(window.map((_, index) => index + 1))
}

/** An EMA, the EMA of it, and so on. */
function nested(values: ReferenceSeries, period: number, seed: 'sma' | 'first', levels: number): number[][] {
  const weights = emaWeights(period, seed === 'first' ? 1 : period)
  const results: number[][] = []
  for (let level = 0, input = values; level < levels; level++) {
    const average = cumulative(input, (past) => weightedAverage(past, weights))
    results.push(average)
    input = average
  }
  return results
}

/** `HMA`, its lengths rounded as LEAN does with .NET: halves to the even number. */
function hullLengths(period: number, rounding: 'truncate' | 'round'): { readonly half: number; readonly root: number } {
  if (rounding === 'truncate') return { half: Math.trunc(period / 2), root: Math.trunc(Math.sqrt(period)) }
  const nearest = [Math.floor(period / 2), Math.ceil(period / 2)].find((value) => value % 2 === 0)!
  return { half: period % 2 === 0 ? period / 2 : nearest, root: Math.round(Math.sqrt(period)) }
}

/** `KAMA` as one weighted sum: each input with its own weight and what later ones left of it. */
function adaptive(
  values: ReferenceSeries,
  { period, fast, slow }: Readonly<Record<'period' | 'fast' | 'slow', number>>,
): number {
  if (values.length <= period) return Number.NaN
  const terms: number[] = []
  let left = 1
  for (let index = values.length - 1; index >= period; index--) {
    const steps = values.slice(index - period + 1, index + 1).map((value, at) => value - values[index - period + at]!)
    const efficiency = ratio(Math.abs(values[index]! - values[index - period]!), compensatedSum(steps.map(Math.abs)), 0)
    const weight = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2
    terms.push(weight * left * values[index]!)
    left *= 1 - weight
  }
  return compensatedSum([...terms, left * values[period - 1]!])
}

function middles({ high, low }: BarColumns, period: number): number[] {
  const lowest = windowed([...low], period, (window) => Math.min(...window))
  return windowed([...high], period, (window) => Math.max(...window)).map((top, index) => (top + lowest[index]!) / 2)
}

/** The price of each bar that an average takes. */
export function pricesOf({ high, low, close, open }: VwapColumns, source: PriceSource): number[] {
  return [...close].map((last, index) => {
    const prices = { close: [last], hl2: [high[index]!, low[index]!], hlc3: [high[index]!, low[index]!, last] }
    return twoPassMean(source === 'ohlc4' ? [open![index]!, ...prices.hlc3] : prices[source])
  })
}

/** The first bar of the average that ends at an index. */
function firstOf(
  { time }: VwapColumns,
  index: number,
  { period, anchor }: Record<'period' | 'anchor', number>,
): number {
  if (anchor === 0) return index - period + 1
  const session = (at: number): number => Math.ceil(time![at]! / anchor)
  let first = index
  while (first > 0 && session(first - 1) === session(index)) first--
  return first
}

/** Bands that are widened only after a close has crossed them; the range is Wilder's average as it is computed. */
function trends(bars: BarColumns, { period, k, firstTrueRange = 'skip' }: SupertrendReference): number[][] {
  const rows: number[][] = []
  const ranges = trueRangesOf(bars, firstTrueRange)
  const start = firstTrueRange === 'skip' ? period : period - 1
  let range = ranges.slice(start - period + 1, start + 1).reduce((sum, value) => sum + value, 0) / period
  let [upper, lower, up] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (const [index, close] of bars.close.entries()) {
    const middle = (bars.high[index]! + bars.low[index]!) / 2
    if (index > start) range = (1 / period) * ranges[index]! + (1 - 1 / period) * range
    const previous = bars.close[index - 1]!
    if (index >= start) {
      if (index === start || middle + k * range < upper || previous > upper) upper = middle + k * range
      if (index === start || middle - k * range > lower || previous < lower) lower = middle - k * range
      if (index === start) up = close >= middle
      else up = up ? close >= lower : close > upper
    }
    rows.push(index >= start ? [up ? lower : upper, up ? 1 : -1] : [Number.NaN, Number.NaN])
  }
  return rows
}

export interface SupertrendReference {
  readonly period: number
  readonly k: number
  readonly firstTrueRange?: 'skip' | 'range'
}

/** The price indicators from their definitions; see `reference`. */
export const referencePrice = {
  wma: ({ close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'wma'> => ({
    wma: windowed([...close], period, weightedMean),
  }),

  dema: (
    { close }: BarColumns,
    { period, seed = 'sma' }: { readonly period: number; readonly seed?: 'sma' | 'first' },
  ): ReferenceColumns<'dema'> => {
    const [first, second] = nested([...close], period, seed, 2)
    return { dema: first!.map((value, index) => 2 * value - second![index]!) }
  },

  tema: (
    { close }: BarColumns,
    { period, seed = 'sma' }: { readonly period: number; readonly seed?: 'sma' | 'first' },
  ): ReferenceColumns<'tema'> => {
    const [first, second, third] = nested([...close], period, seed, 3)
    return { tema: first!.map((value, index) => 3 * value - 3 * second![index]! + third![index]!) }
  },

  hma: (
    { close }: BarColumns,
    { period, rounding = 'truncate' }: { readonly period: number; readonly rounding?: 'truncate' | 'round' },
  ): ReferenceColumns<'hma'> => {
    const { half, root } = hullLengths(period, rounding)
    const long = windowed([...close], period, weightedMean)
    const raw = windowed([...close], half, weightedMean).map((value, index) => 2 * value - long[index]!)
    return { hma: windowed(raw, root, weightedMean) }
  },

  kama: (
    { close }: BarColumns,
    options: Readonly<Record<'period' | 'fast' | 'slow', number>>,
  ): ReferenceColumns<'kama'> => ({ kama: cumulative([...close], (past) => adaptive(past, options)) }),

  ichimoku: (
    bars: BarColumns,
    { tenkan, kijun, senkou, shift }: Readonly<Record<'tenkan' | 'kijun' | 'senkou' | 'shift', number>>,
  ): ReferenceColumns<IchimokuOutput> => {
    const shifted = (values: ReferenceSeries): number[] => values.map((_, index) => values[index - shift] ?? Number.NaN)
    const [conversion, base] = [middles(bars, tenkan), middles(bars, kijun)]
    return {
      tenkan: conversion,
      kijun: base,
      senkouA: shifted(conversion.map((value, index) => (value + base[index]!) / 2)),
      senkouB: shifted(middles(bars, senkou)),
      chikou: [...bars.close],
    }
  },

  parabolicSar: (
    bars: BarColumns,
    options: Readonly<Record<'start' | 'step' | 'max', number>> & { readonly initial?: 'auto' | 'long' | 'short' },
  ): ReferenceColumns<'sar'> => ({ sar: referenceSar(bars, options) }),

  supertrend: (bars: BarColumns, options: SupertrendReference): ReferenceColumns<SupertrendOutput> => {
    const rows = trends(bars, options)
    return { line: rows.map((row) => row[0]!), direction: rows.map((row) => row[1]!) }
  },

  vwap: (
    bars: VwapColumns,
    options: { readonly period: number; readonly source?: PriceSource; readonly anchor?: number },
  ): ReferenceColumns<'vwap'> => {
    const { period, source = 'hlc3', anchor = 0 } = options
    const prices = pricesOf(bars, source)
    const vwap = prices.map((_, index) => {
      const first = firstOf(bars, index, { period, anchor })
      const window = prices.slice(Math.max(first, 0), index + 1)
      const volumes = [...bars.volume.slice(Math.max(first, 0), index + 1)]
      const money = compensatedSum(window.map((price, at) => price * volumes[at]!))
      return first < 0 ? Number.NaN : ratio(money, compensatedSum(volumes), twoPassMean(window))
    })
    return { vwap }
  },
} as const
