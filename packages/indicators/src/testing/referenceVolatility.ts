import type { BarColumns } from '../indicator.js'
import type { BandOutput } from '../price/bollingerBands.js'
import type { PriceSource } from '../priceSource.js'
import { compensatedSum, twoPassMean, twoPassSquares, weightedAverage } from './compensated.js'
import { pricesOf } from './referencePrice.js'
import {
  cumulative,
  emaWeights,
  type ReferenceColumns,
  ratio,
  trueRangesOf,
  wilderWeights,
  windowed,
} from './referenceSeries.js'

type First = 'skip' | 'range'

function averageRanges(bars: BarColumns, period: number, average: 'wilder' | 'sma', first: First): number[] {
  const ranges = trueRangesOf(bars, first)
  if (average === 'sma') return windowed(ranges, period, twoPassMean)
  return cumulative(ranges, (past) => weightedAverage(past, wilderWeights(period)))
}

export interface KeltnerReference {
  readonly period: number
  readonly atr: number
  readonly k: number
  readonly average?: 'ema' | 'sma'
  readonly source?: PriceSource
  readonly atrAverage?: 'wilder' | 'sma'
  readonly firstTrueRange?: First
}

/** The volatility indicators from their definitions; see `reference`. */
export const referenceVolatility = {
  natr: (
    bars: BarColumns,
    { period, firstTrueRange = 'skip' }: { readonly period: number; readonly firstTrueRange?: First },
  ): ReferenceColumns<'natr'> => ({
    natr: averageRanges(bars, period, 'wilder', firstTrueRange).map(
      (range, index) => 100 * ratio(range, bars.close[index]!, 0),
    ),
  }),

  bollingerWidth: (
    { close }: BarColumns,
    { period, k }: { readonly period: number; readonly k: number },
  ): ReferenceColumns<'bbWidth'> => ({
    bbWidth: windowed(
      [...close],
      period,
      (window) => 100 * ratio(2 * k * Math.sqrt(twoPassSquares(window) / period), twoPassMean(window), 0),
    ),
  }),

  keltner: (bars: BarColumns, options: KeltnerReference): ReferenceColumns<BandOutput> => {
    const { period, atr, k, average = 'ema', source = 'close' } = options
    const { atrAverage = 'wilder', firstTrueRange = 'skip' } = options
    const prices = pricesOf(bars, source)
    const ranges = averageRanges(bars, atr, atrAverage, firstTrueRange)
    const middle =
      average === 'sma'
        ? windowed(prices, period, twoPassMean)
        : cumulative(prices, (past) => weightedAverage(past, emaWeights(period)))
    const band = (factor: number): number[] => middle.map((value, index) => value + factor * ranges[index]!)
    return { upper: band(k), middle, lower: band(-k) }
  },

  choppinessIndex: (
    bars: BarColumns,
    { period, firstTrueRange = 'skip' }: { readonly period: number; readonly firstTrueRange?: First },
  ): ReferenceColumns<'choppiness'> => {
    const path = windowed(trueRangesOf(bars, firstTrueRange), period, compensatedSum)
    const lowest = windowed([...bars.low], period, (window) => Math.min(...window))
    const width = windowed([...bars.high], period, (window) => Math.max(...window)).map((top, at) => top - lowest[at]!)
    const choppiness = path.map((length, index) =>
      width[index] === 0 ? 100 + 0 * length : (100 * Math.log10(length / width[index]!)) / Math.log10(period),
    )
    return { choppiness }
  },
} as const
