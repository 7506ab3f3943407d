import { ConfigError } from '@astertrade/core'

/** How rare a loss is meant. */
export interface ConfidenceOptions {
  /**
   * Share of periods in which the loss stays at or below value at risk, in per mille: an integer from 1 to 999 (default
   * 950).
   */
  readonly confidencePerMille?: number
}

/** The confidence where none is given: 95 %. */
export const confidenceDefault = 950

/**
 * Checks a confidence, which is kept in per mille so that ranks are integer arithmetic.
 *
 * @throws ConfigError `BAD_CONFIDENCE` if it is not an integer from 1 to 999.
 */
export function checkConfidence(perMille: number): number {
  if (Number.isInteger(perMille) && perMille >= 1 && perMille <= 999) return perMille
  throw new ConfigError(`confidencePerMille ${JSON.stringify(perMille) ?? perMille} is not an integer from 1 to 999.`, {
    code: 'BAD_CONFIDENCE',
    hints: ['95 % is 950, 97.5 % is 975, 99 % is 990.'],
  })
}

/** The rank `k = ⌈α·n⌉` of value at risk among `n` losses in rising order, counted from 1. */
export function confidenceRank(count: number, perMille: number): number {
  return Math.ceil((count * perMille) / 1_000)
}
