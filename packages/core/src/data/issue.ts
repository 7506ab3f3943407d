import type { BarColumn } from '../bar.js'
import type { InstrumentId } from '../instrument.js'
import type { Duration, Timestamp } from '../time.js'

/** How much an issue matters: worth knowing, found and dealt with, or left in the data. */
export type IssueLevel = 'note' | 'repaired' | 'error'

/** What can be wrong with one row of text. */
export type RowDefect =
  /** Another number of fields than the header has. */
  | 'fieldCount'
  /** A quoted field that does not end on its line. */
  | 'openQuote'
  | 'badNumber'
  | 'badTime'
  /** A price of zero or below. */
  | 'badPrice'
  | 'negativeVolume'
  /** High below low, or open or close outside of them. */
  | 'brokenRange'
  /** The same row again. */
  | 'duplicate'
  /** The same time again with other values. */
  | 'conflict'
  | 'outOfOrder'
  /** Out of order, and older than rows that were already handed out. */
  | 'late'
  /** Closes after the `now` that was given. */
  | 'future'
  /** The last line ends in the middle. */
  | 'truncated'

/** A defect of one row of a file. `line` counts from 1. */
export interface RowIssue {
  readonly kind: RowDefect
  readonly level: IssueLevel
  readonly file?: string | undefined
  readonly line: number
  readonly column?: string | undefined
  /** The text that stands there, cut to 80 characters. */
  readonly value?: string | undefined
}

/** Something to know about a file as a whole. */
export interface FileIssue {
  /**
   * A column that is not used, a file without volume (it is 0 then), a last line without line end (a number cut short
   * there cannot be told from a whole one), or lines above the header that were skipped.
   */
  readonly kind: 'unknownColumn' | 'noVolume' | 'noLineEnd' | 'preamble'
  readonly level: 'note'
  readonly file?: string | undefined
  readonly line: number
  readonly column?: string | undefined
}

/** More issues than are listed. */
export interface OmittedIssue {
  readonly kind: 'omitted'
  readonly level: IssueLevel
  readonly count: number
}

/** What can be wrong with one bar. */
export type BarDefect =
  | 'notFinite'
  | 'badPrice'
  | 'negativeVolume'
  | 'brokenRange'
  /** A time that is no integer. */
  | 'badTime'
  /** Not after the bar before it. */
  | 'outOfOrder'
  | 'duplicate'
  /** Off the grid of its interval. */
  | 'misaligned'
  | 'future'

/** A defect of one bar of a series. */
export interface BarIssue {
  readonly kind: BarDefect
  readonly level: IssueLevel
  readonly instrument: InstrumentId
  /** Index of the bar in the series that was looked at. */
  readonly index: number
  readonly time: Timestamp
  readonly column?: BarColumn | undefined
  readonly value?: number | undefined
}

/** Bars that are missing between two others. */
export interface GapIssue {
  readonly kind: 'gap'
  readonly level: IssueLevel
  readonly instrument: InstrumentId
  /** Time of the first missing bar. */
  readonly from: Timestamp
  /** Time of the last missing bar. */
  readonly to: Timestamp
  /** Missing bars, closed sessions apart. */
  readonly missing: number
  /** `quiet`: the length is usual for this series, as for minutes without a trade; `outage`: it is not. */
  readonly cause: 'quiet' | 'outage'
}

/** A bar that looks wrong though it is well formed. */
export interface CorruptionIssue {
  /**
   * `spike`: a price far from both neighbours; `jump`: the level moved and stayed, as after a split; `frozen`: the same
   * bar over and over; `echo`: the values of an earlier bar again; `disagreement`: another source says otherwise.
   */
  readonly kind: 'spike' | 'jump' | 'frozen' | 'echo' | 'disagreement'
  readonly level: IssueLevel
  readonly instrument: InstrumentId
  readonly index: number
  readonly time: Timestamp
  readonly column: BarColumn
  readonly value: number
  /** What the neighbours, the earlier bar or the other source say. */
  readonly expected: number
  /** Bars concerned, from this one on. */
  readonly count: number
}

/** Bars that a repair made. */
export interface SyntheticIssue {
  readonly kind: 'synthetic'
  readonly level: 'repaired'
  readonly instrument: InstrumentId
  readonly from: Timestamp
  readonly to: Timestamp
  readonly count: number
}

/** A bucket of a resampled series that was not whole. */
export interface BucketIssue {
  /** `partialBucket` was left out, since the data begin or end inside it; `thinBucket` lacks bars in its middle. */
  readonly kind: 'partialBucket' | 'thinBucket'
  readonly level: 'note'
  readonly instrument: InstrumentId
  /** Close of the bucket. */
  readonly time: Timestamp
  readonly interval: Duration
  readonly present: number
  readonly expected: number
}

/** Anything the data pipeline found, as data; `describeIssue` turns it into text. */
export type DataIssue =
  | RowIssue
  | FileIssue
  | OmittedIssue
  | BarIssue
  | GapIssue
  | CorruptionIssue
  | SyntheticIssue
  | BucketIssue
