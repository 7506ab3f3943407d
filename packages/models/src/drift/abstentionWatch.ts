import { ConfigError, dayMs, type Timestamp } from '@astertrade/core'

/** What `abstentionWatch` takes. */
export interface AbstentionWatchOptions {
  /** Share of a day's rows above which the alarm is raised (default 0.3). */
  readonly shareMax?: number
  /** Rows of the day before the first alarm (default 12). */
  readonly rowsMin?: number
}

/** Counts how often a model abstains in each UTC day. */
export interface AbstentionWatch {
  /** Takes whether the model abstained at a time; true at most once a day, where the share has become too large. */
  next(time: Timestamp, answer: 'forecast' | 'abstain'): boolean
  /** Share of the current day. */
  readonly share: number
}

const defaults = { shareMax: 0.3, rowsMin: 12 } as const

/**
 * Raises an alarm when a model abstains in more than 30 % of a day: its market is no longer the one it was trained on. Nothing is
 * switched off by it.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if an option is out of range.
 * @example
 * const watch = abstentionWatch({ rowsMin: 2 })
 * watch.next(timestamp('2024-01-01T01:00'), 'abstain') // => false
 * watch.next(timestamp('2024-01-01T02:00'), 'abstain') // => true
 */
export function abstentionWatch(options: AbstentionWatchOptions = {}): AbstentionWatch {
  const { shareMax, rowsMin } = { ...defaults, ...options }
  if (!(shareMax >= 0 && shareMax < 1 && rowsMin >= 1)) {
    throw new ConfigError(`A watch for a share of "${shareMax}" in "${rowsMin}" rows is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A share from 0 and below 1, and at least 1 row.'],
    })
  }
  let [day, rows, abstained] = [Number.NaN, 0, 0]
  let isRaised = false
  return {
    get share() {
      return rows === 0 ? 0 : abstained / rows
    },
    next(time, answer) {
      const today = Math.floor(time / dayMs)
      if (today !== day) {
        ;[day, rows, abstained] = [today, 0, 0]
        isRaised = false
      }
      rows++
      if (answer === 'abstain') abstained++
      if (isRaised || rows < rowsMin || abstained / rows <= shareMax) return false
      isRaised = true
      return true
    },
  }
}
