import { type Bars, hashBars, timestamp } from '@astertrade/core'
import { cleanBars, type DataIssue, type GapIssue, type Quality } from '@astertrade/core/data'
import { type ReadTapeOptions, readTape, tapeFiles } from '@astertrade/exchanges/tape'
import type { Place } from '../market/openMarket.js'
import { readablePath } from '../market/readablePath.js'
import { requirePaths } from '../market/requirePaths.js'

/** How often something was found in a file. */
export interface DefectCounts {
  readonly duplicates: number
  readonly outOfOrder: number
  /** High below low, or open or close outside of them. */
  readonly brokenRanges: number
  /** Bars that close after the present. */
  readonly future: number
  /** Rows that cannot be read, prices of zero or below, negative volume, and what was too much to be listed. */
  readonly others: number
  /** Spikes, jumps, frozen and repeated bars: well formed, and yet they look wrong. */
  readonly suspicious: number
}

/** What one file holds, and what is wrong with it. */
export interface FileCheck {
  readonly file: string
  /** `unsound` data needs a repair before it is used; `doubtful` has outages or bars that look wrong. */
  readonly verdict: 'sound' | 'doubtful' | 'unsound'
  readonly quality: Quality | undefined
  readonly longestGap: GapIssue | undefined
  readonly defects: DefectCounts
  /** SHA-256 of the columns, repaired; the digest that reports of runs name. */
  readonly digest: string | undefined
  readonly issues: readonly DataIssue[]
  /** Why the file cannot be used at all. */
  readonly error: { readonly code: string; readonly message: string; readonly hints: readonly string[] } | undefined
}

/** How files are read for a check. */
export interface CheckOptions extends Pick<ReadTapeOptions, 'instrument' | 'interval' | 'timeIs'> {
  /** Hears what share of all files was read, from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
}

/**
 * Looks at recordings one by one; a file that cannot be used is reported like the others.
 *
 * @param paths - Files and folders, relative to the place's folder.
 * @throws ConfigError `NO_FILE` if a path leads nowhere.
 * @throws DataError if a folder holds no recording, or a file is none by its name.
 */
export function checkData(
  paths: readonly string[],
  place: Place,
  { onProgress, ...options }: CheckOptions = {},
): readonly FileCheck[] {
  requirePaths(paths, place.folder)
  const files = tapeFiles(paths.map((path) => readablePath(path, place.folder)))
  return files.map(({ path }, done) =>
    checkFile(path, place, { ...options, onProgress: (ratio) => onProgress?.((done + ratio) / files.length) }),
  )
}

function checkFile(file: string, place: Place, options: ReadTapeOptions): FileCheck {
  try {
    const { bars, issues } = readTape(file, { ...options, onDefect: 'repair' })
    return checkBars(file, bars[0]!, issues, place.clock.now())
  } catch (cause) {
    const { code, hints, message } = cause as { code?: unknown; hints?: unknown; message: string }
    if (typeof code !== 'string' || !Array.isArray(hints)) throw cause
    const error = { code, message: message.split('\n')[0]!, hints: hints as readonly string[] }
    const nothing = { quality: undefined, longestGap: undefined, digest: undefined, issues: [] }
    return { file, verdict: 'unsound', defects: count([]), error, ...nothing }
  }
}

function checkBars(file: string, bars: Bars, rows: readonly DataIssue[], now: number): FileCheck {
  const clean = cleanBars(bars, { now: timestamp(now) })
  const issues = [...rows, ...clean.issues]
  const defects = count(issues)
  const { suspicious, ...hard } = defects
  const isBroken = Object.values(hard).some((found) => found > 0)
  const isDoubtful = suspicious > 0 || clean.quality.outages > 0
  return {
    file,
    verdict: isBroken ? 'unsound' : isDoubtful ? 'doubtful' : 'sound',
    quality: clean.quality,
    longestGap: longestGap(issues),
    defects,
    digest: hashBars(clean.bars),
    issues,
    error: undefined,
  }
}

function longestGap(issues: readonly DataIssue[]): GapIssue | undefined {
  let longest: GapIssue | undefined
  for (const issue of issues) if (issue.kind === 'gap' && issue.missing > (longest?.missing ?? 0)) longest = issue
  return longest
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function count(issues: readonly DataIssue[]): DefectCounts {
  const counts: Mutable<DefectCounts> = {
    duplicates: 0,
    outOfOrder: 0,
    brokenRanges: 0,
    future: 0,
    others: 0,
    suspicious: 0,
  }
  for (const issue of issues) {
    const kind = countedAs(issue)
    if (kind) counts[kind] += issue.kind === 'omitted' ? issue.count : 1
  }
  return counts
}

function countedAs(issue: DataIssue): keyof DefectCounts | undefined {
  switch (issue.kind) {
    case 'duplicate':
    case 'conflict':
      return 'duplicates'
    case 'outOfOrder':
    case 'late':
      return 'outOfOrder'
    case 'brokenRange':
    case 'future':
      return issue.kind === 'future' ? 'future' : 'brokenRanges'
    case 'spike':
    case 'jump':
    case 'frozen':
    case 'echo':
    case 'disagreement':
      return 'suspicious'
    case 'gap':
      return undefined
    default:
      return issue.level === 'note' ? undefined : 'others'
  }
}
