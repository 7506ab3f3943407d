import { normalCdf } from '@astertrade/core'
import type { BarColumns } from '../indicator.js'
import type { MarketImpactOutput } from '../microstructure/marketImpact.js'
import type { OrderFlowImbalanceOutput } from '../microstructure/orderFlowImbalance.js'
import { compensatedSum, twoPassMean, twoPassSquares } from './compensated.js'
import { changesOf } from './referenceMomentum.js'
import { type ReferenceColumns, type ReferenceSeries, ratio, windowed } from './referenceSeries.js'

/** Bought less sold of each bar, by bulk volume classification. */
function signedVolumes({ close, volume }: BarColumns, sigma: number): number[] {
  const changes = changesOf([...close])
  const deviations = windowed(changes, sigma, (window) => Math.sqrt(twoPassSquares(window) / sigma))
  return changes.map((change, index) => {
    const deviation = deviations[index]!
    if (deviation === 0) return volume[index]! * Math.sign(change)
    return volume[index]! * (2 * normalCdf(change / deviation) - 1)
  })
}

interface Bucket {
  readonly size: number
  filled: number
  imbalance: number
}

/** Imbalance of the last `buckets` full buckets, after each event. */
export function bucketImbalances(
  events: readonly { readonly volume: number; readonly signed: number; readonly bucketSize: number }[],
  buckets: number,
): number[] {
  const list: Bucket[] = []
  return events.map(({ volume, signed, bucketSize }) => {
    let left = Number.isNaN(signed) ? 0 : volume
    while (left > 0) {
      const last = list.at(-1)
      const open = last && last.filled < last.size ? last : { size: bucketSize, filled: 0, imbalance: 0 }
      if (open !== last) list.push(open)
      const part = Math.min(left, open.size - open.filled)
      open.imbalance += part * (signed / volume)
      open.filled = part < left ? open.size : open.filled + part
      left -= part
    }
    const full = list.filter(({ size, filled }) => filled >= size).slice(-buckets)
    if (Number.isNaN(signed) || full.length < buckets) return Number.NaN
    return (
      compensatedSum(full.map(({ imbalance }) => Math.abs(imbalance))) / compensatedSum(full.map(({ size }) => size))
    )
  })
}

/** Slope, and squared correlation, of y on x; deviations from the last point first, so that near values lose nothing. */
export function lineThrough(x: ReferenceSeries, y: ReferenceSeries): { readonly slope: number; readonly fit: number } {
  const deviations = (values: ReferenceSeries): number[] => {
    const distances = values.map((value) => value - values.at(-1)!)
    const mean = twoPassMean(distances)
    return distances.map((distance) => distance - mean)
  }
  const [dx, dy] = [deviations(x), deviations(y)]
  const xx = compensatedSum(dx.map((value) => value * value))
  const yy = compensatedSum(dy.map((value) => value * value))
  const xy = compensatedSum(dx.map((value, index) => value * dy[index]!))
  return { slope: ratio(xy, xx, 0), fit: xx === 0 || yy === 0 ? 0 : (xy / xx) * (xy / yy) }
}

/** Mean return per money traded of the bars that had volume. */
function illiquidity({ close, volume }: BarColumns, indices: ReferenceSeries): number {
  const traded = indices.filter((index) => volume[index]! > 0)
  const ratios = traded.map((index) => {
    const past = close[index - 1]!
    return Math.abs((close[index]! - past) / past) / (close[index]! * volume[index]!)
  })
  return ratio(compensatedSum(ratios), traded.length, 0)
}

/** The microstructure indicators of bars from their definitions; see `reference`. */
export const referenceMicrostructure = {
  vpin: (
    bars: BarColumns,
    options: Readonly<Record<'buckets' | 'barsPerBucket' | 'sigma', number>> & { readonly bucketVolume?: number },
  ): ReferenceColumns<'vpin'> => {
    const { buckets, barsPerBucket, sigma, bucketVolume = 0 } = options
    const means = windowed([...bars.volume], sigma, (window) => compensatedSum(window) / sigma)
    const events = signedVolumes(bars, sigma).map((signed, index) => ({
      signed,
      volume: bars.volume[index]!,
      bucketSize: bucketVolume > 0 ? bucketVolume : barsPerBucket * means[index]!,
    }))
    return { vpin: bucketImbalances(events, buckets) }
  },

  orderFlowImbalance: (
    bars: BarColumns,
    { period, sigma }: { readonly period: number; readonly sigma: number },
  ): ReferenceColumns<OrderFlowImbalanceOutput> => {
    const ofi = windowed(signedVolumes(bars, sigma), period, compensatedSum)
    const volumes = windowed([...bars.volume], period, compensatedSum)
    return { ofi, normalized: ofi.map((value, index) => ratio(value, volumes[index]!, value - value)) }
  },

  marketImpact: (
    bars: BarColumns,
    options: { readonly period: number; readonly sigma: number; readonly method?: 'kyle' | 'amihud' },
  ): ReferenceColumns<MarketImpactOutput> => {
    const { period, sigma, method = 'kyle' } = options
    const changes = changesOf([...bars.close])
    if (method === 'amihud') {
      const lambda = windowed([...changes.keys()], period + 1, ([, ...window]) => illiquidity(bars, window))
      return { lambda, r2: lambda.map((value) => value - value) }
    }
    const signed = signedVolumes(bars, sigma)
    const lines = windowed(signed, period, () => 0).map((warm, index) => {
      if (Number.isNaN(warm)) return { slope: warm, fit: warm }
      const [from, to] = [index - period + 1, index + 1]
      return lineThrough(signed.slice(from, to), changes.slice(from, to))
    })
    return { lambda: lines.map(({ slope }) => slope), r2: lines.map(({ fit }) => fit) }
  },
} as const
