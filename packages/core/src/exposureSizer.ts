import type { Sizer } from './risk.js'

/** Sizes an exposure as its share of the budget at the price; a negative price counts by its size, so that long stays long. */
export const exposureSizer: Sizer = {
  name: 'exposure',
  size: (_instrument, exposure, budget, price) => (exposure * budget) / Math.abs(price),
}
