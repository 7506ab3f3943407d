import { ConfigError } from '@astertrade/core'

/** Costs of getting out of a position as a ratio of its value. */
export interface TradeCosts {
  readonly near: number
  /** In whole parts per million, rounded up. */
  readonly ppm: bigint
}

/**
 * Reads costs as a ratio of a position's value.
 *
 * @throws ConfigError `BAD_COSTS` for anything outside [0, 1).
 */
export function costsOf(rule: string, costs: number): TradeCosts {
  if (typeof costs === 'number' && costs >= 0 && costs < 1) {
    const parts = Math.ceil(costs * 1e6 - 1e-6)
    return { near: parts / 1e6, ppm: BigInt(parts) }
  }
  const got = typeof costs === 'string' ? JSON.stringify(costs) : `"${costs}"`
  throw new ConfigError(`${rule} costs ${got} are not a ratio from 0 to 1.`, {
    code: 'BAD_COSTS',
    hints: ['Fees, slippage and a buffer for gaps, such as 0.003.'],
  })
}
