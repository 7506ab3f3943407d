import { ConfigError, type Money, money, moneyToNumber } from '@astertrade/core'
import { checkOptionChoice } from './limits/checkOptions.js'
import { aboveSeed, type LimitRatio, percent, shareOf } from './limits/limitRatio.js'
import { type Ceilings, seedTiers } from './seedFigures.js'

/** A band of equity and what one position may be in it. */
export interface CapitalTierOptions {
  /** Least equity, as decimal text; it belongs to the tier. */
  readonly from: string
  /** What a position may lose at its stop, as a share of equity. */
  readonly risk: number
  /** What a position may be worth, as a share of equity. */
  readonly position: number
}

/** A tier with exact figures. */
export interface CapitalTier {
  readonly from: Money
  /** The same as a double. */
  readonly fromNear: number
  readonly risk: LimitRatio
  readonly position: LimitRatio
}

/** Tiers from the smallest equity up. Below the first there is none, and only exits are allowed. */
export interface CapitalTiers {
  readonly list: readonly CapitalTier[]
  /** True when every share is at most that of the seed tiers at the same equity. */
  readonly isSeed: boolean
}

/**
 * Reads the tiers of capital.
 *
 * @throws ConfigError `BAD_TIERS` for no tier, bounds that do not rise or shares that fall; `BAD_LIMIT` for a share that is none;
 * `ABOVE_SEED` for one above the seed tiers without `ceilings: 'own'`.
 * @example
 * tierOf(capitalTiers(), money('499.999999999999999999')) // => 1
 */
export function capitalTiers(
  tiers: readonly CapitalTierOptions[] = seedTiers,
  ceilings: Ceilings = 'seed',
): CapitalTiers {
  checkOptionChoice('ceilings', ceilings, ['seed', 'own'])
  if (tiers.length === 0) throw badTiers('There is no capital tier.')
  const list = tiers.map(readTier)
  for (const [index, tier] of list.entries()) {
    const before = list[index - 1]
    if (before === undefined) continue
    if (tier.from <= before.from)
      throw badTiers(`Tier ${index + 1} starts at ${tiers[index]!.from}, not above the one before.`)
    if (tier.risk.ppm < before.risk.ppm || tier.position.ppm < before.position.ppm) {
      throw badTiers(`Tier ${index + 1} allows less than the one before.`)
    }
  }
  const loose = list.find(isLooser)
  if (loose && ceilings === 'seed') {
    throw aboveSeed(
      `The tier from ${loose.fromNear} on, ${percent(loose.risk.near)} risk and ${percent(loose.position.near)} position, is looser than the seed tiers.`,
    )
  }
  return { list, isSeed: loose === undefined }
}

function readTier({ from, risk, position }: CapitalTierOptions): CapitalTier {
  const exact = money(from)
  if (exact <= 0n) throw badTiers(`A tier starts at ${from}, not above 0.`)
  const hint = 'A share of equity: 1 % is 0.01.'
  return {
    from: exact,
    fromNear: moneyToNumber(exact),
    risk: shareOf('risk of a tier', risk, hint),
    position: shareOf('position of a tier', position, hint),
  }
}

/** True when a tier allows more than the seed does somewhere in its band; the least equity is where the seed is strictest. */
function isLooser({ from, risk, position }: CapitalTier): boolean {
  const seed = [...seedTiers].reverse().find((tier) => money(tier.from) <= from)
  return seed === undefined || risk.near > seed.risk || position.near > seed.position
}

function badTiers(message: string): ConfigError {
  return new ConfigError(message, {
    code: 'BAD_TIERS',
    hints: [
      "Tiers rise, such as [{ from: '100', risk: 0.005, position: 0.1 }, { from: '500', risk: 0.01, position: 0.15 }].",
    ],
  })
}

/**
 * Number of the tier of an equity: 0 below the first bound, which is reached by exactly its value.
 *
 * @throws ConfigError `BAD_FIGURE` for an equity that is no exact amount.
 */
export function tierOf({ list }: CapitalTiers, equity: Money): number {
  if (typeof equity !== 'bigint') {
    throw new ConfigError(`equity ${JSON.stringify(equity)} of a tier is not an exact amount.`, {
      code: 'BAD_FIGURE',
      hints: ["Write money('500')."],
    })
  }
  let tier = 0
  while (tier < list.length && equity >= list[tier]!.from) tier++
  return tier
}

/** Figures of all tiers in a row, such as `10/15/20/25%`. */
export function tiersLabel(tiers: CapitalTiers, figure: 'risk' | 'position'): string {
  const shares = tiers.list.map((tier) => percent(tier[figure].near).replace('%', '')).join('/')
  return tiers.isSeed ? `${shares}%` : `${shares}%, above seed`
}
