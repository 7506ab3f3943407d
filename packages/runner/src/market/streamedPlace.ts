import { timestamp } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { streamTape } from '@astertrade/exchanges/tape'
import type { BarPlace } from './barPlace.js'
import type { RecordedMarket } from './marketSource.js'
import { tapeOptions } from './tapeOptions.js'

/**
 * Finds the row of a bar as `barPlace` does, in files of one instrument that are larger than memory.
 *
 * @param files - In order of time; those before the bar's hold no later one.
 * @param time - Close of the bar, milliseconds UTC.
 */
export async function streamedPlace(source: RecordedMarket, files: readonly string[], time: number): Promise<BarPlace> {
  // The reader refuses the first row after what it takes for the present.
  const options = { ...tapeOptions(source), now: timestamp(time - 1) }
  for (const file of files) {
    const line = await refusedLine(streamTape(file, options))
    if (line !== undefined) return { file, line, text: `${file}:${line}` }
  }
  return { file: files[0], line: undefined, text: files.join(', ') }
}

async function refusedLine(pieces: AsyncIterable<unknown>): Promise<number | undefined> {
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    while (!(await iterator.next()).done);
    return undefined
  } catch (error) {
    if (error instanceof DataError) return error.line
    throw error
  }
}
