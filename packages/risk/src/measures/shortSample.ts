import { type FilteredOptions, filteredHistoricalRisk } from './filteredHistorical.js'
import { studentTRisk } from './studentTRisk.js'
import type { TailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** What a sample too short for its own tail is multiplied by. */
export const shortSampleMargin = 1.2

/**
 * What stands in for a sample too short to show its tail: the larger of filtered history and Student-t, times 1.2,
 * figure by figure, with the note `SHORT_SAMPLE`. Unavailable where Student-t is, below 120 returns.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_LAMBDA`, `BAD_SIGMA_MIN`.
 * @example
 * const risk = shortSampleRisk(returns.slice(-150))
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function shortSampleRisk(returns: ArrayLike<number>, options: FilteredOptions = {}): TailEstimate | Unavailable {
  const { confidencePerMille } = options
  const student = studentTRisk(returns, confidencePerMille === undefined ? {} : { confidencePerMille })
  return shortSampleOf(student, filteredHistoricalRisk(returns, options))
}

/** The same out of the two estimates. */
export function shortSampleOf(
  student: TailEstimate | Unavailable,
  filtered: TailEstimate | Unavailable,
): TailEstimate | Unavailable {
  if (student.kind === 'unavailable') return student
  const { kind, observations, confidencePerMille } = student
  const other = filtered.kind === 'estimate' ? filtered : student
  return {
    kind,
    method: other.valueAtRisk > student.valueAtRisk ? other.method : student.method,
    confidencePerMille,
    observations,
    valueAtRisk: Math.max(student.valueAtRisk, other.valueAtRisk) * shortSampleMargin,
    expectedShortfall: Math.max(student.expectedShortfall, other.expectedShortfall) * shortSampleMargin,
    notes: ['SHORT_SAMPLE'],
  }
}
