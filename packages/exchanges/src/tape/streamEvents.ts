import type { Batches } from '@astertrade/core'
import type { TapeEvent } from './decodeEvent.js'
import { mergeEvents } from './mergeEvents.js'
import { tapeEvents } from './tapeEvents.js'
import { type TapePaths, tapeFiles } from './tapeFile.js'
import type { TapeOptions } from './tapeReader.js'

/** Events of a batch. */
const batchSize = 1_024

/**
 * Streams all that recordings hold, of every instrument: files are merged by time, each in its own order. Memory is bounded by the
 * number of files, not by their size. `tapeFeed` gives the events of chosen instruments.
 *
 * @param signal - Aborting makes the iteration throw its reason.
 * @throws DataError if a path leads to no recording; iterating throws one where a file is damaged.
 * @example
 * for await (const events of streamEvents('recordings')) for (const { kind, time } of events) console.log(kind, time)
 */
export function streamEvents(
  paths: TapePaths,
  options: TapeOptions = {},
  signal: AbortSignal = new AbortController().signal,
): Batches<TapeEvent> {
  return mergeEvents(
    tapeFiles(paths).map((file) => tapeEvents(file, options, signal)),
    batchSize,
  )
}
