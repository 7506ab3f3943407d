import { defineStrategy, type StrategyDefinition, target } from '@astertrade/core'

/** Parameters of `buyAndHold`. */
export interface BuyAndHoldParams {
  /** Share of the allocation in one instrument; with n instruments give 1 / n. */
  readonly exposure: number
}

/**
 * Buys on the first bar of each instrument and holds: what every strategy is compared with, at the same costs.
 *
 * @example
 * buyAndHold.params // => { exposure: 1 }
 */
export const buyAndHold: StrategyDefinition<BuyAndHoldParams> = defineStrategy<BuyAndHoldParams>({
  name: 'buy-and-hold',
  params: { exposure: 1 },
  create({ exposure }) {
    const bought = new Set<string>()
    return {
      onBar(bar) {
        if (bought.has(bar.instrument)) return undefined
        bought.add(bar.instrument)
        return target(bar.instrument, exposure, { stop: 'none' })
      },
    }
  },
})
