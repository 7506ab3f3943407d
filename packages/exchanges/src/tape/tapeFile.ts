import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DataError } from '@astertrade/core/data'

/** A recording on disk, and what its name says. */
export interface TapeFile {
  readonly path: string
  /** What comes before the first `_`: `BTCUSD` of `BTCUSD_1m_2019.csv.gz`. */
  readonly symbol: string
  /** Length of a bar, where a later part of the name is one: `1m`. */
  readonly interval: string | undefined
  readonly format: 'csv' | 'jsonl'
}

/** One path, or several; a folder stands for the recordings in it, in order of name. */
export type TapePaths = string | readonly string[]

const endings = ['.csv', '.csv.gz', '.jsonl', '.jsonl.gz'] as const

/**
 * Finds recordings. In a folder, files that are none are passed over, and so are its subfolders.
 *
 * @throws DataError with code `NO_FILE` if a path leads nowhere, `NOT_A_RECORDING` if a file has another ending, `NO_RECORDING` if a folder
 * holds no recording or no path was given.
 */
export function tapeFiles(paths: TapePaths): readonly TapeFile[] {
  const list = typeof paths === 'string' ? [paths] : paths
  if (list.length === 0) throw new DataError('No path of a recording was given.', { code: 'NO_RECORDING' })
  return list.flatMap((path) => (isFolder(path) ? tapesIn(path) : [describe(path)]))
}

/** The instrument that a file is about unless something else is said: its symbol at the venue `tape`. */
export function tapeInstrument(file: TapeFile): string {
  return `${file.symbol}.tape`
}

function tapesIn(folder: string): readonly TapeFile[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && endingOf(entry.name))
    .map((entry) => entry.name)
    .sort()
  if (names.length > 0) return names.map((name) => describe(join(folder, name)))
  throw new DataError(`Folder "${folder}" holds no recording.`, {
    code: 'NO_RECORDING',
    hints: [`Recordings end in ${endings.join(', ')}; subfolders are not searched.`],
  })
}

function describe(path: string): TapeFile {
  const name = basename(path)
  const ending = endingOf(name)
  if (!ending) {
    throw new DataError(`File "${path}" is no recording.`, {
      code: 'NOT_A_RECORDING',
      file: path,
      hints: [`Recordings end in ${endings.join(', ')}.`],
    })
  }
  const [symbol = '', ...parts] = name.slice(0, -ending.length).split('_')
  return {
    path,
    // An instrument id has exactly one dot, the one before its venue.
    symbol: symbol.replace(/[^A-Za-z0-9-]/g, '-') || 'UNNAMED',
    interval: parts.find((part) => /^[1-9]\d*(?:ms|s|m|h|d|w)$/.test(part)),
    format: ending.startsWith('.csv') ? 'csv' : 'jsonl',
  }
}

function endingOf(name: string): (typeof endings)[number] | undefined {
  return endings.find((ending) => name.toLowerCase().endsWith(ending))
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found) return found.isDirectory()
  throw new DataError(`File "${path}" does not exist.`, {
    code: 'NO_FILE',
    file: path,
    hints: ['A path is relative to the folder in which the program was started.'],
  })
}
