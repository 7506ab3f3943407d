import { ConfigError } from '../errors.js'
import { type Duration, duration } from '../time.js'

/**
 * Time from decision to arrival at the venue.
 *
 * Bars cannot resolve less than their own length: only whole bars of delay move a fill, the rest is dropped and reported.
 */
export interface LatencyModel {
  /** Text that enters the result hash. */
  readonly name: string
  /** Milliseconds from decision to arrival. */
  readonly entryMs: Duration
}

/** Orders arrive at once. */
export const noLatency: LatencyModel = { name: 'none', entryMs: 0 }

/**
 * The same delay for every order.
 *
 * @throws ConfigError if the span is no positive time.
 * @example
 * constantLatency('250ms').entryMs // => 250
 */
export function constantLatency(entry: number | string): LatencyModel {
  if (entry === 0) return noLatency
  const entryMs = duration(entry)
  return { name: `${entryMs} ms`, entryMs }
}

/** Whole bars that a delay spans. */
export function barsOfDelay(latency: LatencyModel, interval: Duration): number {
  if (!(interval > 0)) throw new ConfigError(`A bar of "${interval}" ms has no length.`, { code: 'BAD_INTERVAL' })
  return Math.floor(latency.entryMs / interval)
}
