import { log } from '@astertrade/core'
import type { IndicatorDefinition, IndicatorUnits } from '@astertrade/indicators'

/** How an output becomes comparable across times and markets; `base` are figures of the bar at hand. */
export type Stationary =
  /** A price: its distance from the close in average true ranges. */
  | { readonly kind: 'level' }
  /** A difference of prices, in average true ranges. */
  | { readonly kind: 'span' }
  /** Between two bounds: from -1 to 1. */
  | { readonly kind: 'centred'; readonly low: number; readonly high: number }
  /** Percent as a plain number. */
  | { readonly kind: 'percent' }
  /** A volume with a sign, in mean volumes. */
  | { readonly kind: 'volume' }
  /** A running total of signed volume: its change over `bars` bars, in mean volumes a bar. */
  | { readonly kind: 'total'; readonly bars: number }
  /** Price times volume, in average true ranges times mean volumes. */
  | { readonly kind: 'force' }
  /** Price per volume, in average true ranges per mean volume. */
  | { readonly kind: 'impact' }
  /** The average true range itself: the logarithm of its ratio to its own mean. */
  | { readonly kind: 'range' }
  /** A ratio, as it is. */
  | { readonly kind: 'ratio' }

/** Figures of a bar that transforms refer to. */
export interface StationaryBase {
  close: number
  /** Average true range. */
  range: number
  /** Mean of that range over the last bars. */
  rangeMean: number
  /** Mean volume of a bar. */
  volume: number
}

/** Bars over which a running total is differenced. */
export const totalBars = 20

const byUnits: Readonly<Record<IndicatorUnits, Stationary>> = {
  price: { kind: 'level' },
  percent: { kind: 'percent' },
  bounded: { kind: 'centred', low: 0, high: 100 },
  volume: { kind: 'volume' },
  ratio: { kind: 'ratio' },
}

/** What the units alone do not tell: differences of prices, running totals, products, and bounds other than 0 and 100. */
const byName: Readonly<Record<string, Stationary>> = {
  macd: { kind: 'span' },
  momentum: { kind: 'span' },
  stdDev: { kind: 'span' },
  atr: { kind: 'range' },
  obv: { kind: 'total', bars: totalBars },
  adLine: { kind: 'total', bars: totalBars },
  forceIndex: { kind: 'force' },
  'marketImpact.lambda': { kind: 'impact' },
  'marketImpact.r2': { kind: 'centred', low: 0, high: 1 },
  'orderFlowImbalance.normalized': { kind: 'centred', low: -1, high: 1 },
  'supertrend.direction': { kind: 'centred', low: -1, high: 1 },
  'aroon.oscillator': { kind: 'centred', low: -100, high: 100 },
  chaikinMoneyFlow: { kind: 'centred', low: -1, high: 1 },
  vpin: { kind: 'centred', low: 0, high: 1 },
  williamsR: { kind: 'centred', low: -100, high: 0 },
}

/** The transform of an indicator's output, by its units where nothing more is known of it. */
export function stationaryOf({ id, units, outputUnits }: IndicatorDefinition, output: string): Stationary {
  return byName[`${id}.${output}`] ?? byName[id] ?? byUnits[outputUnits?.[output] ?? units]
}

/** A transform compiled to a row: `past` is the value `totalBars` bars ago, for totals. */
export function makeStationary(transform: Stationary, value: number, past: number, base: StationaryBase): number {
  switch (transform.kind) {
    case 'level':
      return (value - base.close) / base.range
    case 'span':
      return value / base.range
    case 'centred':
      return (2 * value - transform.low - transform.high) / (transform.high - transform.low)
    case 'percent':
      return value / 100
    case 'volume':
      return value / base.volume
    case 'total':
      return (value - past) / (transform.bars * base.volume)
    case 'force':
      return value / (base.range * base.volume)
    case 'impact':
      return (value * base.volume) / base.range
    case 'range':
      return log(value / base.rangeMean)
    case 'ratio':
      return value
    default:
      return transform satisfies never
  }
}
