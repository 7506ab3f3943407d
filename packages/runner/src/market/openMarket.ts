import type { Bars } from '@astertrade/core'
import { syntheticTape } from '@astertrade/core/backtest'
import { DataError, type DataIssue } from '@astertrade/core/data'
import type { Clock } from '@astertrade/exchanges'
import { readTape } from '@astertrade/exchanges/tape'
import { dayText } from '../dayText.js'
import { barPlace } from './barPlace.js'
import { cutBars } from './cutBars.js'
import type { MarketSource, RecordedMarket } from './marketSource.js'
import { openRange } from './openRange.js'
import { readablePath } from './readablePath.js'
import { requirePaths } from './requirePaths.js'
import { tapeOptions } from './tapeOptions.js'

/** Bars ready to be run, and what there is to know about them. */
export interface OpenMarket {
  /** One series per instrument. */
  readonly series: readonly Bars[]
  readonly issues: readonly DataIssue[]
}

/** Where relative paths start, and what time it is. */
export interface Place {
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
}

/**
 * Loads the bars of a market.
 *
 * @param onProgress - Hears what share of the files was read, from 0 to 1.
 * @throws ConfigError `NO_FILE`, naming the nearest path; `EMPTY_RANGE` if no bar lies in the range.
 * @throws DataError `FUTURE_DATA` if a bar closes after the present; if a file is damaged or holds a defect that is not to be repaired.
 */
export function openMarket(
  source: MarketSource,
  { folder, clock }: Place,
  onProgress: (ratio: number) => void = () => undefined,
): OpenMarket {
  if (source.kind === 'synthetic') return { series: [syntheticTape(source.tape)], issues: [] }
  const range = openRange(source)
  requirePaths(source.paths, folder)
  const paths = source.paths.map((path) => readablePath(path, folder))
  const { bars, issues } = readTape(paths, { ...tapeOptions(source), onProgress })
  const series = bars.map((all) => cutBars(all, range))
  for (const one of series) requirePast(one, source, { folder, clock })
  return { series, issues }
}

function requirePast(bars: Bars, source: RecordedMarket, place: Place): void {
  const now = place.clock.now()
  if (bars.time[bars.length - 1]! <= now) return
  const first = bars.time.subarray(0, bars.length).find((time) => time > now)!
  const { text, ...at } = barPlace(source, { instrument: bars.instrument, time: first }, place.folder)
  const today = dayText(now)
  const value = isoTime(first)
  throw new DataError(`${text}: a bar of ${bars.instrument} closes at "${value}", which lies in the future.`, {
    code: 'FUTURE_DATA',
    ...at,
    value,
    hints: [`Check the unit of its times (seconds or milliseconds), or cut it: --to ${today}.`],
  })
}

function isoTime(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time)
}
