import type { Bar, MarketEvent } from '@astertrade/core'
import { type Abstention, abstention, type FeatureRow } from './model.js'

/** Keeps the time of a model's bars and tells which ones it may learn from. */
export interface BarFeed {
  /** Bars learned from. */
  readonly count: number
  /** Smallest distance between two bars in milliseconds; infinite before the second. */
  readonly interval: number
  /**
   * The event as a bar to learn from, or undefined: for another kind, for a bar that is not newer than the last, and for one
   * with a price that is no number, which the next good bar heals.
   */
  take(event: MarketEvent): Bar | undefined
  /** Why nothing can be said at the time of a row, if so; `horizon` is how long the last bar stays good. */
  refuse(row: FeatureRow, warmup: number, horizon: number): Abstention | undefined
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** Starts before the first bar. */
export function barFeed(name: string): BarFeed {
  const cold = abstention(name, 'cold', 'too few bars')
  const bad = abstention(name, 'nan', 'the last bar has a price that is no number')
  const stale = abstention(name, 'expired', 'the last bar is older than the horizon')
  const early = abstention(name, 'expired', 'asked about a time before the last bar')
  let [count, interval, lastTime, isBad] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  return {
    get count() {
      return count
    },
    get interval() {
      return interval
    },
    take(event) {
      if (event.kind !== 'bar' || !(event.time > lastTime)) return undefined
      isBad = isSound(event) ? 0 : 1
      interval = Math.min(interval, event.time - lastTime)
      lastTime = event.time
      if (isBad) return undefined
      count++
      return event
    },
    refuse(row, warmup, horizon) {
      if (isBad) return bad
      if (count < warmup) return cold
      if (row.time < lastTime) return early
      return row.time - lastTime > horizon ? stale : undefined
    },
    snapshot: () => Float64Array.of(count, interval, lastTime, isBad),
    restore(state) {
      ;[count, interval, lastTime, isBad] = state as unknown as [number, number, number, number]
    },
  }
}

function isSound({ high, low, close }: Bar): boolean {
  return Number.isFinite(high) && Number.isFinite(low) && Number.isFinite(close) && low <= close && close <= high
}
