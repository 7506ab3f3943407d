import type { Bar, Trade } from '@astertrade/core'
import { Vpin, type VpinOptions } from '@astertrade/indicators'
import { trailingRank } from '../trailingRank.js'

/** VPIN with its place in its own past. */
export interface ToxicityGauge {
  /** Such as `vpin(50, 5, 50)`. */
  readonly name: string
  /** Nominal: bars of equal volume until the first value. */
  readonly warmup: number
  takeBar(bar: Bar): void
  takeTrade(trade: Trade): void
  /** Share of one-sided volume, 0…1; `NaN` until the buckets are full. */
  value(): number
  /** Share of earlier values below the last one; `NaN` while there are fewer than `ranksMin`. */
  percentile(): number
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Fewest earlier values that a percentile is taken among. */
export const ranksMin = 50

/** Starts empty; a value is ranked and remembered when a bucket closes. */
export function toxicityGauge(options: VpinOptions, rankWindow: number): ToxicityGauge {
  const vpin = new Vpin(options)
  const rank = trailingRank(rankWindow)
  let [value, percentile] = [Number.NaN, Number.NaN]
  const take = (next: number): void => {
    // Only the close of a bucket moves it.
    if (Number.isNaN(next) || next === value) return
    value = next
    percentile = rank.count < ranksMin ? Number.NaN : rank.of(next)
    rank.add(next)
  }
  return {
    name: vpin.name,
    warmup: vpin.warmup,
    takeBar: (bar) => take(vpin.next(bar)),
    takeTrade: (trade) => take(vpin.onTrade(trade)),
    value: () => value,
    percentile: () => percentile,
    parts: () => [Float64Array.of(value, percentile), rank.snapshot(), vpin.snapshot()],
    restoreParts([own, ranks, state]) {
      ;[value, percentile] = own as unknown as [number, number]
      rank.restore(ranks!)
      vpin.restore(state!)
    },
  }
}
