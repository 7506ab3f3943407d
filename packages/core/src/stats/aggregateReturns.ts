import { dayMs } from '../time.js'
import { checkSameLength } from './observed.js'

/** A calendar span, in UTC; weeks run from Monday to Sunday. */
export type CalendarSpan = 'week' | 'month' | 'quarter' | 'year'

/** Span to gather by. */
export interface AggregateOptions {
  readonly by: CalendarSpan
}

/** Compounded returns of consecutive calendar spans. */
export interface AggregatedReturns {
  /** Start of each span that has a return, milliseconds UTC. */
  readonly start: Float64Array
  readonly returns: Float64Array
}

/**
 * Compounds returns by calendar week, month, quarter or year, in UTC. A missing return counts as 0; a span without any row has none.
 *
 * A week that spans the turn of the year stays whole, unlike where weeks are grouped by calendar year first.
 *
 * @param time - End of each period, milliseconds UTC, rising.
 * @throws ConfigError `LENGTH_MISMATCH` if times and returns differ in number.
 * @example
 * aggregateReturns([Date.UTC(2024, 0, 30), Date.UTC(2024, 1, 1)], [0.1, 0.2], { by: 'month' }).returns // => Float64Array [0.1, 0.2]
 */
export function aggregateReturns(
  time: ArrayLike<number>,
  returns: ArrayLike<number>,
  { by }: AggregateOptions,
): AggregatedReturns {
  checkSameLength(time, returns)
  const start: number[] = []
  const compounded: number[] = []
  let factor = 1
  for (let i = 0; i < time.length; i++) {
    const span = spanStart(time[i]!, by)
    if (span !== start[start.length - 1]) {
      start.push(span)
      factor = 1
    }
    const value = returns[i]!
    if (!Number.isNaN(value)) factor *= 1 + value
    compounded[start.length - 1] = factor - 1
  }
  return { start: Float64Array.from(start), returns: Float64Array.from(compounded) }
}

const mondayOffset = 3

/** First millisecond of the span that holds a time. */
function spanStart(time: number, by: CalendarSpan): number {
  if (by === 'week') {
    const day = Math.floor(time / dayMs)
    return (day - ((((day + mondayOffset) % 7) + 7) % 7)) * dayMs
  }
  const date = new Date(time)
  const month = date.getUTCMonth()
  const first = by === 'month' ? month : by === 'quarter' ? month - (month % 3) : 0
  return Date.UTC(date.getUTCFullYear(), first, 1)
}
