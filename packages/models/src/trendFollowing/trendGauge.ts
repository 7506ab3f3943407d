import type { Bar } from '@astertrade/core'
import { Adx, Atr, Ema } from '@astertrade/indicators'
import { spreadSigma } from './spreadSigma.js'
import { tanh } from './tanh.js'

/** Mean range of a bar of a driftless walk over the standard deviation of its closes, `sqrt(8 / pi)` (Feller 1951). */
const rangePerSigma = Math.sqrt(8 / Math.PI)

/** What a trend gauge is built from; periods are in bars. */
export interface TrendGaugeOptions {
  readonly speeds: readonly { readonly fast: number; readonly slow: number }[]
  readonly lookbacks: readonly number[]
  readonly rangePeriod: number
}

/** Measures a trend against a random walk of the same average true range. */
export interface TrendGauge {
  /** Bars until all measures have a value. */
  readonly warmup: number
  next(bar: Bar): void
  /** Mean `tanh` of the spreads of averages, each over its standard deviation on the walk; from -1 to 1. */
  spread(): number
  /** The same of the price changes over the lookbacks. */
  change(): number
  /** Spread of the slowest pair in average true ranges, for people. */
  spreadInRanges(): number
  adx(): number
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Starts before the first bar. */
export function trendGauge({ speeds, lookbacks, rangePeriod }: TrendGaugeOptions): TrendGauge {
  const pairs = speeds.map(({ fast, slow }) => ({
    fast: new Ema({ period: fast }),
    slow: new Ema({ period: slow }),
    walk: spreadSigma({ fast, slow }),
  }))
  const averages = pairs.flatMap(({ fast, slow }) => [fast, slow])
  const range = new Atr({ period: rangePeriod })
  const adx = new Adx({ period: rangePeriod })
  const closes = new Float64Array(Math.max(...lookbacks) + 1)
  const last = closes.length - 1
  const indicators = [...averages, range, adx]
  return {
    warmup: Math.max(closes.length, ...indicators.map((indicator) => indicator.warmup)),
    next(bar) {
      for (const average of averages) average.next(bar.close)
      range.next(bar)
      adx.next(bar)
      closes.copyWithin(0, 1)
      closes[last] = bar.close
    },
    spread() {
      const sigma = range.value / rangePerSigma
      let sum = 0
      for (const { fast, slow, walk } of pairs) sum += tanh((fast.value - slow.value) / (sigma * walk))
      return sum / pairs.length
    },
    change() {
      const sigma = range.value / rangePerSigma
      let sum = 0
      for (const span of lookbacks) sum += tanh((closes[last]! - closes[last - span]!) / (sigma * Math.sqrt(span)))
      return sum / lookbacks.length
    },
    spreadInRanges() {
      const { fast, slow } = pairs[pairs.length - 1]!
      return (fast.value - slow.value) / range.value
    },
    adx: () => adx.value,
    parts: () => [closes, ...indicators.map((indicator) => indicator.snapshot())],
    restoreParts([window, ...states]) {
      closes.set(window!)
      for (const [index, indicator] of indicators.entries()) indicator.restore(states[index]!)
    },
  }
}
