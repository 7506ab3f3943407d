import { ConfigError } from '@astertrade/core'
import { checkPairs } from './checkPairs.js'
import { ranks } from './ranks.js'

/** A figure and how far chance alone moves it. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** Scores of any scale, and whether it happened. */
export interface ScoredOutcomes {
  readonly scores: Float64Array
  /** 1 where it happened, else 0. */
  readonly outcomes: Uint8Array
}

/**
 * Area under the receiver operating characteristic: the probability that a row where it happened scores higher than one where it
 * did not; ties count half, 0.5 is chance.
 *
 * The standard error is that of Hanley and McNeil (1982); it takes rows for independent, so that overlapping labels need it
 * multiplied by the square root of their overlap.
 *
 * @throws ConfigError with code `NO_ROWS` if one of the two outcomes never occurs, or `BAD_ROWS` if lengths differ, a score is not finite
 * or an outcome is neither 0 nor 1.
 * @example
 * auc({ scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), outcomes: Uint8Array.of(0, 0, 1, 1) }).value // => 0.75
 */
export function auc({ scores, outcomes }: ScoredOutcomes): Estimate {
  checkPairs(2, ['scores', scores], ['outcomes', outcomes])
  const ranked = ranks(scores)
  let [rankSum, yes] = [0, 0]
  for (let row = 0; row < outcomes.length; row++) {
    if (outcomes[row] === 0) continue
    if (outcomes[row] !== 1) {
      throw new ConfigError(`Row ${row} of outcomes is "${outcomes[row]}".`, {
        code: 'BAD_ROWS',
        hints: ['1 where it happened, else 0.'],
      })
    }
    rankSum += ranked[row]!
    yes++
  }
  const no = outcomes.length - yes
  if (yes === 0 || no === 0) {
    throw new ConfigError(`An area needs both outcomes; ${yes} of ${outcomes.length} rows happened.`, {
      code: 'NO_ROWS',
    })
  }
  const area = (rankSum - (yes * (yes + 1)) / 2) / (yes * no)
  const both = (yes - 1) * (area / (2 - area) - area * area) + (no - 1) * ((2 * area * area) / (1 + area) - area * area)
  return { value: area, standardError: Math.sqrt(Math.max(0, (area * (1 - area) + both) / (yes * no))) }
}
