import { aggregateReturns } from '../../stats/aggregateReturns.js'
import type { DailyReturns } from '../dailyReturns.js'

/** Returns of one calendar year, in UTC. */
export interface CalendarYear {
  readonly year: number
  /** January to December; `null` for a month without a day. */
  readonly months: readonly (number | null)[]
  readonly total: number
}

/** Monthly and yearly returns, compounded from daily ones; the first and last may cover part of a month or year. */
export function calendar({ day, returns }: DailyReturns): readonly CalendarYear[] {
  const months = aggregateReturns(day, returns, { by: 'month' })
  const years = aggregateReturns(day, returns, { by: 'year' })
  return Array.from(years.start, (start, i) => {
    const row = new Array<number | null>(12).fill(null)
    const year = new Date(start).getUTCFullYear()
    for (const [k, month] of months.start.entries()) {
      const when = new Date(month)
      if (when.getUTCFullYear() === year) row[when.getUTCMonth()] = months.returns[k]!
    }
    return { year, months: row, total: years.returns[i]! }
  })
}
