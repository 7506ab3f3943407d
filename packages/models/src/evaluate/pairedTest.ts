import { ConfigError } from '@astertrade/core'
import { dieboldMariano } from './dieboldMariano.js'

/** What `pairedTest` takes. */
export interface PairedTestOptions {
  /** Losses of the candidate and of the incumbent on the same forecasts, in time order. */
  readonly candidate: Float64Array
  readonly incumbent: Float64Array
  /** Rows until a forecast is judged (default 1). */
  readonly horizon?: number
  /** Chance of taking an equal candidate for a better one, in (0, 0.5) (default 0.05). */
  readonly level?: number
}

/** Whether a candidate is better, and how sure that is. */
export interface PairedResult {
  readonly verdict: 'better' | 'not proven'
  /** Mean loss saved per forecast. */
  readonly gain: number
  /** Probability of a gain this large by chance. */
  readonly pValue: number
  readonly rows: number
}

const defaults = { horizon: 1, level: 0.05 } as const

/**
 * Tests, one-sided, whether a candidate loses less than the incumbent on the same forecasts: `dieboldMariano` with a verdict.
 *
 * @throws ConfigError as `dieboldMariano` does, and with code `BAD_PARAMETER` for a level outside (0, 0.5).
 * @example
 * pairedTest({ candidate, incumbent, horizon: 24 }).verdict // => 'not proven'
 */
export function pairedTest(options: PairedTestOptions): PairedResult {
  const { candidate, incumbent, horizon, level } = { ...defaults, ...options }
  if (!(level > 0 && level < 0.5)) {
    throw new ConfigError(`Level "${level}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A chance between 0 and 0.5, such as 0.05.'],
    })
  }
  const { difference, pValue, rows } = dieboldMariano({ first: candidate, second: incumbent, horizon })
  const oneSided = difference < 0 ? pValue / 2 : 1 - pValue / 2
  return { verdict: oneSided < level ? 'better' : 'not proven', gain: 0 - difference, pValue: oneSided, rows }
}
