import type { BarColumns } from '../indicator.js'
import type { WeightedAverage } from './compensated.js'

/** One list of values per output, as long as the input, with `NaN` where there is no value. */
export type ReferenceColumns<Output extends string> = Readonly<Record<Output, readonly number[]>>

/** One value per bar. */
export type ReferenceSeries = readonly number[]

/** An EMA's weights; with `seedLength` 1 it starts with the first value. */
export function emaWeights(period: number, seedLength = period): WeightedAverage {
  return { alpha: 2 / (period + 1), seedLength, seedDivisor: seedLength }
}

/** Weights of Wilder's average. */
export function wilderWeights(period: number): WeightedAverage {
  return { alpha: 1 / period, seedLength: period, seedDivisor: period }
}

/** One value per index, from all values up to it; leading `NaN` of the input are left out. */
export function cumulative(values: ReferenceSeries, compute: (past: ReferenceSeries) => number): number[] {
  const first = values.findIndex((value) => !Number.isNaN(value))
  return values.map((_, index) =>
    first === -1 || index < first ? Number.NaN : compute(values.slice(first, index + 1)),
  )
}

/** One value per index, from the last `period` values; `NaN` while there are fewer, or one of them is. */
export function windowed(
  values: ReferenceSeries,
  period: number,
  compute: (window: ReferenceSeries) => number,
): number[] {
  return values.map((_, index) => {
    const window = values.slice(Math.max(0, index - period + 1), index + 1)
    return window.length < period || window.some(Number.isNaN) ? Number.NaN : compute(window)
  })
}

/** True ranges; the first bar has none, or its own range. */
export function trueRangesOf({ high, low, close }: BarColumns, first: 'skip' | 'range'): number[] {
  return [...high].map((top, index) => {
    const bottom = low[index]!
    if (index === 0) return first === 'range' ? top - bottom : Number.NaN
    const previous = close[index - 1]!
    return Math.max(top - bottom, Math.abs(top - previous), Math.abs(bottom - previous))
  })
}

/** A quotient, or what a series without movement gives. */
export function ratio(numerator: number, denominator: number, flat: number): number {
  return denominator === 0 ? flat : numerator / denominator
}
