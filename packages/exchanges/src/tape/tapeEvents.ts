import { cursor, snapshotBar } from '@astertrade/core'
import { parseLine } from './barLine.js'
import { decodeEvent, type TapeEvent } from './decodeEvent.js'
import { createLines } from './lines.js'
import { streamTape } from './streamTape.js'
import { streamTapeBytes } from './tapeBytes.js'
import { type TapeFile, tapeInstrument } from './tapeFile.js'
import type { TapeOptions } from './tapeReader.js'

/** Bars held as objects at a time. */
const barsMax = 4_096

/**
 * The events of one recording, in the order in which they were recorded; a file of bars gives one event per bar.
 *
 * @throws DataError where the file is damaged. Aborting throws the signal's reason.
 */
export async function* tapeEvents(
  file: TapeFile,
  options: TapeOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly TapeEvent[]> {
  if (file.format === 'csv') return yield* barEvents(file, options, signal)
  const lines = createLines(file.path)
  const instrument = options.instrument ?? tapeInstrument(file)
  let number = 0
  const decode = (texts: readonly string[]): readonly TapeEvent[] =>
    texts.flatMap((text) => {
      const place = { file: file.path, line: ++number }
      return text.trim() === '' ? [] : [decodeEvent(parseLine(text, place), instrument, place)]
    })
  for await (const bytes of streamTapeBytes(file.path, signal)) {
    const texts = lines.push(bytes)
    // Lists are bars by their open: only the columns of the whole file tell when they close.
    if (number === 0 && isList(texts)) return yield* barEvents(file, options, signal)
    const events = decode(texts)
    if (events.length > 0) yield events
  }
  const texts = lines.finish()
  if (number === 0 && isList(texts)) return yield* barEvents(file, options, signal)
  const events = decode(texts)
  if (events.length > 0) yield events
}

async function* barEvents(
  file: TapeFile,
  options: TapeOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly TapeEvent[]> {
  for await (const chunk of streamTape(file.path, { ...options, chunkRows: barsMax }, signal)) {
    const events: TapeEvent[] = []
    for (const bar = cursor(chunk); bar.advance(); ) events.push(snapshotBar(bar))
    yield events
  }
}

function isList(lines: readonly string[]): boolean {
  return (
    lines
      .find((line) => line.trim() !== '')
      ?.trimStart()
      .startsWith('[') ?? false
  )
}
