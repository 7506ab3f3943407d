import { InvariantError } from './errors.js'
import { type Money, moneyScale } from './money.js'
import { powerOfTen } from './powerOfTen.js'

/**
 * Exact money as three integers in a `Float64Array`: whole units, 1e-9 and 1e-18 of one.
 *
 * The value at offset `i` is `a[i] + a[i+1]·1e-9 + a[i+2]·1e-18` with `0 ≤ a[i+1], a[i+2] < 1e9`; a negative amount has
 * a negative whole part. Each part stays below 2^53, so all arithmetic is exact, allocates nothing, and takes a fraction of
 * the time of `bigint`. `Money` is the face, limbs are the inside of the ledger.
 */
export type Limbs = Float64Array

/** Slots that one amount takes. */
export const limbsPerAmount = 3

const base = 1e9
const safe = Number.MAX_SAFE_INTEGER

/** How the points of an instrument's notional, 10^-decimals of a unit, map to limbs. */
export interface NotionalScale {
  /** Points in one unit, 10^decimals. */
  readonly perWhole: number
  /** Points in 1e-9 of a unit, 1 where a point is larger than that. */
  readonly perNano: number
  /** Units of 1e-9 in one point, 1 where a point is smaller than that. */
  readonly nanoPerPoint: number
  /** Units of 1e-18 in one point of the rest. */
  readonly attoPerPoint: number
  /** Units of 1e-18 in one point. */
  readonly unit: bigint
}

/** Scale of products of tick points and lot points with `decimals` decimals in all, 0 to 18. */
export function notionalScale(decimals: number): NotionalScale {
  return {
    perWhole: powerOfTen(decimals),
    perNano: decimals > 9 ? powerOfTen(decimals - 9) : 1,
    nanoPerPoint: decimals > 9 ? 1 : powerOfTen(9 - decimals),
    attoPerPoint: decimals > 9 ? powerOfTen(18 - decimals) : 0,
    unit: 10n ** BigInt(18 - decimals),
  }
}

/** Sets the amount at `o` to `price · quantity`, both in non-negative grid points. */
export function setProduct(a: Limbs, o: number, price: number, quantity: number, scale: NotionalScale): void {
  const points = price * quantity
  if (!(points <= safe)) {
    setMoney(a, o, (BigInt(price) * BigInt(quantity) * scale.unit) as Money)
    return
  }
  const whole = floorDivide(points, scale.perWhole)
  const rest = points - whole * scale.perWhole
  const nano = scale.perNano === 1 ? rest : floorDivide(rest, scale.perNano)
  a[o] = whole
  a[o + 1] = nano * scale.nanoPerPoint
  a[o + 2] = scale.perNano === 1 ? 0 : (rest - nano * scale.perNano) * scale.attoPerPoint
}

/** Exact floor of a quotient of two safe non-negative integers: the rounded quotient may lie one too high. */
function floorDivide(dividend: number, divisor: number): number {
  const quotient = Math.floor(dividend / divisor)
  return quotient * divisor > dividend ? quotient - 1 : quotient
}

/** Adds the amount at `from` in `b` to the one at `to` in `a`. */
export function addLimbs(a: Limbs, to: number, b: Limbs, from: number): void {
  let atto = a[to + 2]! + b[from + 2]!
  let nano = a[to + 1]! + b[from + 1]!
  let whole = a[to]! + b[from]!
  if (atto >= base) {
    atto -= base
    nano += 1
  }
  if (nano >= base) {
    nano -= base
    whole += 1
  }
  a[to] = whole
  a[to + 1] = nano
  a[to + 2] = atto
}

/** Subtracts the amount at `from` in `b` from the one at `to` in `a`. */
export function subtractLimbs(a: Limbs, to: number, b: Limbs, from: number): void {
  let atto = a[to + 2]! - b[from + 2]!
  let nano = a[to + 1]! - b[from + 1]!
  let whole = a[to]! - b[from]!
  if (atto < 0) {
    atto += base
    nano -= 1
  }
  if (nano < 0) {
    nano += base
    whole -= 1
  }
  a[to] = whole
  a[to + 1] = nano
  a[to + 2] = atto
}

/** Copies one amount. */
export function copyLimbs(a: Limbs, to: number, b: Limbs, from: number): void {
  a[to] = b[from]!
  a[to + 1] = b[from + 1]!
  a[to + 2] = b[from + 2]!
}

/** Sign of the first amount minus the second: -1, 0 or 1. */
export function compareLimbs(a: Limbs, i: number, b: Limbs, j: number): number {
  const difference = a[i]! - b[j]! || a[i + 1]! - b[j + 1]! || a[i + 2]! - b[j + 2]!
  return difference > 0 ? 1 : difference < 0 ? -1 : 0
}

/** A double within 2^-51 of the amount, relative to the larger of the amount and 1. */
export function limbsToNumber(a: Limbs, o: number): number {
  return a[o]! + (a[o + 1]! + a[o + 2]! / base) / base
}

/** The amount as `Money`. */
export function limbsToMoney(a: Limbs, o: number): Money {
  return (BigInt(a[o]!) * moneyScale + BigInt(a[o + 1]! * base) + BigInt(a[o + 2]!)) as Money
}

/**
 * Sets the amount at `o` from `Money`.
 *
 * @throws InvariantError if the whole part leaves the safe integers.
 */
export function setMoney(a: Limbs, o: number, amount: Money): void {
  if (amount >= 0n && amount < twoWords) {
    const isShort = amount < oneWord
    words[0] = amount
    words[1] = isShort ? 0n : amount >> 64n
    const count = isShort ? 4 : 6
    a[o + 2] = divideDigits(count)
    a[o + 1] = divideDigits(count)
    a[o] = digits[0]! + digits[1]! * 2 ** 16 + digits[2]! * 2 ** 32
    return
  }
  const rest = ((amount % moneyScale) + moneyScale) % moneyScale
  const whole = Number((amount - rest) / moneyScale)
  if (!(whole <= safe && whole >= -safe)) throw new InvariantError(`Amount "${amount}" is beyond the ledger.`)
  const nano = rest / 1_000_000_000n
  a[o] = whole
  a[o + 1] = Number(nano)
  a[o + 2] = Number(rest - nano * 1_000_000_000n)
}

/** The most that four and six digits of 16 bits hold. Nearly every fee lies below, and is spared bigint division. */
const oneWord = 1n << 64n
const twoWords = 1n << 96n
/** Little-endian, as every platform that runs Node is. */
const words = new BigUint64Array(2)
const digits = new Uint16Array(words.buffer)

/** Divides the lowest digits by 1e9 in place and answers the remainder: long division, each step below 2^47. */
function divideDigits(count: number): number {
  let remainder = 0
  for (let index = count - 1; index >= 0; index--) {
    const dividend = remainder * 65_536 + digits[index]!
    const quotient = Math.floor(dividend / base)
    digits[index] = quotient
    remainder = dividend - quotient * base
  }
  return remainder
}
