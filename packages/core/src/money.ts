import type { Brand } from './brand.js'
import { ConfigError } from './errors.js'
import { shown } from './shown.js'

/** An exact amount of the settlement currency, in units of 1e-18. Ledger only; never the input of an indicator. */
export type Money = Brand<bigint, 'Money'>

/** One unit of the settlement currency as `Money`. */
export const moneyScale = 10n ** 18n

/**
 * Reads decimal text exactly.
 *
 * @throws ConfigError if the text is not a plain decimal or has more than 18 decimals.
 * @example
 * money('12.34') // => 12340000000000000000n
 */
export function money(text: string): Money {
  const match = typeof text === 'string' ? /^([+-]?)(\d+)(?:\.(\d{1,18}))?$/.exec(text) : null
  if (!match) {
    throw new ConfigError(`Not an amount of money: ${shown(text)}.`, {
      code: 'BAD_MONEY',
      hints: ["Use plain decimal text with at most 18 decimals, such as '10000' or '12.34'."],
    })
  }
  const [, sign, whole, fraction = ''] = match
  const magnitude = BigInt(whole as string) * moneyScale + BigInt(fraction.padEnd(18, '0'))
  return (sign === '-' ? -magnitude : magnitude) as Money
}

/**
 * Prints an amount exactly, without trailing zeros; `money(formatMoney(x)) === x`.
 *
 * @example
 * formatMoney(money('-12.340')) // => '-12.34'
 */
export function formatMoney(amount: bigint): string {
  const negative = amount < 0n
  const magnitude = negative ? -amount : amount
  const fraction = (magnitude % moneyScale).toString().padStart(18, '0').replace(/0+$/, '')
  return `${negative ? '-' : ''}${magnitude / moneyScale}${fraction ? `.${fraction}` : ''}`
}

/** The nearest double of an amount, in units of the settlement currency: for statistics and print, never for the ledger. */
export function moneyToNumber(amount: Money): number {
  const whole = amount / moneyScale
  return Number(whole) + Number(amount - whole * moneyScale) / 1e18
}

/**
 * Multiplies an amount by a rate in parts per million, rounded toward positive infinity, so that a fee is never too small.
 *
 * @param ppm - Integer parts per million; 1000 is 0.1 %. Negative for a rebate.
 * @throws ConfigError if `ppm` is not an integer.
 * @example
 * scaleBy(money('200'), 1000) // => money('0.2')
 */
export function scaleBy(amount: Money, ppm: number): Money {
  if (!Number.isSafeInteger(ppm)) {
    throw new ConfigError(`A rate of "${ppm}" parts per million is not an integer.`, {
      code: 'BAD_RATE',
      hints: ['Rates are whole parts per million: 0.1 % is 1000, 1 basis point is 100.'],
    })
  }
  const product = amount * BigInt(ppm)
  const quotient = product / 1_000_000n
  return (product > quotient * 1_000_000n ? quotient + 1n : quotient) as Money
}
