import { ConfigError } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionChoice } from './checkOptions.js'

/** Parts per million in one. */
export const million = 1_000_000n

/** A limit as a share of an amount of money: exact for verdicts, as a double for a first look. */
export interface LimitRatio {
  /** 0.05 is 5 %. */
  readonly near: number
  /** The same in whole parts per million. */
  readonly ppm: bigint
  /** `5%`, or `8%, seed 5%` when it is above the seed figure. */
  readonly label: string
}

/**
 * Reads a limit between 0 and 1.
 *
 * @throws ConfigError if it is no number in (0, 1], no whole number of parts per million, or above the seed figure without `own`.
 */
export function limitRatio(rule: keyof typeof seedFigures, limit: number, ceilings: Ceilings): LimitRatio {
  const seed = seedFigures[rule]
  const ratio = shareOf(
    `${rule} limit`,
    limit,
    `A limit is a share of equity: 5 % is 0.05. The seed figure is ${seed}.`,
  )
  checkOptionChoice('ceilings', ceilings, ['seed', 'own'])
  if (limit <= seed) return ratio
  if (ceilings === 'seed') throw aboveSeed(`${rule} limit "${limit}" is looser than the seed figure ${seed}.`)
  return { ...ratio, label: `${ratio.label}, seed ${percent(seed)}` }
}

/**
 * Reads a share between 0 and 1 in whole parts per million.
 *
 * @throws ConfigError `BAD_LIMIT` for anything else.
 */
export function shareOf(name: string, share: number, hint: string): LimitRatio {
  if (typeof share !== 'number' || !(share > 0 && share <= 1)) {
    const got = typeof share === 'string' ? JSON.stringify(share) : `"${share}"`
    throw new ConfigError(`${name} ${got} is not a number above 0 and at most 1.`, { code: 'BAD_LIMIT', hints: [hint] })
  }
  const parts = Math.round(share * 1e6)
  if (parts / 1e6 !== share) {
    throw new ConfigError(`${name} "${share}" has more than six decimals.`, {
      code: 'BAD_LIMIT',
      hints: [`Limits are whole parts per million, such as ${Math.max(1, parts) / 1e6}.`],
    })
  }
  return { near: share, ppm: BigInt(parts), label: percent(share) }
}

/** The error of a limit that was loosened without saying so. */
export function aboveSeed(message: string): ConfigError {
  return new ConfigError(message, {
    code: 'ABOVE_SEED',
    hints: ["To loosen knowingly add ceilings: 'own'; the name of the rule then says so in every report."],
    docsPath: 'packages/risk/README.md',
  })
}

/** A share as people read it: 0.0525 is `5.25%`. */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 1e6) / 1e4}%`
}
