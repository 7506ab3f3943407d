import { ConfigError } from '@astertrade/core'

/** What `pageHinkley` takes. */
export interface PageHinkleyOptions {
  /** Rise of the mean that is put up with (default 0.005). */
  readonly tolerance?: number
  /** Summed excess that raises the alarm (default 5). */
  readonly threshold?: number
  /** Values seen before the first alarm (default 30). */
  readonly valuesMin?: number
}

/** Watches a series for a rise of its mean. */
export interface PageHinkley {
  /** Takes a value; true where the alarm is raised, after which it begins anew. A value that is not finite is left out. */
  next(value: number): boolean
  /** Summed excess since its lowest point. */
  readonly excess: number
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

const defaults = { tolerance: 0.005, threshold: 5, valuesMin: 30 } as const

/**
 * The Page-Hinkley test for a mean that has risen, such as that of a model's losses.
 *
 * `m` sums `value - mean - tolerance`, with the mean of the values so far; the alarm is raised where `m` is more than `threshold` above its
 * minimum. Page (1954), Continuous inspection schemes; Mouss et al. (2004). Defaults suit Brier losses of single forecasts.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if an option is out of range.
 * @example
 * const watch = pageHinkley({ threshold: 1, valuesMin: 2 })
 * const alarms = [0, 0, 0, 1, 1].map((loss) => watch.next(loss)) // => [false, false, false, false, true]
 */
export function pageHinkley(options: PageHinkleyOptions = {}): PageHinkley {
  const { tolerance, threshold, valuesMin } = { ...defaults, ...options }
  for (const [name, value] of Object.entries({ tolerance, threshold, valuesMin })) {
    if (value >= 0 && value < Number.POSITIVE_INFINITY) continue
    throw new ConfigError(`${name} "${value}" of pageHinkley is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A finite number from 0.'],
    })
  }
  let [count, mean, summed, lowest] = [0, 0, 0, 0]
  return {
    get excess() {
      return summed - lowest
    },
    next(value) {
      if (!Number.isFinite(value)) return false
      count++
      mean += (value - mean) / count
      summed += value - mean - tolerance
      lowest = Math.min(lowest, summed)
      if (count < valuesMin || !(summed - lowest > threshold)) return false
      ;[count, mean, summed, lowest] = [0, 0, 0, 0]
      return true
    },
    snapshot: () => Float64Array.of(count, mean, summed, lowest),
    restore(state) {
      ;[count, mean, summed, lowest] = state as unknown as [number, number, number, number]
    },
  }
}
