import type { BarColumns } from '../indicator.js'
import type { AroonOutput } from '../momentum/aroon.js'
import type { StochasticOutput } from '../momentum/stochastic.js'
import { compensatedSum, twoPassMean, weightedAverage } from './compensated.js'
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

const highestOf = (window: ReferenceSeries): number => Math.max(...window)
const lowestOf = (window: ReferenceSeries): number => Math.min(...window)

/** Change from each value to the next; the first has none. */
export function changesOf(values: ReferenceSeries): number[] {
  return values.map((value, index) => (index === 0 ? Number.NaN : value - values[index - 1]!))
}

/** Wilder's relative strength index. */
export function relativeStrength(close: ReferenceSeries, period: number): number[] {
  const average = (values: ReferenceSeries): number => weightedAverage(values, wilderWeights(period))
  return cumulative(changesOf(close), (past) => {
    const gain = average(past.map((change) => Math.max(change, 0)))
    const loss = average(past.map((change) => Math.max(-change, 0)))
    return 100 * ratio(gain, gain + loss, 0.5)
  })
}

/** Place of each value in the range of its window, smoothed twice. */
export function smoothedPositions(
  { values, highest, lowest }: Readonly<Record<'values' | 'highest' | 'lowest', ReferenceSeries>>,
  { smooth, d }: { readonly smooth: number; readonly d: number },
): ReferenceColumns<StochasticOutput> {
  const raw = values.map((value, at) => 100 * ratio(value - lowest[at]!, highest[at]! - lowest[at]!, 0.5))
  const k = windowed(raw, smooth, twoPassMean)
  return { k, d: windowed(k, d, twoPassMean) }
}

/** 100 where the value came last in its window, 0 where it came first. */
function freshness(values: ReferenceSeries, period: number, extreme: (window: ReferenceSeries) => number): number[] {
  return windowed(values, period + 1, (window) => (100 * window.lastIndexOf(extreme(window))) / period)
}

/** The momentum indicators from their definitions; see `reference`. */
export const referenceMomentum = {
  stochRsi: (
    { close }: BarColumns,
    { rsi, stoch, smooth, d }: Readonly<Record<'rsi' | 'stoch' | 'smooth' | 'd', number>>,
  ): ReferenceColumns<StochasticOutput> => {
    const exact = relativeStrength([...close], rsi)
    // A change of 0 leaves the ratio of the averages as it is, but not its last bits.
    const values: number[] = []
    for (const [index, value] of exact.entries()) {
      const isStill = close[index] === close[index - 1] && !Number.isNaN(values[index - 1])
      values.push(isStill ? values[index - 1]! : value)
    }
    const highest = windowed(values, stoch, highestOf)
    return smoothedPositions({ values, highest, lowest: windowed(values, stoch, lowestOf) }, { smooth, d })
  },

  williamsR: (
    { high, low, close }: BarColumns,
    { period }: { readonly period: number },
  ): ReferenceColumns<'williamsR'> => {
    const highest = windowed([...high], period, highestOf)
    const lowest = windowed([...low], period, lowestOf)
    return {
      williamsR: highest.map((top, index) => -100 * ratio(top - close[index]!, top - lowest[index]!, 0.5)),
    }
  },

  cci: ({ high, low, close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'cci'> => {
    const prices = [...high].map((top, index) => (top + low[index]! + close[index]!) / 3)
    return {
      cci: windowed(prices, period, (window) => {
        const distances = window.map((price) => price - window.at(-1)!)
        const mean = twoPassMean(distances)
        return ratio(-mean, 0.015 * twoPassMean(distances.map((distance) => Math.abs(distance - mean))), 0)
      }),
    }
  },

  momentum: ({ close }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'momentum'> => ({
    momentum: [...close].map((value, index) => value - (close[index - period] ?? Number.NaN)),
  }),

  aroon: ({ high, low }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<AroonOutput> => {
    const up = freshness([...high], period, highestOf)
    const down = freshness([...low], period, lowestOf)
    return { up, down, oscillator: up.map((value, index) => value - down[index]!) }
  },

  trix: (
    { close }: BarColumns,
    { period, seed = 'sma' }: { readonly period: number; readonly seed?: 'sma' | 'first' },
  ): ReferenceColumns<'trix'> => {
    const weights = emaWeights(period, seed === 'first' ? 1 : period)
    const smooth = (values: ReferenceSeries): number[] => cumulative(values, (past) => weightedAverage(past, weights))
    const third = smooth(smooth(smooth([...close])))
    return { trix: third.map((value, index) => 100 * (value / (third[index - 1] ?? Number.NaN) - 1)) }
  },

  ultimateOscillator: (
    bars: BarColumns,
    { short, medium, long }: Readonly<Record<'short' | 'medium' | 'long', number>>,
  ): ReferenceColumns<'ultimate'> => {
    const ranges = trueRangesOf(bars, 'skip')
    const pressures = ranges.map((_, index) => {
      const last = bars.close[index - 1] ?? Number.NaN
      return bars.close[index]! - Math.min(bars.low[index]!, last)
    })
    const share = (period: number): number[] => {
      const wholes = windowed(ranges, period, compensatedSum)
      return windowed(pressures, period, compensatedSum).map((part, index) => ratio(part, wholes[index]!, 0.5))
    }
    const [fast, middle, slow] = [share(short), share(medium), share(long)]
    return { ultimate: fast.map((value, at) => (100 * (4 * value + 2 * middle[at]! + slow[at]!)) / 7) }
  },
} as const
