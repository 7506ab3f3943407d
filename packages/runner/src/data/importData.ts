import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Bars, ConfigError } from '@astertrade/core'
import type { DataIssue } from '@astertrade/core/data'
import { writeTape } from '@astertrade/exchanges/tape'
import type { RecordedMarket } from '../market/marketSource.js'
import { openMarket, type Place } from '../market/openMarket.js'
import { spanText } from '../spanText.js'

/** What to import, and where to. */
export interface ImportOptions {
  readonly market: RecordedMarket
  /** Folder for the files; made if missing. */
  readonly out: string
  /** Whether files pack their rows (default `none`). */
  readonly pack?: 'none' | 'gzip'
  /** What becomes of a file that is there already (default `refuse`). */
  readonly existing?: 'refuse' | 'replace'
  /** Hears what share of the recordings was read, from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
}

/** One file that an import wrote. */
export interface ImportedFile {
  readonly file: string
  readonly instrument: string
  /** Length of a bar in milliseconds. */
  readonly interval: number
  readonly bars: number
  /** Opening of the first and close of the last bar, milliseconds UTC. */
  readonly from: number
  readonly to: number
}

/** An import that is read and ready to be written. */
export interface ImportPlan {
  readonly folder: string
  readonly files: readonly (ImportedFile & { readonly series: Bars })[]
  readonly issues: readonly DataIssue[]
}

/**
 * Reads recordings that are to become canonical ones, one file per instrument: `<SYMBOL>_<interval>.csv` with the header
 * `ts_ms,open,high,low,close,volume` and the open of each bar in integer milliseconds UTC. Writes nothing.
 *
 * @throws ConfigError `FILE_EXISTS` if a file is there already and is not to be replaced.
 * @throws DataError if a recording is damaged or holds a defect that is not to be repaired.
 */
export function planImport(options: ImportOptions, place: Place): ImportPlan {
  const { market, out, pack = 'none', existing = 'refuse' } = options
  const { series, issues } = openMarket(market, place, options.onProgress)
  const folder = resolve(place.folder, out)
  const files = series.map((bars) => describe(bars, join(folder, fileName(bars, pack))))
  const taken = files.find(({ file }) => existsSync(file))
  if (!taken || existing === 'replace') return { folder, files, issues }
  throw new ConfigError(`File "${taken.file}" exists.`, {
    code: 'FILE_EXISTS',
    hints: ['Nothing was written. Choose another folder, or replace it with --force.'],
  })
}

/**
 * Writes what was planned; each file appears at once.
 *
 * @throws ConfigError `BAD_FOLDER` if the folder cannot be made.
 */
export function importData({ folder, files }: ImportPlan): readonly ImportedFile[] {
  makeFolder(folder)
  for (const { file, series } of files) writeTape(file, series)
  return files.map(({ series: _, ...file }) => file)
}

function fileName({ instrument, interval }: Bars, pack: 'none' | 'gzip'): string {
  // The venue is in no file name: reading one back names the instrument after its symbol.
  const symbol = instrument.split('.')[0]!.replaceAll('_', '-')
  return `${symbol}_${spanText(interval)}.csv${pack === 'gzip' ? '.gz' : ''}`
}

function describe(series: Bars, file: string): ImportPlan['files'][number] {
  const { instrument, interval, length, time } = series
  return { file, instrument, interval, bars: length, from: time[0]! - interval, to: time[length - 1]!, series }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new ConfigError(`Folder "${folder}" cannot be made: ${(cause as Error).message}.`, {
      code: 'BAD_FOLDER',
      hints: ['Choose a folder that can be written with --out.'],
      cause,
    })
  }
}
