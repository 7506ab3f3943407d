import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'
import { DataError } from '@astertrade/core/data'

const chunkBytes = 256 * 1024
/** Largest content that is held in memory as one piece. */
const wholeBytesMax = 2 ** 31 - 1

/**
 * Reads a file whole, unpacked if its first bytes say gzip.
 *
 * @throws DataError with code `NOT_GZIP`, `DAMAGED_GZIP`, `TOO_LARGE` or `UNREADABLE`.
 */
export function readTapeBytes(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path)
    return isGzip(path, bytes) ? gunzipSync(bytes, { maxOutputLength: wholeBytesMax }) : bytes
  } catch (cause) {
    throw tapeError(path, cause)
  }
}

/**
 * Reads a file in pieces, unpacked if its first bytes say gzip; memory stays bounded whatever its size.
 *
 * @throws DataError as `readTapeBytes` does. Aborting throws the signal's reason.
 */
export async function* streamTapeBytes(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted()
  const file = await open(path).catch((cause: unknown) => Promise.reject(tapeError(path, cause)))
  try {
    const head = new Uint8Array(2)
    await file.read(head, 0, 2, 0)
    const packed = file.createReadStream({ start: 0, highWaterMark: chunkBytes })
    // The iteration below reports what breaks, so the pipeline has nobody else to tell.
    const unpack = (): AsyncIterable<Uint8Array> => pipeline(packed, createGunzip({ chunkSize: chunkBytes }), () => {})
    for await (const chunk of isGzip(path, head) ? unpack() : packed) {
      signal.throwIfAborted()
      yield chunk as Uint8Array
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw tapeError(path, cause)
  } finally {
    await file.close()
  }
}

function isGzip(path: string, bytes: Uint8Array): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true
  if (!path.toLowerCase().endsWith('.gz')) return false
  throw new DataError(`File "${path}" is not gzip, whatever its name says.`, {
    code: 'NOT_GZIP',
    file: path,
    hints: [
      `If it is plain text, name it "${path.slice(0, -3)}".`,
      'If it was packed once, it was damaged on its way: fetch it again.',
    ],
  })
}

/** What a failure of the disk or of unpacking means to the person who asked for the file. */
function tapeError(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code?.startsWith('Z_')) {
    return new DataError(`File "${path}" is a damaged gzip: ${message}.`, {
      code: 'DAMAGED_GZIP',
      file: path,
      hints: ['It is cut short or changed: fetch it again, or test it with gzip -t.'],
      cause,
    })
  }
  if (code === 'ERR_BUFFER_TOO_LARGE' || code === 'ERR_FS_FILE_TOO_LARGE') {
    return new DataError(`File "${path}" is too large to be read whole.`, {
      code: 'TOO_LARGE',
      file: path,
      hints: ['Read it with streamTape, whose memory is bounded.'],
      cause,
    })
  }
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause
  return new DataError(`File "${path}" cannot be read: ${message}.`, { code: 'UNREADABLE', file: path, cause })
}
