import type { Report } from '@astertrade/core/backtest'

/** A run for programs, without its curves and lists. */
export interface RunSummary
  extends Pick<
    Report,
    'resultHash' | 'config' | 'statistics' | 'ledger' | 'refusals' | 'trips' | 'warnings' | 'ambiguousBars'
  > {}

/** What a report says at a glance; the whole of it is in the run's `report.json`. */
export function runSummary(report: Report): RunSummary {
  const { resultHash, config, statistics, ledger, refusals, trips, warnings, ambiguousBars } = report
  return { resultHash, config, statistics, ledger, refusals, trips, warnings, ambiguousBars }
}
