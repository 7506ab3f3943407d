import { ConfigError, createRandom, normalQuantile } from '@astertrade/core'
import { sortedQuantile } from '@astertrade/core/stats'
import { checkConfidence } from '../measures/confidence.js'
import { firstFlaw } from '../measures/firstFlaw.js'
import { normalTail } from '../measures/normalRisk.js'
import { studentTQuantile } from '../measures/studentT.js'
import { studentTTail } from '../measures/studentTRisk.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import type { RiskForecasts } from './walkForward.js'

/** How the shortfalls of a forecast compare with what was lost. */
export interface ShortfallTest {
  readonly kind: 'shortfallTest'
  /** Acerbi and Szekely's Z₂: about 0 if the forecasts are right, negative if they are too small. */
  readonly statistic: number
}

/**
 * Acerbi and Szekely's second test of expected shortfall: `Z₂ = 1 - Σ L_t I_t / (T (1-α) ES_t)`, where I marks losses
 * beyond value at risk.
 *
 * Acerbi and Szekely, Backtesting Expected Shortfall (2014), section 2.2. Compare with `acerbiSzekelyCritical`.
 * Unavailable with `NO_DATA` for no period, `NOT_FINITE` for a figure that is no finite number, `NOT_POSITIVE` for a
 * shortfall of 0 or less.
 *
 * @throws ConfigError `LENGTH_MISMATCH` for lists of different lengths, `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * acerbiSzekely(
 *   { losses: [1, 5], valueAtRisk: [3, 3], expectedShortfall: [4, 4] },
 *   { confidencePerMille: 750 },
 * ) // => { kind: 'shortfallTest', statistic: -1.5 }
 */
export function acerbiSzekely(
  { losses, valueAtRisk, expectedShortfall }: RiskForecasts,
  { confidencePerMille }: { readonly confidencePerMille: number },
): ShortfallTest | Unavailable {
  checkConfidence(confidencePerMille)
  const count = losses.length
  if (valueAtRisk.length !== count || expectedShortfall.length !== count) {
    throw new ConfigError(
      `${count} losses have ${valueAtRisk.length} values at risk and ${expectedShortfall.length} shortfalls.`,
      { code: 'LENGTH_MISMATCH' },
    )
  }
  if (count === 0) return unavailable('NO_DATA', 'a forecast', 'none')
  if ([losses, valueAtRisk, expectedShortfall].some((list) => firstFlaw(list) >= 0)) {
    return unavailable('NOT_FINITE', 'finite figures', 'one that is not')
  }
  let sum = 0
  for (let t = 0; t < count; t++) {
    if (!(expectedShortfall[t]! > 0)) return unavailable('NOT_POSITIVE', 'shortfalls above 0', expectedShortfall[t]!)
    if (losses[t]! > valueAtRisk[t]!) sum += losses[t]! / expectedShortfall[t]!
  }
  return { kind: 'shortfallTest', statistic: 1 - (sum * 1_000) / (count * (1_000 - confidencePerMille)) }
}

/** What `acerbiSzekelyCritical` takes. */
export interface ShortfallCriticalOptions {
  /** Periods of the test, an integer from 1 to 10,000. */
  readonly observations: number
  readonly confidencePerMille: number
  readonly seed: number | string
  /**
   * Distribution of the losses if forecasts are right: Student-t with these degrees of freedom, from 3 to 1,000
   * (default normal).
   */
  readonly degrees?: number
  /** Share of right forecasts that are rejected, in per mille (default 50). */
  readonly significancePerMille?: number
  /** Simulated tests, an integer from 100 to 100,000 (default 5,000). */
  readonly simulations?: number
}

const criticalDefaults = { significancePerMille: 50, simulations: 5_000 } as const

/**
 * The value of Z₂ below which forecasts are rejected, simulated for the number of periods and the confidence at hand:
 * about -0.70 for 250 periods at 97.5 % and a significance of 5 %, little dependent on the distribution.
 *
 * @throws ConfigError `BAD_SIMULATION` for numbers that simulate nothing, `BAD_CONFIDENCE`, `BAD_DEGREES`, `BAD_SEED`.
 * @example
 * acerbiSzekelyCritical({ observations: 250, confidencePerMille: 975, seed: 1 }) // about -0.7
 */
export function acerbiSzekelyCritical(options: ShortfallCriticalOptions): number {
  const { observations, confidencePerMille, seed, degrees, significancePerMille, simulations } = {
    ...criticalDefaults,
    ...options,
  }
  checkConfidence(confidencePerMille)
  checkConfidence(significancePerMille)
  checkSimulation(observations, simulations)
  checkDegrees(degrees)
  const { expectedShortfall } =
    degrees === undefined ? normalTail(1, confidencePerMille) : studentTTail(1, degrees, confidencePerMille)
  const scale = degrees === undefined ? 1 : Math.sqrt((degrees - 2) / degrees)
  const stream = createRandom(seed).stream('acerbiSzekely')
  const level = confidencePerMille / 1_000
  const statistics = new Float64Array(simulations)
  for (let run = 0; run < simulations; run++) {
    let sum = 0
    for (let t = 0; t < observations; t++) {
      const u = stream.uniform()
      if (u <= level) continue
      sum += degrees === undefined ? normalQuantile(u) : scale * studentTQuantile(u, degrees)
    }
    statistics[run] = 1 - sum / (observations * (1 - level) * expectedShortfall)
  }
  return sortedQuantile(statistics.sort(), significancePerMille / 1_000)
}

function checkSimulation(observations: number, simulations: number): void {
  const fits = Number.isInteger(observations) && observations >= 1 && observations <= 10_000
  if (fits && Number.isInteger(simulations) && simulations >= 100 && simulations <= 100_000) return
  throw new ConfigError(`No simulation of "${simulations}" tests over "${observations}" observations.`, {
    code: 'BAD_SIMULATION',
    hints: ['Observations are an integer from 1 to 10,000, simulations one from 100 to 100,000.'],
  })
}

function checkDegrees(degrees: number | undefined): void {
  if (degrees === undefined || (degrees >= 3 && degrees <= 1_000)) return
  throw new ConfigError(`degrees "${degrees}" is not a number from 3 to 1,000.`, {
    code: 'BAD_DEGREES',
    hints: ['With 2 or fewer a Student-t distribution has no variance.'],
  })
}
