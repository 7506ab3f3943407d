import { ConfigError } from '../errors.js'
import type { Liquidity } from '../fill.js'
import type { Instrument, Price, Quantity } from '../instrument.js'
import { type Money, money, moneyToNumber } from '../money.js'
import { quoted } from '../quoted.js'

/** A fill about to be charged. */
export interface ChargedFill {
  readonly instrument: Instrument
  readonly price: Price
  readonly quantity: Quantity
  readonly liquidity: Liquidity
}

/** What trading costs at the venue. */
export interface FeeModel {
  /** Text that enters the result hash. */
  readonly name: string
  /** Fee of one fill, negative for a rebate. Called in fill order; tiers may count volume. */
  charge(fill: ChargedFill): Money
  /** Highest proportional rate as a ratio, which entries keep aside. */
  readonly highestRate: number
  /** Most that a fill costs besides: per base unit and per fill (default nothing), which entries pay for too. */
  readonly fixed?: { readonly perUnit: number; readonly perFill: number }
  /** Fresh state for a new run. */
  fresh(): FeeModel
}

const none = money('0')

/** No fees. */
export const noFees: FeeModel = { name: 'none', charge: () => none, highestRate: 0, fresh: () => noFees }

/** Rates of one venue tier, as ratios on whole parts per million. */
export interface MakerTaker {
  /** 0.001 is 0.1 %; negative for a rebate. */
  readonly maker: number
  readonly taker: number
}

/**
 * A share of each fill's value: one rate for resting and one for crossing orders. Rounded up at 1e-18.
 *
 * @throws ConfigError if a rate is not a whole number of parts per million, or reaches 1.
 * @example
 * makerTaker({ maker: 0.0002, taker: 0.0005 }).name // => 'maker 0.0002, taker 0.0005'
 */
export function makerTaker(rates: MakerTaker): FeeModel {
  if (typeof rates !== 'object' || rates === null) throw noRates(rates)
  const maker = ppmOf(rates.maker, 'maker')
  const taker = ppmOf(rates.taker, 'taker')
  const model: FeeModel = {
    name: `maker ${rates.maker}, taker ${rates.taker}`,
    charge: ({ instrument, price, quantity, liquidity }) =>
      instrument.share(price, quantity, liquidity === 'maker' ? maker : taker),
    highestRate: Math.max(0, rates.maker, rates.taker),
    fresh: () => model,
  }
  return model
}

/** A tier: from this traded value on, these rates. */
export interface FeeTier extends MakerTaker {
  /** Traded value in the settlement currency from which the tier holds; the first tier starts at 0. */
  readonly from: number
}

/**
 * Rates that fall as the run trades: the tier is chosen by the value traded before each fill.
 *
 * @throws ConfigError if the tiers do not start at 0 and rise, or a rate is off.
 */
export function tieredFees(tiers: readonly FeeTier[]): FeeModel {
  if (
    !Array.isArray(tiers) ||
    tiers[0]?.from !== 0 ||
    tiers.some((tier, index) => index > 0 && !(tier.from > tiers[index - 1]!.from))
  ) {
    throw new ConfigError('Fee tiers do not start at 0 and rise.', {
      code: 'BAD_FEES',
      hints: ['[{ from: 0, maker: 0.001, taker: 0.001 }, { from: 1_000_000, maker: 0.0008, taker: 0.001 }]'],
    })
  }
  const models = tiers.map((tier) => makerTaker(tier))
  const create = (): FeeModel => {
    let traded = 0
    return {
      name: `tiers ${tiers.map((tier, index) => `${tier.from}: ${models[index]!.name}`).join('; ')}`,
      charge(fill) {
        let index = 0
        while (index + 1 < tiers.length && traded >= tiers[index + 1]!.from) index++
        traded += Math.abs(fill.price) * fill.quantity
        return models[index]!.charge(fill)
      },
      highestRate: Math.max(...models.map((model) => model.highestRate)),
      fresh: create,
    }
  }
  return create()
}

/** Fixed parts of a fee, as decimal text in the settlement currency. */
export interface FixedFees {
  /** Per base unit, as for shares or contracts. */
  readonly perUnit?: string
  /** Per fill. */
  readonly flat?: string
  /** Least fee of one fill. */
  readonly minimum?: string
}

/**
 * A fee per share or contract, per fill, or both, with a minimum.
 *
 * @throws ConfigError if a text is no amount or is negative.
 */
export function fixedFees(options: FixedFees): FeeModel {
  const { perUnit = '0', flat = '0', minimum = '0' } = options
  const [unit, base, least] = [perUnit, flat, minimum].map((text) => notNegative(text)) as [Money, Money, Money]
  const model: FeeModel = {
    name: `${perUnit} per unit, ${flat} per fill, at least ${minimum}`,
    charge({ instrument, quantity }) {
      const { scale } = instrument.lot
      const fee = ((unit * BigInt(Math.round(quantity * scale)) + BigInt(scale) - 1n) / BigInt(scale) + base) as Money
      return fee < least ? least : fee
    },
    highestRate: 0,
    fixed: { perUnit: moneyToNumber(unit), perFill: Math.max(moneyToNumber(base), moneyToNumber(least)) },
    fresh: () => model,
  }
  return model
}

/** Several models charged together. */
export function sumFees(models: readonly FeeModel[]): FeeModel {
  return {
    name: models.map((model) => model.name).join(' + ') || 'none',
    charge: (fill) => models.reduce((sum, model) => sum + model.charge(fill), 0n) as Money,
    highestRate: models.reduce((sum, model) => sum + model.highestRate, 0),
    ...(models.some(({ fixed }) => fixed !== undefined) ? { fixed: sumFixed(models) } : {}),
    fresh: () => sumFees(models.map((model) => model.fresh())),
  }
}

function sumFixed(models: readonly FeeModel[]): NonNullable<FeeModel['fixed']> {
  return {
    perUnit: models.reduce((sum, { fixed }) => sum + (fixed?.perUnit ?? 0), 0),
    perFill: models.reduce((sum, { fixed }) => sum + (fixed?.perFill ?? 0), 0),
  }
}

function noRates(given: unknown): ConfigError {
  return new ConfigError(`The rates of makerTaker are ${quoted(given)}.`, {
    code: 'BAD_FEES',
    hints: ['makerTaker({ maker: 0.001, taker: 0.001 }) charges 0.1 % of each fill.'],
  })
}

function ppmOf(rate: number, name: string): number {
  const ppm = Math.round(rate * 1e6)
  if (typeof rate !== 'number' || !(Math.abs(rate) < 1) || Math.abs(ppm - rate * 1e6) > 1e-6) {
    throw new ConfigError(`The ${name} fee "${rate}" is not a ratio on whole parts per million.`, {
      code: 'BAD_FEES',
      hints: ['0.1 % is 0.001; 2.5 basis points are 0.00025.'],
    })
  }
  return ppm
}

function notNegative(text: string): Money {
  const amount = money(text)
  if (amount < 0n)
    throw new ConfigError(`The fee "${text}" is negative.`, {
      code: 'BAD_FEES',
      hints: ["Decimal text such as '0.005'."],
    })
  return amount
}
