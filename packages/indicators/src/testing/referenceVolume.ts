import type { BarColumns } from '../indicator.js'
import { compensatedSum, weightedAverage } from './compensated.js'
import { changesOf } from './referenceMomentum.js'
import {
  cumulative,
  emaWeights,
  type ReferenceColumns,
  type ReferenceSeries,
  ratio,
  windowed,
} from './referenceSeries.js'

export interface Seeded {
  readonly period: number
  readonly seed?: 'sma' | 'first'
}

function smooth(values: ReferenceSeries, { period, seed = 'sma' }: Seeded): number[] {
  const weights = emaWeights(period, seed === 'first' ? 1 : period)
  return cumulative(values, (past) => weightedAverage(past, weights))
}

/** Volume of each bar, as far as it closed in the upper half of its range. */
function moneyFlows({ high, low, close, volume }: BarColumns): number[] {
  return [...close].map((value, index) => {
    const [top, bottom] = [high[index]!, low[index]!]
    return volume[index]! * ratio(value - bottom - (top - value), top - bottom, 0)
  })
}

function accumulated(bars: BarColumns): number[] {
  return cumulative(moneyFlows(bars), compensatedSum)
}

/** The volume indicators from their definitions; see `reference`. */
export const referenceVolume = {
  volumeRoc: ({ volume }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'volumeRoc'> => ({
    volumeRoc: [...volume].map((value, index) =>
      index < period ? Number.NaN : 100 * ratio(value - volume[index - period]!, volume[index - period]!, 0),
    ),
  }),

  chaikinMoneyFlow: (bars: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'cmf'> => {
    const volumes = windowed([...bars.volume], period, compensatedSum)
    return {
      cmf: windowed(moneyFlows(bars), period, compensatedSum).map((flow, index) => ratio(flow, volumes[index]!, 0)),
    }
  },

  mfi: ({ high, low, close, volume }: BarColumns, { period }: { readonly period: number }): ReferenceColumns<'mfi'> => {
    const prices = [...high].map((top, index) => (top + low[index]! + close[index]!) / 3)
    const flow = (side: 1 | -1): number[] => {
      const flows = changesOf(prices).map((change, index) => {
        if (Number.isNaN(change)) return change
        return Math.sign(change) === side ? prices[index]! * volume[index]! : 0
      })
      return windowed(flows, period, compensatedSum)
    }
    const fallen = flow(-1)
    return { mfi: flow(1).map((risen, index) => 100 * ratio(risen, risen + fallen[index]!, 0.5)) }
  },

  adLine: (bars: BarColumns): ReferenceColumns<'adl'> => ({ adl: accumulated(bars) }),

  chaikinOscillator: (
    bars: BarColumns,
    { fast, slow, seed }: { readonly fast: number; readonly slow: number; readonly seed?: 'sma' | 'first' },
  ): ReferenceColumns<'chaikinOsc'> => {
    const line = accumulated(bars)
    const slowAverage = smooth(line, { period: slow, ...(seed && { seed }) })
    const fastAverage = smooth(line, { period: fast, ...(seed && { seed }) })
    return { chaikinOsc: fastAverage.map((value, index) => value - slowAverage[index]!) }
  },

  forceIndex: ({ close, volume }: BarColumns, options: Seeded): ReferenceColumns<'forceIndex'> => ({
    forceIndex: smooth(
      changesOf([...close]).map((change, index) => change * volume[index]!),
      options,
    ),
  }),
} as const
