import { ConfigError, log, pow } from '@astertrade/core'
import { checkFigure } from './checkFigure.js'

/** What `riskConstrainedKelly` takes. */
export interface RiskConstrainedKellyOptions {
  /** Returns of one unit of the bet, each as likely as the others. */
  readonly outcomes: ArrayLike<number>
  /** Equity that should be kept, as a fraction of the start (default 0.9: a fall of 10 %). */
  readonly keep?: number
  /** Probability that it may ever be undercut (default 0.1). */
  readonly probability?: number
}

const defaults = { keep: 0.9, probability: 0.1 } as const
const halvings = 200

/**
 * The stake that maximises growth while the probability of ever falling to a fraction of the start stays bounded; 0 without an edge.
 *
 * Maximises the mean of `ln(1 + f r)` subject to the mean of `(1 + f r)^−λ` being at most 1, `λ = ln(probability) / ln(keep)`, for
 * one bet: both are monotone where they matter, so a bisection finds the stake. Busseti, Ryu and Boyd, Risk-Constrained Kelly
 * Gambling (2016), section 4.
 *
 * @throws ConfigError `BAD_FIGURE` for bounds outside (0, 1), `NO_DATA` without outcomes, `NOT_FINITE` for one that is no number,
 * `NO_LOSS` where no outcome loses, since any stake would do.
 * @example
 * riskConstrainedKelly({ outcomes: [1, 1, 1, -1, -1] }) // => 0.0177…, an eleventh of full Kelly's 0.2
 */
export function riskConstrainedKelly(options: RiskConstrainedKellyOptions): number {
  const { outcomes, keep, probability } = { ...defaults, ...options }
  checkFigure('keep', keep, 'inner')
  checkFigure('probability', probability, 'inner')
  const worst = worstOutcome(outcomes)
  if (!(meanOf(outcomes, (outcome) => outcome) > 0)) return 0
  const power = log(probability) / log(keep)
  const growthRises = (f: number): boolean => meanOf(outcomes, (outcome) => outcome / (1 + f * outcome)) > 0
  const isAllowed = (f: number): boolean => meanOf(outcomes, (outcome) => pow(1 + f * outcome, -power)) <= 1
  return lastWhere((f) => growthRises(f) && isAllowed(f), -1 / worst)
}

/** The largest f in [0, end) for which a condition holds that holds from 0 up to there; never one for which it does not. */
function lastWhere(holds: (f: number) => boolean, end: number): number {
  let low = 0
  let high = end
  for (let step = 0; step < halvings; step++) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

function worstOutcome(outcomes: ArrayLike<number>): number {
  if (outcomes.length === 0) throw new ConfigError('A bet needs at least one outcome.', { code: 'NO_DATA' })
  let worst = Number.POSITIVE_INFINITY
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i]!
    if (!Number.isFinite(outcome)) throw new ConfigError(`Outcome ${i} is "${outcome}".`, { code: 'NOT_FINITE' })
    worst = Math.min(worst, outcome)
  }
  if (worst < 0) return worst
  throw new ConfigError(`No outcome loses: the worst is "${worst}".`, {
    code: 'NO_LOSS',
    hints: ['A sample without a loss is too short to size on.'],
  })
}

function meanOf(outcomes: ArrayLike<number>, of: (outcome: number) => number): number {
  let sum = 0
  for (let i = 0; i < outcomes.length; i++) sum += of(outcomes[i]!)
  return sum / outcomes.length
}
