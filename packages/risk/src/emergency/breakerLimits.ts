import { ConfigError } from '@astertrade/core'

/** When a circuit breaker trips. */
export interface BreakerLimits {
  /** Half width of the price band as a share of the mean of five minutes (default 0.1; take 0.05 for majors). */
  readonly band: number
  /** The band is at least so many deviations of a move of five minutes wide (default 6). */
  readonly bandSigmas: number
  /** Time outside the band that trips, in milliseconds (default 15 s). */
  readonly outsideMs: number
  /** Volatility of five minutes over that of a day (default 4). */
  readonly volatilityRatio: number
  /** Spread over its median (default 10). */
  readonly spreadRatio: number
  /** Depth over its median (default 0.1). */
  readonly depthRatio: number
  /** How far a stablecoin may be off one (default 0.02). */
  readonly pegDistance: number
  /** Share of errors among a venue's answers of a minute (default 0.2), of at least ten answers. */
  readonly errorShare: number
  /** Refused orders in a row (default 5). */
  readonly rejects: number
  /** Slippage of a fill over what was expected (default 3). */
  readonly slippageRatio: number
  /** Time for which a trip stops entries, in milliseconds (default 5 min). */
  readonly pauseMs: number
  /** Trips within an hour that latch (default 3). */
  readonly tripsToLatch: number
}

/** The limits AsterAI starts from. */
export const breakerDefaults: BreakerLimits = {
  band: 0.1,
  bandSigmas: 6,
  outsideMs: 15_000,
  volatilityRatio: 4,
  spreadRatio: 10,
  depthRatio: 0.1,
  pegDistance: 0.02,
  errorShare: 0.2,
  rejects: 5,
  slippageRatio: 3,
  pauseMs: 300_000,
  tripsToLatch: 3,
}

/**
 * Fills in the defaults.
 *
 * @throws ConfigError `BAD_LIMIT` for a limit that is not a positive number, or `UNKNOWN_OPTION`.
 */
export function breakerLimits(given: Partial<BreakerLimits>): BreakerLimits {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(breakerDefaults, name)) {
      throw new ConfigError(`The circuit breaker has no limit "${name}".`, {
        code: 'UNKNOWN_OPTION',
        hints: [`Limits: ${Object.keys(breakerDefaults).join(', ')}.`],
      })
    }
    if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) continue
    throw new ConfigError(`${name} "${value}" of the circuit breaker is not a positive number.`, { code: 'BAD_LIMIT' })
  }
  return { ...breakerDefaults, ...given }
}
