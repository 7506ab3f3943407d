import type { BarColumns } from '../indicator.js'
import type { AdxOutput } from '../momentum/adx.js'
import type { StochasticOutput } from '../momentum/stochastic.js'
import type { BandOutput } from '../price/bollingerBands.js'
import type { MacdOutput } from '../price/macd.js'
import { compensatedSum, twoPassMean, twoPassSquares, weightedAverage } from './compensated.js'
import { referenceMicrostructure } from './referenceMicrostructure.js'
import { referenceMomentum, relativeStrength, smoothedPositions } from './referenceMomentum.js'
import { referencePrice } from './referencePrice.js'
import {
  cumulative,
  emaWeights,
  type ReferenceColumns,
  type ReferenceSeries,
  ratio,
  trueRangesOf,
  wilderWeights,
  windowed,
} from './referenceSeries.js'
import { referenceVolatility } from './referenceVolatility.js'
import { referenceVolume } from './referenceVolume.js'

/**
 * Each indicator from its definition, slowly: every value is computed afresh from the series, in two passes with compensated
 * sums. For series without holes; options as in the indicator itself, all given.
 *
 * Tests compare with it to 1e-12 relative to the largest input of the window.
 */
export const reference = {
  sma: ({ close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'sma'> => ({
    sma: windowed([...close], period, twoPassMean),
  }),

  ema: (
    { close }: BarColumns,
    { period, seed = 'sma' }: { readonly period: number; readonly seed?: 'sma' | 'first' },
  ): ReferenceColumns<'ema'> => ({
    ema: cumulative([...close], (past) => weightedAverage(past, emaWeights(period, seed === 'first' ? 1 : period))),
  }),

  macd: (
    { close }: BarColumns,
    { fast, slow, signal }: Readonly<Record<'fast' | 'slow' | 'signal', number>>,
  ): ReferenceColumns<MacdOutput> => {
    const average = (values: ReferenceSeries, period: number): number[] =>
      cumulative(values, (past) => weightedAverage(past, emaWeights(period)))
    const slowAverage = average([...close], slow)
    const macd = average([...close], fast).map((value, index) => value - slowAverage[index]!)
    const smoothed = average(macd, signal)
    return { macd, signal: smoothed, histogram: macd.map((value, index) => value - smoothed[index]!) }
  },

  bollingerBands: (
    { close }: BarColumns,
    { period, k }: { readonly period: number; readonly k: number },
  ): ReferenceColumns<BandOutput> => {
    const band = (factor: number): number[] =>
      windowed(
        [...close],
        period,
        (window) => twoPassMean(window) + factor * Math.sqrt(twoPassSquares(window) / period),
      )
    return { upper: band(k), middle: band(0), lower: band(-k) }
  },

  stdDev: (
    { close }: BarColumns,
    { period, ddof = 0 }: { readonly period: number; readonly ddof?: 0 | 1 },
  ): ReferenceColumns<'stdDev'> => ({
    stdDev: windowed([...close], period, (window) => Math.sqrt(twoPassSquares(window) / (period - ddof))),
  }),

  rsi: ({ close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'rsi'> => ({
    rsi: relativeStrength([...close], period),
  }),

  stochastic: (
    { high, low, close }: BarColumns,
    { period, smooth, d }: Readonly<Record<'period' | 'smooth' | 'd', number>>,
  ): ReferenceColumns<StochasticOutput> => {
    const highest = windowed([...high], period, (window) => Math.max(...window))
    const lowest = windowed([...low], period, (window) => Math.min(...window))
    return smoothedPositions({ values: [...close], highest, lowest }, { smooth, d })
  },

  roc: ({ close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'roc'> => ({
    roc: [...close].map((value, index) =>
      index < period ? Number.NaN : 100 * ratio(value - close[index - period]!, close[index - period]!, 0),
    ),
  }),

  adx: (bars: BarColumns, { period }: { readonly period: number }): ReferenceColumns<AdxOutput> => {
    const weights = { alpha: 1 / period, seedLength: period - 1, seedDivisor: period }
    const move = (up: number, down: number): number => (up > down && up > 0 ? up : 0)
    const { high, low } = bars
    const moves = [...high].map((top, index) => ({ up: top - high[index - 1]!, down: low[index - 1]! - low[index]! }))
    const smooth = (values: ReferenceSeries): number[] =>
      cumulative(
        values.map((value, at) => (at === 0 ? Number.NaN : value)),
        (past) => (past.length < period ? Number.NaN : weightedAverage(past, weights)),
      )
    const plus = smooth(moves.map(({ up, down }) => move(up, down)))
    const minus = smooth(moves.map(({ up, down }) => move(down, up)))
    const range = smooth(trueRangesOf(bars, 'skip'))
    const index = plus.map((value, at) => 100 * ratio(Math.abs(value - minus[at]!), value + minus[at]!, 0))
    return {
      adx: cumulative(index, (past) => weightedAverage(past, wilderWeights(period))),
      plusDi: plus.map((value, at) => 100 * ratio(value, range[at]!, 0)),
      minusDi: minus.map((value, at) => 100 * ratio(value, range[at]!, 0)),
    }
  },

  obv: ({ close, volume }: BarColumns): ReferenceColumns<'obv'> => ({
    obv: cumulative(
      [...close].map((value, index) =>
        index === 0 ? volume[0]! : volume[index]! * Math.sign(value - close[index - 1]!),
      ),
      compensatedSum,
    ),
  }),

  atr: (
    bars: BarColumns,
    options: {
      readonly period: number
      readonly average?: 'wilder' | 'sma'
      readonly firstTrueRange?: 'skip' | 'range'
    },
  ): ReferenceColumns<'atr'> => {
    const { period, average = 'wilder', firstTrueRange = 'skip' } = options
    const ranges = trueRangesOf(bars, firstTrueRange)
    if (average === 'sma') return { atr: windowed(ranges, period, twoPassMean) }
    return { atr: cumulative(ranges, (past) => weightedAverage(past, wilderWeights(period))) }
  },

  donchian: (
    { high, low }: BarColumns,
    { period, lag = 0 }: { readonly period: number; readonly lag?: number },
  ): ReferenceColumns<BandOutput> => {
    const lagged = (values: ReferenceSeries): number[] => values.map((_, index) => values[index - lag] ?? Number.NaN)
    const upper = lagged(windowed([...high], period, (window) => Math.max(...window)))
    const lower = lagged(windowed([...low], period, (window) => Math.min(...window)))
    return { upper, middle: upper.map((value, index) => (value + lower[index]!) / 2), lower }
  },

  ...referencePrice,
  ...referenceMomentum,
  ...referenceVolume,
  ...referenceMicrostructure,
  ...referenceVolatility,
} as const
