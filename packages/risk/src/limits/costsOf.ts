import { ConfigError } from '@astertrade/core'
import { percent } from './limitRatio.js'

/** Fees, slippage and a buffer for gaps where none are given. */
export const costsSeed = 0.003

/** Costs of getting out of a position as a ratio of its value. */
export interface TradeCosts {
  readonly near: number
  /** In whole parts per million, rounded up. */
  readonly ppm: bigint
}

/** What a name says of costs that are lower than the seed figure: `, costs 0%`, else nothing. */
export function costsNote({ near }: TradeCosts): string {
  return near < costsSeed ? `, costs ${percent(near)}` : ''
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
