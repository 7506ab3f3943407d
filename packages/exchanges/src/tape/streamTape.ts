import { type Bars, ConfigError, createBars } from '@astertrade/core'
import { copyRows } from './copyRows.js'
import { requireSeam, type Seam, seamAfter } from './seam.js'
import { streamTapeBytes } from './tapeBytes.js'
import { type TapePaths, tapeFiles } from './tapeFile.js'
import { type TapeOptions, tapeReader } from './tapeReader.js'

/** How a recording is streamed. */
export interface StreamTapeOptions extends TapeOptions {
  /** Rows of each chunk but the last (default 131,072: 6 MiB). */
  readonly chunkRows?: number
}

/** Rows of a chunk where nothing else is said. */
const chunkRowsDefault = 131_072

/**
 * Streams the bars of one instrument in chunks, from files of any size, with bounded memory.
 *
 * Files follow each other in the order given, a folder's in order of name. All chunks have `chunkRows` rows but the last, which
 * may have fewer; a chunk belongs to its receiver and may be kept. Together they equal the series of `readTape`.
 *
 * @param signal - Aborting makes the iteration throw its reason.
 * @throws DataError as `readTape` does, and if a file holds another instrument than the one before it.
 * @throws ConfigError if an option is invalid.
 * @example
 * for await (const chunk of streamTape('data/BTCUSDT_1s.csv.gz')) console.log(chunk.length)
 * // => 131072, 131072, …
 */
export async function* streamTape(
  paths: TapePaths,
  options: StreamTapeOptions = {},
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Bars> {
  const { chunkRows = chunkRowsDefault } = options
  if (!Number.isSafeInteger(chunkRows) || chunkRows < 1) {
    throw new ConfigError(`chunkRows "${chunkRows}" is not an integer ≥ 1.`, { code: 'BAD_PARAMETER' })
  }
  let chunk: Bars | undefined
  let filled = 0
  for await (const piece of pieces(paths, options, signal)) {
    for (let at = 0; at < piece.length; ) {
      chunk ??= createBars(piece.instrument, piece.interval, chunkRows, 'private')
      const count = Math.min(piece.length - at, chunkRows - filled)
      copyRows(piece, at, chunk, filled, count)
      at += count
      filled += count
      if (filled < chunkRows) continue
      yield chunk
      chunk = undefined
      filled = 0
    }
  }
  if (!chunk) return
  const rest = createBars(chunk.instrument, chunk.interval, filled, 'private')
  copyRows(chunk, 0, rest, 0, filled)
  yield rest
}

/** The bars of all files as they come out of the reader, in pieces of any length but zero. */
async function* pieces(paths: TapePaths, options: TapeOptions, signal: AbortSignal): AsyncGenerator<Bars> {
  let end: Seam | undefined
  for (const file of tapeFiles(paths)) {
    const reader = tapeReader(file, options)
    let isFirst = true
    const checked = (bars: Bars): Bars => {
      if (isFirst && end) requireSeam(end, file.path, bars)
      isFirst = false
      end = seamAfter(file.path, bars)
      return bars
    }
    for await (const bytes of streamTapeBytes(file.path, signal)) {
      reader.push(bytes)
      const bars = reader.take()
      if (bars.length > 0) yield checked(bars)
    }
    const bars = reader.finish()
    if (bars.length > 0) yield checked(bars)
  }
}
