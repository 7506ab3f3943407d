import { type Bar, type Batches, ConfigError, type MarketDataFeed } from '@astertrade/core'
import type { TapeEvent } from './decodeEvent.js'
import { mergeEvents } from './mergeEvents.js'
import { tapeEvents } from './tapeEvents.js'
import { type TapeFile, type TapePaths, tapeFiles, tapeInstrument } from './tapeFile.js'
import type { TapeOptions } from './tapeReader.js'

/** Events of a batch. */
const batchSize = 1_024

/**
 * Makes a feed of recordings: what was recorded comes again in the same order, as fast as it is asked for.
 *
 * Files are merged by time, each in its own order. `events` gives what concerns the instruments asked for, and what concerns all:
 * headlines and dropped links. Memory is bounded by the number of files, not by their size.
 *
 * @throws DataError if a path leads to no recording; iterating throws one where a file is damaged.
 * @throws ConfigError with code `UNKNOWN_INSTRUMENT` from `bars` and `events` if no file can hold the instrument.
 * @example
 * const feed = tapeFeed('recordings')
 * for await (const events of feed.events([id], signal)) for (const event of events) engine.step(event)
 */
export function tapeFeed(paths: TapePaths, options: TapeOptions = {}): MarketDataFeed {
  const files = tapeFiles(paths)
  const about = (instruments: readonly string[]): readonly TapeFile[] => filesAbout(instruments, files, options)
  const open = (
    chosen: readonly TapeFile[],
    isWanted: (event: TapeEvent) => boolean,
    signal: AbortSignal,
  ): Batches<TapeEvent> =>
    mergeEvents(
      chosen.map((file) => filterEvents(tapeEvents(file, options, signal), isWanted)),
      batchSize,
    )
  return {
    bars({ instrument, from, to }, signal) {
      const isWanted = (event: TapeEvent): boolean =>
        event.kind === 'bar' && event.instrument === instrument && event.time >= from
      return barsBefore(to, open(about([instrument]), isWanted, signal))
    },
    events(instruments, signal) {
      const wanted = new Set<string>(instruments)
      const isWanted = (event: TapeEvent): boolean => !('instrument' in event) || wanted.has(event.instrument)
      return open(about(instruments), isWanted, signal)
    },
  }
}

/** The files that can hold one of the instruments: lines of JSON name theirs themselves, so only reading tells. */
function filesAbout(
  instruments: readonly string[],
  files: readonly TapeFile[],
  options: TapeOptions,
): readonly TapeFile[] {
  const nameOf = (file: TapeFile): string => options.instrument ?? tapeInstrument(file)
  const unknown = instruments.find((name) => files.every((file) => file.format === 'csv' && nameOf(file) !== name))
  if (unknown !== undefined) {
    throw new ConfigError(`No recording of ${unknown}.`, {
      code: 'UNKNOWN_INSTRUMENT',
      hints: [`Recorded: ${[...new Set(files.map(nameOf))].slice(0, 10).join(', ')}.`],
    })
  }
  return files.filter((file) => file.format === 'jsonl' || instruments.includes(nameOf(file)))
}

async function* filterEvents(source: Batches<TapeEvent>, isWanted: (event: TapeEvent) => boolean): Batches<TapeEvent> {
  for await (const batch of source) {
    const kept = batch.filter(isWanted)
    if (kept.length > 0) yield kept
  }
}

async function* barsBefore(to: number, source: Batches<TapeEvent>): Batches<Bar> {
  for await (const batch of source) {
    const bars = batch.filter((event): event is Bar => event.kind === 'bar' && event.time < to)
    if (bars.length > 0) yield bars
    if (bars.length < batch.length) return
  }
}
