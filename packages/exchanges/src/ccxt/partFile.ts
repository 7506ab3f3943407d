import { copyFile, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from '@astertrade/core'
import { absent } from '../absent.js'
import { csvHeader, csvRow } from '../tape/csvRow.js'
import type { Candle } from './candle.js'
import { type PartIdentity, type PartState, readPartState, statePath, writePartState } from './partState.js'

/** A CSV file that grows in `<file>.part` and takes its name only when it is whole. */
export interface PartFile {
  readonly state: PartState
  /** Adds rows and moves `next`; both are on disk when it resolves. */
  append(candles: readonly Candle[], next: number): Promise<void>
  /** Gives the file its name, in one step. */
  finish(): Promise<void>
  /** Lets go of the file; what was appended stays and is continued by the next `openPartFile`. */
  close(): Promise<void>
  /** Removes every trace. */
  discard(): Promise<void>
}

/**
 * Opens a file to be continued, or begins one.
 *
 * Rows are synced before the state that counts them, so whatever a crash leaves behind the counted bytes is cut off.
 *
 * @throws ConfigError with code `FILE_EXISTS` if the file was not made by a download, `OTHER_DOWNLOAD` if it belongs to another
 * venue, symbol or timeframe, or begins later than `from`, `DAMAGED_DOWNLOAD` if it is shorter than its state says.
 */
export async function openPartFile(path: string, identity: PartIdentity, from: number): Promise<PartFile> {
  await makeFolder(dirname(path))
  const stored = await readPartState(path)
  if (!stored && (await sizeOf(path)) !== undefined) {
    throw new ConfigError(`File "${path}" exists and is no download.`, {
      code: 'FILE_EXISTS',
      hints: ['Choose another folder, or move the file away.'],
    })
  }
  if (stored) await requireSame(path, stored, identity, from)
  const none = { rows: 0, first: undefined, last: undefined }
  return partFile(path, stored ?? { version: 1, ...identity, from, next: from, bytes: 0, ...none })
}

function partFile(path: string, stored: PartState): PartFile {
  const part = `${path}.part`
  let state = stored
  let handle: FileHandle | undefined
  const close = async (): Promise<void> => {
    await handle?.close()
    handle = undefined
  }
  return {
    get state() {
      return state
    },
    async append(candles, next) {
      handle ??= await openPart(path, part, state.bytes)
      const text = (state.bytes === 0 ? csvHeader : '') + candles.map(csvRow).join('')
      const rows = Buffer.from(text)
      // At a position, not at the end: a second process that downloads the same writes the same bytes to the same place.
      await writeAt(handle, rows, state.bytes)
      await handle.datasync()
      const { first = candles[0]?.time, last } = state
      const counted = {
        bytes: state.bytes + rows.length,
        rows: state.rows + candles.length,
        first,
        last: candles.at(-1)?.time ?? last,
      }
      state = { ...state, ...counted, next }
      await writePartState(path, state)
    },
    async finish() {
      await close()
      if ((await sizeOf(part)) !== undefined) await rename(part, path)
    },
    close,
    async discard() {
      await close()
      await rm(part, { force: true })
      await rm(statePath(path), { force: true })
    },
  }
}

/** Opens the growing file, cut to the bytes that count. A finished file is continued in a copy, so that it is never half written. */
async function openPart(path: string, part: string, bytes: number): Promise<FileHandle> {
  if (bytes > 0 && (await sizeOf(part)) === undefined) {
    await copyFile(path, `${part}.copy`)
    await rename(`${part}.copy`, part)
  }
  const handle = await open(part, bytes > 0 ? 'r+' : 'w')
  await handle.truncate(bytes)
  return handle
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
  }
}

async function requireSame(path: string, stored: PartState, wanted: PartIdentity, from: number): Promise<void> {
  for (const key of ['venue', 'symbol', 'timeframe'] as const) {
    if (stored[key] !== wanted[key]) {
      throw new ConfigError(`File "${path}" holds ${key} "${stored[key]}", not "${wanted[key]}".`, {
        code: 'OTHER_DOWNLOAD',
        hints: ['Choose another folder.'],
      })
    }
  }
  if (from < stored.from) {
    const [begins, asked] = [stored.from, from].map((time) => new Date(time).toISOString())
    throw new ConfigError(`File "${path}" begins at ${begins}, after ${asked}.`, {
      code: 'OTHER_DOWNLOAD',
      hints: ['A download grows at its end alone: choose another folder, or delete the file and its state.'],
    })
  }
  const size = (await sizeOf(`${path}.part`)) ?? (await sizeOf(path)) ?? 0
  if (size < stored.bytes) {
    throw new ConfigError(`Download "${path}" is damaged: ${size} bytes where its state counts ${stored.bytes}.`, {
      code: 'DAMAGED_DOWNLOAD',
      hints: [`Delete "${statePath(path)}" and the file to begin again.`],
    })
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new ConfigError(`Folder "${folder}" cannot be made: ${(cause as Error).message}.`, {
      code: 'BAD_FOLDER',
      hints: ['A folder that can be written, or a name where none is yet.'],
      cause,
    })
  })
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(absent))?.size
}
