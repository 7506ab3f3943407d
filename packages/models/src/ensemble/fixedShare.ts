import { ConfigError, exp } from '@astertrade/core'
import type { ExpertWeights } from './expertWeights.js'

/** What `fixedShare` takes. */
export interface FixedShareOptions {
  /** Number of experts, from 1. */
  readonly experts: number
  /** Share of all weight that is dealt out evenly after each round, from 0 to 1 (default 0.001). */
  readonly share?: number
  /** Learning rate, above 0 (default 0.2). */
  readonly rate?: number
}

const defaults = { share: 1e-3, rate: 0.2 } as const

/**
 * Weighs experts so that the mixture loses little more than the best expert of each stretch of time.
 *
 * `v = w exp(-rate * loss)`, brought back to a sum of 1, then `w = (1 - share) v + share / n`. Over `T` rounds and against any
 * sequence of experts with `m` switches, the losses of the mixture exceed those of the sequence by at most
 * `(m + 1) / rate * ln n + 1 / rate * ln(1 / (share^m (1 - share)^(T - m - 1))) + rate * T / 8`. Sleeping experts keep their weight, and
 * those awake share theirs among themselves. Herbster and Warmuth (1998); sleeping: Freund et al. (1997).
 *
 * @throws ConfigError with code `BAD_PARAMETER` if an option is out of range.
 * @example
 * const weigher = fixedShare({ experts: 2 })
 * for (let round = 0; round < 20; round++) weigher.learn(Float64Array.of(0, 1))
 * weigher.weights[0] // => 0.979
 */
export function fixedShare(options: FixedShareOptions): ExpertWeights {
  const { experts, share, rate } = { ...defaults, ...options }
  checkOptions(experts, share, rate)
  const weights = new Float64Array(experts).fill(1 / experts)
  return {
    id: `fixedShare(${share}, ${rate})`,
    weights,
    learn(losses) {
      let [before, after, awake] = [0, 0, 0]
      for (let index = 0; index < experts; index++) {
        const loss = losses[index]!
        if (Number.isNaN(loss)) continue
        before += weights[index]!
        weights[index] = weights[index]! * exp(-rate * loss)
        after += weights[index]!
        awake++
      }
      if (awake === 0) return
      const keep = ((1 - share) * before) / after
      const dealt = (share * before) / awake
      for (let index = 0; index < experts; index++) {
        if (!Number.isNaN(losses[index]!)) weights[index] = keep * weights[index]! + dealt
      }
    },
    snapshot: () => weights.slice(),
    restore: (state) => weights.set(state),
  }
}

function checkOptions(experts: number, share: number, rate: number): void {
  const wrong = (name: string, value: number, hint: string): ConfigError =>
    new ConfigError(`${name} "${value}" of fixedShare is out of range.`, { code: 'BAD_PARAMETER', hints: [hint] })
  if (!Number.isInteger(experts) || experts < 1) throw wrong('experts', experts, 'A whole number from 1.')
  if (!(share >= 0 && share < 1)) throw wrong('share', share, 'A share from 0 and below 1, such as 0.001.')
  if (!(rate > 0 && rate <= 100)) throw wrong('rate', rate, 'A rate above 0 and at most 100, such as 0.2.')
}
