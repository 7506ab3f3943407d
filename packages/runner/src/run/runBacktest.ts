import { backtest, type Members, type Report } from '@astertrade/core/backtest'
import type { DataIssue } from '@astertrade/core/data'
import { examineMarket } from '../market/examineMarket.js'
import { openMarket, type Place } from '../market/openMarket.js'
import { type LoadedStrategy, loadStrategy } from '../strategy/loadStrategy.js'
import { backtestOptions } from './backtestOptions.js'
import { createRunJournal, type SealedJournal } from './runJournal.js'
import type { RunSettings } from './runSettings.js'
import { runStreamed } from './runStreamed.js'

/** A finished run. */
export interface FinishedRun {
  readonly settings: RunSettings
  readonly strategy: LoadedStrategy
  readonly report: Report
  /** The models of the strategy, by instrument; empty where it has none. */
  readonly members: readonly Members[]
  /** Undefined for a streamed run. */
  readonly journal: SealedJournal | undefined
  /** What was found in the data. */
  readonly issues: readonly DataIssue[]
  /** Sentences on what may spoil the result, found by looking at the bars. */
  readonly warnings: readonly string[]
}

/** What `runBacktest` takes besides the settings. */
export interface RunOptions {
  /** The strategy that the settings name, where it is loaded already. */
  readonly strategy?: LoadedStrategy
  /** Hears how far the run is: a share from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
}

/**
 * Runs one strategy over its market. Reads files; writes none.
 *
 * @throws ConfigError, DataError or StrategyError, each saying what would have worked.
 * @example
 * const { report } = await runBacktest({ ...runDefaults, strategy: { name: 'sma-cross' }, market }, { folder: process.cwd(), clock: systemClock })
 */
export async function runBacktest(settings: RunSettings, place: Place, options: RunOptions = {}): Promise<FinishedRun> {
  const strategy = options.strategy ?? (await loadStrategy(settings.strategy, place.folder))
  if (settings.reading === 'pieces') return runStreamed(settings, place, { ...options, strategy })
  const market = openMarket(settings.market, place)
  const { series, issues } = market
  const warnings = examineMarket(settings.market, market, place)
  const total = series.reduce((sum, { length }) => sum + length, 0)
  const journal = createRunJournal()
  const report = backtest({
    ...backtestOptions(settings, strategy, series),
    warnings,
    journal: (entry) => journal.add(entry),
    onProgress: (barsDone) => options.onProgress?.(barsDone / total),
  })
  return {
    settings,
    strategy,
    report,
    members: strategy.members?.() ?? [],
    journal: journal.finish(),
    issues,
    warnings,
  }
}
