import type { SyntheticTapeOptions } from '@astertrade/core/backtest'

/** Recordings on disk. */
export interface RecordedMarket {
  readonly kind: 'files'
  /** Files and folders, relative to the folder that is worked in. */
  readonly paths: readonly string[]
  /** Name of a single instrument (default: what the file says). */
  readonly instrument?: string | undefined
  /** Length of a bar, such as `1m` (default: what the file says). */
  readonly interval?: string | undefined
  /** Whether rows are stamped by the open or the close of their bar (default `open`). */
  readonly timeIs?: 'open' | 'close' | undefined
  /** Whether the first defect stops, or defects are repaired and told (default `throw`). */
  readonly onDefect?: 'throw' | 'repair' | undefined
  /** Whether prices that move twentyfold and stay, as where units are mixed, stop a run (default `throw`). */
  readonly onJump?: 'throw' | 'accept' | undefined
  /** First open that is wanted and first that is no longer wanted: milliseconds UTC or ISO 8601 text. */
  readonly from?: number | string | undefined
  readonly to?: number | string | undefined
}

/** A market made from a seed. */
export interface SyntheticMarketSource {
  readonly kind: 'synthetic'
  readonly tape: SyntheticTapeOptions
}

/** Where bars come from; plain data, kept with each run. */
export type MarketSource = RecordedMarket | SyntheticMarketSource
