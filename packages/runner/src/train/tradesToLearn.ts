import { ConfigError, type MarketEvent } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { streamEvents, tapeFiles } from '@astertrade/exchanges/tape'
import type { RecordedMarket } from '../market/marketSource.js'
import type { Place } from '../market/openMarket.js'
import { openRange } from '../market/openRange.js'
import { readablePath } from '../market/readablePath.js'
import { requirePaths } from '../market/requirePaths.js'
import { tapeOptions } from '../market/tapeOptions.js'

/** What order flow learns from. */
export type FlowEvent = Extract<MarketEvent, { readonly kind: 'trade' | 'quote' }>

/** Trades and quotes held at a time; a training takes about a kilobyte for each. */
const eventsMax = 1_000_000

/**
 * Reads the recorded trades and quotes of one instrument, in order of time.
 *
 * @param source - Its `instrument` chooses one where several were recorded; its range counts by the time of the event.
 * @throws ConfigError `NO_FILE`; `BAD_DATASET` if there are none, or more than memory may be taken for; `USAGE` for several
 * instruments.
 * @throws DataError if a file is damaged; `BAD_EVENT` where time steps back, `FUTURE_DATA` after the present.
 */
export async function tradesToLearn(source: RecordedMarket, place: Place): Promise<readonly FlowEvent[]> {
  const range = openRange(source)
  requirePaths(source.paths, place.folder)
  const paths = source.paths.map((path) => readablePath(path, place.folder))
  if (tapeFiles(paths).every(({ format }) => format === 'csv')) throw noTrades(source, 'CSV, which is bars')
  const found: FlowEvent[] = []
  const instruments = new Set<string>()
  for await (const batch of streamEvents(paths, tapeOptions(source))) {
    for (const event of batch) {
      if (event.kind !== 'trade' && event.kind !== 'quote') continue
      if (event.time < range.from || event.time >= range.to) continue
      if (source.instrument !== undefined && event.instrument !== source.instrument) continue
      instruments.add(event.instrument)
      requireOrder(found.at(-1), event)
      found.push(event)
    }
    if (found.length > eventsMax) throw tooMany()
  }
  if (instruments.size > 1) throw several(instruments)
  const last = found.at(-1)
  if (last === undefined) throw noTrades(source, 'no trade and no quote')
  requirePast(last, place.clock.now())
  return found
}

function requireOrder(before: FlowEvent | undefined, { time, instrument }: FlowEvent): void {
  if (before === undefined || before.time <= time) return
  throw new DataError(`An event of ${instrument} at "${isoTime(time)}" comes after one at "${isoTime(before.time)}".`, {
    code: 'BAD_EVENT',
    value: String(time),
    hints: ['Recordings are in order of time; what was recorded twice is to be given once.'],
  })
}

function requirePast({ time, instrument }: FlowEvent, now: number): void {
  if (time <= now) return
  throw new DataError(`The last event of ${instrument} is at "${isoTime(time)}", which lies in the future.`, {
    code: 'FUTURE_DATA',
    value: String(time),
    hints: [`Check the unit of its times, or cut it: --to ${isoTime(now).slice(0, 10)}.`],
  })
}

function noTrades({ paths, instrument }: RecordedMarket, holds: string): ConfigError {
  const of = instrument === undefined ? '' : ` of ${instrument}`
  return new ConfigError(`Order flow learns from trades and quotes${of}; "${paths.join('", "')}" holds ${holds}.`, {
    code: 'BAD_DATASET',
    hints: [
      'Give a recording in JSON lines, such as {"kind":"trade","time":1700000000000,"aggressor":"buy","price":100,"quantity":1}.',
      'On bars order flow needs no training: the strategy ensemble learns it as it goes.',
    ],
  })
}

function tooMany(): ConfigError {
  return new ConfigError(`There are over ${eventsMax} trades and quotes.`, {
    code: 'BAD_DATASET',
    hints: ['Learn from a part of them: --from 2024-01-01 --to 2024-01-08.'],
  })
}

function several(instruments: ReadonlySet<string>): ConfigError {
  const names = [...instruments].sort()
  return new ConfigError(`A model learns from one instrument; these are ${names.length}.`, {
    code: 'USAGE',
    hints: [`Choose one of ${names.slice(0, 10).join(', ')}: --symbol ${names[0]}.`],
  })
}

function isoTime(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time)
}
