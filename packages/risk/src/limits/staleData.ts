import { approve, type RiskRule, type Verdict } from '@astertrade/core'
import { checkCount } from './checkCount.js'
import { checkOptionNames } from './checkOptions.js'

/** What `staleData` takes. */
export interface StaleDataOptions {
  /** Oldest last price that is still believed, in milliseconds; for bars take one and a half of their length (default none). */
  readonly ageMs?: number
}

const longestMs = 366 * 86_400_000

/**
 * Refuses entries on data that is not of now: a gap in the stream of the instrument, its venue away, or a last price that is too old.
 *
 * The codes are `SEQUENCE_GAP` and `DATA_STALE`. A gap lasts from its `gap` or `disconnected` event to the `recovered` or
 * `reconnected` one. Exits pass.
 *
 * @throws ConfigError `BAD_LIMIT` for an age that is no whole number of milliseconds, or an unknown option.
 * @example
 * staleData({ ageMs: 2000 }).name // => 'staleData(2000 ms)'
 */
export function staleData(options: StaleDataOptions = {}): RiskRule {
  checkOptionNames('staleData', options, ['ageMs'])
  const { ageMs } = options
  if (ageMs !== undefined) checkCount('ageMs', ageMs, longestMs)
  const name = ageMs === undefined ? 'staleData(gaps)' : `staleData(${ageMs} ms)`
  const stale = (got: string): Verdict => ({
    kind: 'refuse',
    reason: { code: 'DATA_STALE', rule: name, limit: String(ageMs), got, unit: 'ms' },
  })
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      if (view.hasGap(order.instrument)) {
        const reason = {
          code: 'SEQUENCE_GAP',
          rule: name,
          limit: 'no gap',
          got: order.instrument,
          unit: 'count',
        } as const
        return { kind: 'refuse', reason }
      }
      if (ageMs === undefined) return approve
      const age = view.markAgeMs(order.instrument)
      return age <= ageMs ? approve : stale(String(age))
    },
  }
}
