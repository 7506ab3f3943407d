import { ConfigError } from '../errors.js'
import type { Instrument } from '../instrument.js'

/** A crossing fill about to be priced. */
export interface SlippedFill {
  readonly instrument: Instrument
  /** +1 buys, -1 sells. */
  readonly direction: 1 | -1
  /** Price without slippage. */
  readonly price: number
  /** Base units. */
  readonly quantity: number
  /** Volume of the bar in base units. */
  readonly volume: number
  /** High minus low of the bar. */
  readonly range: number
}

/** How much worse than the bar says a crossing order fills. */
export interface SlippageModel {
  /** Text that enters the result hash. */
  readonly name: string
  /** Distance in price units, ≥ 0, against the order. */
  distance(fill: SlippedFill): number
  /** Part of it that is a known share of the price, which entries keep aside. */
  readonly ratio: number
}

/** Fills at the price the bar says. */
export const noSlippage: SlippageModel = { name: 'none', distance: () => 0, ratio: 0 }

/**
 * A fixed share of the price, in basis points.
 *
 * @throws ConfigError if the figure is negative or not finite.
 */
export function fixedSlippage(options: { readonly bps: number }): SlippageModel {
  const ratio = atLeastZero(options.bps, 'bps') / 10_000
  return { name: `${options.bps} bps`, distance: ({ price }) => Math.abs(price) * ratio, ratio }
}

/**
 * A fixed number of ticks.
 *
 * @throws ConfigError if the figure is negative or not finite.
 */
export function tickSlippage(options: { readonly ticks: number }): SlippageModel {
  const ticks = atLeastZero(options.ticks, 'ticks')
  return { name: `${ticks} ticks`, distance: ({ instrument }) => instrument.tick.size * ticks, ratio: 0 }
}

/**
 * Half of a spread that is a share of the price, in basis points.
 *
 * @throws ConfigError if the figure is negative or not finite.
 */
export function halfSpread(options: { readonly spreadBps: number }): SlippageModel {
  const ratio = atLeastZero(options.spreadBps, 'spreadBps') / 20_000
  return { name: `half of ${options.spreadBps} bps`, distance: ({ price }) => Math.abs(price) * ratio, ratio }
}

/**
 * Impact that grows with the square of the order's share of the bar's volume: `price · impact · share²`, share at most 1.
 *
 * A bar without volume counts as a share of 1.
 *
 * @throws ConfigError if the figure is negative or not finite.
 */
export function volumeShareSlippage(options: { readonly impact: number }): SlippageModel {
  const impact = atLeastZero(options.impact, 'impact')
  return {
    name: `volume share, impact ${impact}`,
    distance({ price, quantity, volume }) {
      const share = volume > quantity ? quantity / volume : 1
      return Math.abs(price) * impact * share * share
    },
    ratio: 0,
  }
}

/**
 * Square-root impact: `factor · range · √(quantity / volume)`, the bar's range standing for volatility, the share at most 1.
 *
 * Almgren et al., Direct Estimation of Equity Market Impact (2005), the common simplified form.
 *
 * @throws ConfigError if the figure is negative or not finite.
 */
export function squareRootImpact(options: { readonly factor: number }): SlippageModel {
  const factor = atLeastZero(options.factor, 'factor')
  return {
    name: `square root, factor ${factor}`,
    distance: ({ quantity, volume, range }) => factor * range * Math.sqrt(volume > quantity ? quantity / volume : 1),
    ratio: 0,
  }
}

/** Several distances added. */
export function sumSlippage(models: readonly SlippageModel[]): SlippageModel {
  return {
    name: models.map((model) => model.name).join(' + ') || 'none',
    distance: (fill) => models.reduce((sum, model) => sum + model.distance(fill), 0),
    ratio: models.reduce((sum, model) => sum + model.ratio, 0),
  }
}

function atLeastZero(value: number, name: string): number {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
  throw new ConfigError(`Slippage ${name} "${value}" is not a finite number ≥ 0.`, { code: 'BAD_SLIPPAGE' })
}
