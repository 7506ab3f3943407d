import { ConfigError, timestamp } from '@astertrade/core'
import type { OpenRange } from './cutBars.js'
import type { RecordedMarket } from './marketSource.js'

/**
 * Reads the two ends of a range of opens; one that is absent is open.
 *
 * @throws ConfigError `EMPTY_RANGE` if the first is not before the second; `BAD_TIME` if one is no time.
 */
export function openRange({ from, to }: Pick<RecordedMarket, 'from' | 'to'>): OpenRange {
  const range = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : timestamp(from),
    to: to === undefined ? Number.POSITIVE_INFINITY : timestamp(to),
  }
  if (range.from < range.to) return range
  throw new ConfigError(`from "${from}" is not before to "${to}".`, {
    code: 'EMPTY_RANGE',
    hints: [
      'The first open that is wanted, and the first that is no longer wanted: --from 2019-01-01 --to 2020-01-01.',
    ],
  })
}
