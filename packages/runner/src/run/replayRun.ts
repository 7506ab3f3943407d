import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import {
  ConfigError,
  decodeEntry,
  hashBars,
  type JournalEntry,
  type JournalReport,
  type ReplayResult,
  verifyJournal,
} from '@astertrade/core'
import { replayBacktest } from '@astertrade/core/backtest'
import { missingFile } from '../market/missingFile.js'
import { type OpenMarket, openMarket, type Place } from '../market/openMarket.js'
import { type LoadedStrategy, loadStrategy } from '../strategy/loadStrategy.js'
import { backtestOptions } from './backtestOptions.js'
import { runFileNames } from './runFiles.js'
import { decodeRunRecord, type RunRecord, runRecordName } from './runRecord.js'

/** What to replay. */
export interface ReplayOptions {
  /** Folder of a run, or its journal; relative to the place's folder. */
  readonly run: string
  /** Data in place of what the record names, relative to the place's folder. */
  readonly data?: readonly string[] | undefined
  /** Hears what share of the work is done, from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
}

/** What a replay found. */
export interface ReplayedRun {
  readonly record: RunRecord & { readonly journal: NonNullable<RunRecord['journal']> }
  readonly journal: JournalReport
  /** Undefined where the journal is damaged: what it says is not replayed. */
  readonly result: ReplayResult | undefined
  /** True when the seals hold and every command came out equal. */
  readonly equal: boolean
  /** Sentences on what is not as it was when the run was made. */
  readonly notes: readonly string[]
}

/**
 * Checks the seals of a run's journal, then replays it through a fresh engine and compares every command byte for byte.
 *
 * @throws ConfigError `NO_FILE` or `BAD_RUN` if there is no such run, `WRONG_DATA` if the data is not that of the run.
 */
export async function replayRun({ run, data, onProgress }: ReplayOptions, place: Place): Promise<ReplayedRun> {
  const found = findRun(run, place.folder)
  const read = decodeRunRecord(readText(found.record, run), found.record)
  const { journal: recorded } = read
  if (recorded === undefined) throw noJournal(run)
  const record = { ...read, journal: recorded }
  const lines = readText(found.journal, run).split('\n')
  const part = (from: number, to: number) => (ratio: number) => onProgress?.(from + ratio * (to - from))
  const journal = verifyJournal(heardLines(lines, part(0, 0.3)), { anchor: record.journal.seal })
  if (!journal.ok) return { record, journal, result: undefined, equal: false, notes: [] }
  const home: Place = { folder: dirname(found.record), clock: place.clock }
  const strategy = await loadStrategy(record.settings.strategy, home.folder)
  const market = openRecorded(record, data, { home, place, onProgress: part(0.3, 0.6) })
  requireSameData(record, market)
  const entries = entriesOf(heardLines(lines, part(0.6, 1)))
  const result = replayBacktest(backtestOptions(record.settings, strategy, market.series), entries)
  return {
    record,
    journal,
    result,
    equal: result.difference === undefined && result.commands === record.journal.commands,
    notes: notesOn(record, strategy),
  }
}

function noJournal(run: string): ConfigError {
  return new ConfigError(`Run "${run}" was streamed, and a streamed run keeps no journal.`, {
    code: 'NO_JOURNAL',
    hints: ['Run it without --stream where its data fits into memory; the result is the same.'],
  })
}

function findRun(run: string, folder: string): { readonly record: string; readonly journal: string } {
  const path = resolve(folder, run)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw missingFile(run, path, 'Run')
  if (found.isDirectory()) return { record: join(path, runRecordName), journal: join(path, runFileNames.journal) }
  const isRecord = basename(path) === runRecordName
  return {
    record: join(dirname(path), runRecordName),
    journal: isRecord ? join(dirname(path), runFileNames.journal) : path,
  }
}

function readText(path: string, run: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`"${run}" is no run: ${basename(path)} cannot be read.`, {
      code: 'BAD_RUN',
      hints: ['Give the folder that aster backtest or aster demo wrote.'],
      cause,
    })
  }
}

interface OpenRecordedOptions {
  /** Where the paths of the record start. */
  readonly home: Place
  /** Where the paths of `data` start. */
  readonly place: Place
  readonly onProgress: (ratio: number) => void
}

function openRecorded(
  { settings: { market } }: RunRecord,
  data: readonly string[] | undefined,
  { home, place, onProgress }: OpenRecordedOptions,
): OpenMarket {
  if (data === undefined) return openMarket(market, home, onProgress)
  if (market.kind === 'files') return openMarket({ ...market, paths: data }, place, onProgress)
  throw new ConfigError('The data of this run was made from a seed; it needs no files.', {
    code: 'BAD_PARAMETER',
    hints: ['Leave --data out.'],
  })
}

function requireSameData(record: RunRecord, { series }: OpenMarket): void {
  for (const [index, { id, digest }] of record.data.entries()) {
    const bars = series[index]
    if (bars && bars.instrument === id && hashBars(bars) === digest) continue
    const what =
      bars?.instrument === id
        ? `The bars of ${id} are not those of the run.`
        : `The run has bars of ${id}, the data has ${bars?.instrument ?? 'none'} in its place.`
    throw new ConfigError(what, {
      code: 'WRONG_DATA',
      hints: ['Give the files of the run, unchanged and in the same order: --data …'],
    })
  }
}

const linesPerStep = 1_024

function* heardLines(lines: readonly string[], onProgress: (ratio: number) => void): Generator<string> {
  for (const [index, line] of lines.entries()) {
    if (index % linesPerStep === 0) onProgress(index / lines.length)
    yield line
  }
}

function* entriesOf(lines: Iterable<string>): Generator<JournalEntry> {
  let place = 0
  for (const line of lines) {
    place++
    if (line !== '' && !line.startsWith('{"kind":"seal"')) yield decodeEntry(line, place)
  }
}

function notesOn(record: RunRecord, strategy: LoadedStrategy): readonly string[] {
  return record.strategyDigest === strategy.digest
    ? []
    : [`The file of strategy "${strategy.definition.name}" is not the one that ran.`]
}
