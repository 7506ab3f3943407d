import type { Bars } from '../bar.js'
import { ConfigError } from '../errors.js'
import type { DataIssue } from './issue.js'

/** Bars, and what there is to know about them. */
export interface CheckedBars<Issue extends DataIssue = DataIssue> {
  readonly bars: Bars
  readonly issues: readonly Issue[]
}

/** One step of the data pipeline: it never changes the bars it is given. */
export type Stage = (bars: Bars) => CheckedBars

/**
 * Refuses a series whose interval is no length of time.
 *
 * @throws ConfigError `BAD_INTERVAL` if `bars.interval` is not a positive integer of milliseconds.
 */
export function checkInterval(bars: Bars): void {
  if (Number.isSafeInteger(bars.interval) && bars.interval > 0) return
  throw new ConfigError(
    `The interval "${bars.interval}" of ${bars.instrument} is not a positive integer of milliseconds.`,
    {
      code: 'BAD_INTERVAL',
      hints: ["Such as duration('1h')."],
    },
  )
}
