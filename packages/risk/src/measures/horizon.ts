import { ConfigError } from '@astertrade/core'
import type { ConfidenceOptions } from './confidence.js'

/** What parametric estimators take. */
export interface ParametricOptions extends ConfidenceOptions {
  /**
   * Periods ahead, an integer from 1 to 10 (default 1); a longer one than 10 by the square root of time is not offered.
   */
  readonly horizonPeriods?: number
}

/**
 * The square root of a horizon.
 *
 * @throws ConfigError `BAD_HORIZON` if it is not an integer from 1 to 10.
 */
export function horizonRoot(periods: number): number {
  if (Number.isInteger(periods) && periods >= 1 && periods <= 10) return Math.sqrt(periods)
  throw new ConfigError(`horizonPeriods ${JSON.stringify(periods) ?? periods} is not an integer from 1 to 10.`, {
    code: 'BAD_HORIZON',
    hints: ['Beyond ten days risk does not grow by the square root of time; use returns of longer periods.'],
  })
}
