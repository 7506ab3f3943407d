import { type Bars, createBars } from '@astertrade/core'
import type { DataIssue } from '@astertrade/core/data'
import { copyRows } from './copyRows.js'
import { requireSeam, seamAfter } from './seam.js'
import { readTapeBytes } from './tapeBytes.js'
import { type TapePaths, tapeFiles } from './tapeFile.js'
import { type TapeOptions, tapeReader } from './tapeReader.js'

/** Recorded bars, and what there is to know about them. */
export interface Tape {
  /** One series per instrument, in order of first appearance. */
  readonly bars: readonly Bars[]
  readonly issues: readonly DataIssue[]
}

/** How recordings are read into memory. */
export interface ReadTapeOptions extends TapeOptions {
  /** Hears what share of the files was read, from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
}

/** Bytes between two words on the progress. */
const stepBytes = 4 << 20

/**
 * Reads recordings of bars: CSV or JSON lines, plain or gzip, one file, several, or all of a folder. Needs no await.
 *
 * The name of a file says what it holds: `BTCUSD_1m_2019.csv.gz` is `BTCUSD.tape` in bars of one minute. Files of one instrument
 * are joined in order of time. All is held in memory, 48 bytes a bar; `streamTape` reads what is larger.
 *
 * @throws DataError if a file is missing, unreadable, damaged, holds no bar or (unless repaired) a defect, or if two files of
 * one instrument overlap or differ in interval.
 * @throws ConfigError if an option is invalid.
 * @example
 * const { bars } = readTape('data/BTCUSDT_1h.csv')
 * bars[0].instrument // => 'BTCUSDT.tape'
 */
export function readTape(paths: TapePaths, options: ReadTapeOptions = {}): Tape {
  const { onProgress, ...reading } = options
  const pieces = new Map<string, Piece[]>()
  const issues: DataIssue[] = []
  const files = tapeFiles(paths)
  for (const [done, file] of files.entries()) {
    const reader = tapeReader(file, reading)
    const bytes = readTapeBytes(file.path)
    for (let at = 0; at < bytes.length; at += stepBytes) {
      reader.push(bytes.subarray(at, at + stepBytes))
      onProgress?.((done + Math.min(1, (at + stepBytes) / bytes.length)) / files.length)
    }
    const bars = reader.finish()
    issues.push(...reader.issues)
    const same = pieces.get(bars.instrument)
    if (same) same.push({ path: file.path, bars })
    else pieces.set(bars.instrument, [{ path: file.path, bars }])
  }
  return { bars: [...pieces.values()].map(join), issues }
}

interface Piece {
  readonly path: string
  readonly bars: Bars
}

function join(pieces: readonly Piece[]): Bars {
  const ordered = [...pieces].sort((a, b) => a.bars.time[0]! - b.bars.time[0]!)
  const [first] = ordered as [Piece]
  if (ordered.length === 1) return first.bars
  const length = ordered.reduce((sum, { bars }) => sum + bars.length, 0)
  const joined = createBars(first.bars.instrument, first.bars.interval, length)
  let at = 0
  for (const [index, { path, bars }] of ordered.entries()) {
    const before = ordered[index - 1]
    if (before) requireSeam(seamAfter(before.path, before.bars), path, bars)
    copyRows(bars, 0, joined, at, bars.length)
    at += bars.length
  }
  return joined
}
