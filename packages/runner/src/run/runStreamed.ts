import { ConfigError } from '@astertrade/core'
import { backtestStream } from '@astertrade/core/backtest'
import type { Place } from '../market/openMarket.js'
import { surveyMarket } from '../market/surveyMarket.js'
import type { LoadedStrategy } from '../strategy/loadStrategy.js'
import { backtestOptions } from './backtestOptions.js'
import type { FinishedRun } from './runBacktest.js'
import type { RunSettings } from './runSettings.js'

/** What a streamed run leaves out, for its report. */
const leftOut =
  'Streamed: the curves have one equity a day, what crosses two pieces of data was not looked at, and there is no journal.'

/**
 * Runs one strategy over recordings of any size in memory that does not grow with them: reads them once to look at them, and once to
 * run. The result hash is that of a run in memory.
 *
 * @throws ConfigError `BAD_PARAMETER` for a market that is not recorded; else as `runBacktest`.
 */
export async function runStreamed(
  settings: RunSettings,
  place: Place,
  { strategy, onProgress }: { readonly strategy: LoadedStrategy; readonly onProgress?: (ratio: number) => void },
): Promise<FinishedRun> {
  if (settings.market.kind !== 'files') {
    throw new ConfigError('A synthetic market is made in memory, so there is nothing to stream.', {
      code: 'BAD_PARAMETER',
    })
  }
  const { series, warnings } = await surveyMarket(settings.market, place)
  const total = series.reduce((sum, { bars }) => sum + bars, 0)
  const { instruments = [], ...options } = backtestOptions(
    settings,
    strategy,
    series.map(({ sample }) => sample),
  )
  const report = await backtestStream({
    ...options,
    instruments,
    data: series.map((one) => one.read()),
    warnings: [...warnings, leftOut],
    onProgress: (barsDone) => onProgress?.(barsDone / total),
  })
  return { settings, strategy, report, members: strategy.members?.() ?? [], journal: undefined, issues: [], warnings }
}
