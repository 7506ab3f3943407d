import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Batches, ConfigError } from '@astertrade/core'
import { encodeEvent, type TapeEvent } from './decodeEvent.js'

const pack = promisify(gzip)

/**
 * Records a stream of events as lines of JSON, packed where the name ends in `.gz`; `tapeFeed` plays it back.
 *
 * Each batch is written before the next is asked for, so an interrupted recording ends with a whole batch, and is synced at its
 * end. An existing file is never touched.
 *
 * @returns The number of events written.
 * @throws ConfigError with code `BAD_FILE_NAME` if the name ends neither in `.jsonl` nor in `.jsonl.gz`, `FILE_EXISTS` if there is
 * such a file. What the stream throws, an abort included, is passed on; what came before it is kept.
 * @throws DataError with code `BAD_EVENT` if an event could not be read back.
 * @example
 * await recordTape('session.jsonl.gz', feed.events([id], signal))
 */
export async function recordTape(path: string, source: Batches<TapeEvent>): Promise<number> {
  if (!/\.jsonl(?:\.gz)?$/.test(path)) {
    throw new ConfigError(`File "${path}" cannot take events.`, {
      code: 'BAD_FILE_NAME',
      hints: ["Events go to names that end in '.jsonl' or '.jsonl.gz'; bars go to '.csv' with writeTape."],
    })
  }
  const file = await open(path, 'wx').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause
    throw new ConfigError(`File "${path}" exists.`, {
      code: 'FILE_EXISTS',
      hints: ['Give each recording a name of its own.'],
    })
  })
  let count = 0
  try {
    for await (const batch of source) {
      const text = batch.map(encodeEvent).join('')
      // Packed by itself: a gzip file may consist of several, and each of them is whole.
      await file.appendFile(path.endsWith('.gz') ? await pack(text) : text)
      count += batch.length
    }
    await file.datasync()
  } finally {
    await file.close()
  }
  return count
}
