import { ConfigError, normalCdf, normalQuantile } from '@astertrade/core'
import { dieboldMariano } from '../evaluate/dieboldMariano.js'

/** Out-of-sample losses of a model that may get a voice. */
export interface ExpertRecord {
  readonly name: string
  /** Loss of each matured forecast, in time order. */
  readonly losses: Float64Array
}

/** What `selectExperts` takes. */
export interface SelectExpertsOptions {
  readonly records: readonly ExpertRecord[]
  /** Loss of the control that says nothing (default 0.25, that of a Brier loss). */
  readonly silentLoss?: number
  /** Bars until a forecast is judged (default 1). */
  readonly horizonBars?: number
  /** Models tried in all, those thrown away included (default the number of records). */
  readonly trials?: number
  /** Chance of a voice for the best of so many models without skill, in (0, 0.5) (default 0.05). */
  readonly level?: number
}

/** Whether a model gets a voice, and why. */
export interface Selection {
  readonly name: string
  readonly stage: 'live' | 'shadow'
  /** Mean loss less than the control. */
  readonly gain: number
  /** Probability that the gain is more than what the best of all trials has by luck. */
  readonly deflatedScore: number
}

const defaults = { silentLoss: 0.25, horizonBars: 1, level: 0.05 } as const

/**
 * Decides which models get a voice: those whose losses are smaller than the control's by more than luck explains, given how many
 * were tried.
 *
 * The statistic is that of `dieboldMariano` against a constant. From it the expected largest of `trials` standard normals is taken,
 * `(1 - g) q(1 - 1 / n) + g q(1 - 1 / (n e))` with Euler's constant `g`; what is left is the deflated score as a normal probability. Bailey and
 * López de Prado, The Deflated Sharpe Ratio (2014), equations 1 and 2, with losses in place of returns.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if an option is out of range, and as `dieboldMariano` does for losses.
 * @example
 * selectExperts({ records: [{ name: 'trend', losses }], trials: 40 }) // => [{ name: 'trend', stage: 'shadow', … }]
 */
export function selectExperts(options: SelectExpertsOptions): readonly Selection[] {
  const { records, silentLoss, horizonBars, level, trials } = {
    ...defaults,
    trials: options.records.length,
    ...options,
  }
  if (!(Number.isInteger(trials) && trials >= records.length)) {
    throw outOfRange('trials', trials, 'A whole number, at least the number of records.')
  }
  if (!(level > 0 && level < 0.5)) throw outOfRange('level', level, 'A chance between 0 and 0.5, such as 0.05.')
  const luck = expectedLargest(trials)
  return records.map(({ name, losses }) => {
    const silent = new Float64Array(losses.length).fill(silentLoss)
    const { difference, statistic } = dieboldMariano({ first: silent, second: losses, horizon: horizonBars })
    const deflatedScore = normalCdf(statistic - luck)
    return { name, stage: deflatedScore > 1 - level ? 'live' : 'shadow', gain: difference, deflatedScore }
  })
}

const euler = 0.5772156649015329

/** Expected largest of `count` independent standard normals. */
function expectedLargest(count: number): number {
  if (count < 2) return 0
  return (1 - euler) * normalQuantile(1 - 1 / count) + euler * normalQuantile(1 - 1 / (count * Math.E))
}

function outOfRange(option: string, value: number, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of selectExperts is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
