import { createEngine } from '../engine.js'
import type { JournalEntry } from '../journal.js'
import { mergedMarket, type ReplayResult, replay } from '../replay.js'
import type { BacktestOptions } from './backtest.js'
import { engineOptions } from './engineOptions.js'
import { seriesOf } from './seriesOf.js'
import { datasetDigest } from './startRun.js'

/**
 * Replays the journal of a backtest: a fresh engine with the same options gets the recorded facts, and every command has to
 * come out equal, byte for byte. The simulated venue takes no part.
 *
 * @throws ConfigError if the data is not that of the journal.
 * @example
 * const rows: JournalEntry[] = []
 * backtest({ ...options, journal: (row) => rows.push(row) })
 * replayBacktest(options, rows).difference // => undefined
 */
export function replayBacktest(options: BacktestOptions, entries: Iterable<JournalEntry>): ReplayResult {
  const series = seriesOf(options.data)
  const engine = createEngine(engineOptions(options, series))
  return replay(engine, entries, mergedMarket(series, datasetDigest(series)))
}
