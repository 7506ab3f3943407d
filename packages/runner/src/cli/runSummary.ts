import type { LimitRow, LimitUse, Report } from '@astertrade/core/backtest'

/** A run for programs, without its curves and lists. */
export interface RunSummary
  extends Pick<
    Report,
    'resultHash' | 'config' | 'statistics' | 'ledger' | 'refusals' | 'trips' | 'warnings' | 'ambiguousBars'
  > {
  /** What each rule said, and how much of its limit was in use at most and at the end. */
  readonly limits: readonly (Omit<LimitRow, 'use'> & { readonly use: Omit<LimitUse, 'days'> | undefined })[]
}

/** What a report says at a glance; the whole of it is in the run's `report.json`. */
export function runSummary(report: Report): RunSummary {
  const { resultHash, config, statistics, ledger, refusals, limits, trips, warnings, ambiguousBars } = report
  return {
    resultHash,
    config,
    statistics,
    ledger,
    refusals,
    limits: limits.map(({ use, ...row }) => ({ ...row, use: use && withoutDays(use) })),
    trips,
    warnings,
    ambiguousBars,
  }
}

function withoutDays({ most, mostTime, last }: LimitUse): Omit<LimitUse, 'days'> {
  return { most, mostTime, last }
}
