import { ConfigError } from '@astertrade/core'

/** What `impliedVariance` takes besides the level. */
export interface ImpliedVarianceOptions {
  /** Bars of the forecast in a year (default 252, trading days; 365 for days of crypto). */
  readonly periodsPerYear?: number
}

/** What options say about risk, beside what was realised. */
export interface ImpliedOutlook {
  /** Implied less realised variance per bar: what sellers of options are paid, when positive. */
  readonly premium: number
  /** Implied over realised variance: the term from the past to the time ahead. */
  readonly ratio: number
  /** `stressed` for a level in the top tenth or an inverted term, `calm` for one in the low third that is not, else `normal`. */
  readonly regime: 'calm' | 'normal' | 'stressed'
}

/** What `impliedOutlook` takes; variances per bar. */
export interface ImpliedOutlookOptions {
  readonly implied: number
  readonly realised: number
  /** Where the implied variance stands in its own past, from 0 to 1. */
  readonly percentile: number
  /** Implied variance of a longer term, where there is one. */
  readonly farther?: number
}

/** Percentiles of the past at which a regime begins. */
export const regimeBounds = { calmBelow: 1 / 3, stressedFrom: 0.9 } as const

const periodsOfDays = 252

/**
 * Variance per bar that an index of implied volatility stands for: `(level / 100)² / periodsPerYear`.
 *
 * Such indices quote the volatility of a year in percent: Cboe, Volatility Index Methodology (2023).
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not above 0, `BAD_LEVEL` if the level is not above 0.
 * @example
 * impliedVariance(20) // => 0.000158730… (1.26 % a day)
 */
export function impliedVariance(level: number, options: ImpliedVarianceOptions = {}): number {
  const { periodsPerYear = periodsOfDays } = options
  if (!(periodsPerYear > 0 && periodsPerYear < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`periodsPerYear "${periodsPerYear}" is not above 0.`, { code: 'BAD_PARAMETER' })
  }
  if (!(level > 0 && level < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`An implied volatility of "${level}" is no percentage above 0.`, {
      code: 'BAD_LEVEL',
      hints: ['Give percent a year, as indices quote it: 20, not 0.2.'],
    })
  }
  return (level * level) / 10_000 / periodsPerYear
}

/**
 * Premium, term and regime of an implied variance. The premium is that of Bollerslev, Tauchen and Zhou, Expected Stock Returns
 * and Variance Risk Premia (2009).
 *
 * @throws ConfigError `BAD_LEVEL` if a variance is not above 0 or the percentile not from 0 to 1.
 * @example
 * impliedOutlook({ implied: 2e-4, realised: 1e-4, percentile: 0.95 }).regime // => 'stressed'
 */
export function impliedOutlook({ implied, realised, percentile, farther }: ImpliedOutlookOptions): ImpliedOutlook {
  const isGood = [implied, realised, farther ?? implied].every((value) => value > 0 && value < Number.POSITIVE_INFINITY)
  if (!isGood || !(percentile >= 0 && percentile <= 1)) {
    const given = JSON.stringify({ implied, realised, percentile, farther })
    throw new ConfigError(`No outlook of ${given}.`, {
      code: 'BAD_LEVEL',
      hints: ['Variances per bar above 0, as of impliedVariance, and a percentile from 0 to 1.'],
    })
  }
  const isInverted = farther !== undefined && implied > farther
  const { calmBelow, stressedFrom } = regimeBounds
  const isStressed = percentile >= stressedFrom || isInverted
  const regime = isStressed ? 'stressed' : percentile < calmBelow ? 'calm' : 'normal'
  return { premium: implied - realised, ratio: implied / realised, regime }
}
