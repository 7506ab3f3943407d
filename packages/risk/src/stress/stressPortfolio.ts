import { firstFlaw } from '../measures/firstFlaw.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import type { AssetClass } from '../stress.js'

/** A position as stresses see it. Shares are of its value, 0.05 for 5 %. */
export interface StressPosition {
  readonly instrument: string
  readonly assetClass: AssetClass
  readonly venue: string
  /** Value in the settlement currency, orders under way at worst case; negative when short. */
  readonly value: number
  /** From the price now to the stop, as a share of the price, 0 to 1; without a stop the whole position is at stake. */
  readonly stopDistance?: number
  /** Fee of leaving, as a share. */
  readonly feeRate: number
  /** Usual slippage of leaving, as a share. */
  readonly slippage: number
  /** Usual distance of bid and ask, as a share of the price. */
  readonly spread: number
  /** Usual gas of leaving, in the settlement currency; 0 on an exchange. */
  readonly gas: number
  /** Standard deviation of a day's return; needed by outages. */
  readonly sigma?: number
}

/** Money that lies at a venue, in the settlement currency. */
export interface StressBalance {
  readonly assetClass: AssetClass
  readonly venue: string
  readonly value: number
}

/** What is stressed. */
export interface StressPortfolio {
  readonly positions: readonly StressPosition[]
  readonly balances?: readonly StressBalance[]
}

/** What makes a portfolio impossible to value, if anything does. */
export function stressPortfolioFlaw({ positions, balances = [] }: StressPortfolio): Unavailable | undefined {
  for (const { instrument, value, stopDistance = 1, feeRate, slippage, spread, gas, sigma = 0 } of positions) {
    if (!Number.isFinite(value)) return unavailable('NOT_FINITE', `a value of ${instrument}`, value)
    const shares = [stopDistance, feeRate, slippage, spread, gas, sigma]
    if (firstFlaw(shares) < 0 && shares.every((share) => share >= 0) && stopDistance <= 1) continue
    return unavailable('NOT_FINITE', `finite shares from 0 on for ${instrument}`, shares.join(', '))
  }
  for (const { venue, value } of balances) {
    if (!Number.isFinite(value)) return unavailable('NOT_FINITE', `a balance at ${venue}`, value)
  }
  return undefined
}
