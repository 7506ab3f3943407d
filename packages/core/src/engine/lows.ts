import type { Timestamp } from '../time.js'
import type { Kernel } from './kernel.js'
import type { EngineObserver } from './observer.js'

/** Room for a low, equity and time: of nothing so far, or of what nothing is below where nobody listens. */
export function lowOf({ onLow }: EngineObserver): Float64Array {
  return Float64Array.of(onLow === undefined ? Number.NaN : Number.POSITIVE_INFINITY, Number.NaN)
}

/** Tells the lowest close since high-water mark and day start last moved, and begins anew. */
export function endLow({ low, observer }: Kernel): void {
  if (!(low[0]! < Number.POSITIVE_INFINITY)) return
  observer.onLow?.(low[0]!, low[1] as Timestamp)
  low[0] = Number.POSITIVE_INFINITY
}

/** The same at the end of a day, whose last close may be its lowest, or the only one; then tells the end. */
export function endLowOfDay(kernel: Kernel, end: number, lastEquity: number): void {
  if (Number.isNaN(lastEquity)) return
  const { low, now, observer } = kernel
  if (lastEquity < low[0]!) {
    low[0] = lastEquity
    low[1] = now
  }
  endLow(kernel)
  observer.onDayEnd?.(end as Timestamp, now)
}
