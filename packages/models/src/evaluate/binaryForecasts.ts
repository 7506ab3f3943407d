import { ConfigError } from '@astertrade/core'
import { checkPairs } from './checkPairs.js'

/** Forecasts of whether something happens, and whether it did. */
export interface BinaryForecasts {
  /** Probabilities from 0 to 1. */
  readonly probabilities: Float64Array
  /** 1 where it happened, else 0. */
  readonly outcomes: Uint8Array
}

/** @throws ConfigError with code `BAD_ROWS` or `NO_ROWS`. */
export function checkBinary({ probabilities, outcomes }: BinaryForecasts): void {
  checkPairs(1, ['probabilities', probabilities], ['outcomes', outcomes])
  for (let row = 0; row < outcomes.length; row++) {
    const [probability, outcome] = [probabilities[row]!, outcomes[row]!]
    if (probability >= 0 && probability <= 1 && outcome <= 1) continue
    throw new ConfigError(`Row ${row} with probability "${probability}" and outcome "${outcome}" is no forecast.`, {
      code: 'BAD_ROWS',
      hints: ['Probabilities from 0 to 1, outcomes 0 or 1.'],
    })
  }
}
