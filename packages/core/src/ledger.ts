import { InvariantError } from './errors.js'
import {
  addLimbs,
  compareLimbs,
  copyLimbs,
  limbsPerAmount,
  limbsToMoney,
  limbsToNumber,
  type NotionalScale,
  setMoney,
  setProduct,
  subtractLimbs,
} from './limbs.js'
import type { Money } from './money.js'

/** Offsets of the account's amounts; the cost of book `b` lies at `costOf(b)`. */
const cash = 0
const deposits = 3
const realised = 6
const fees = 9
const cost = 12
/** Scratch amounts of one call. */
const traded = 15
const part = 18
const left = 21
const right = 24
const firstBook = 27

const costOf = (book: number): number => firstBook + book * limbsPerAmount

/**
 * The account's exact books: cash, deposits, realised profit before fees, fees, and the cost of each position.
 *
 * The cost of a short position is negative: what was received for it. Always true, and asserted at each fill:
 * `cash + cost === deposits + realised − fees`.
 */
export interface Ledger {
  readonly amounts: Float64Array
  /** Cash as the nearest double, kept so that valuation per bar touches no exact arithmetic. */
  cashNear: number
  /** Fee of the last fill as a double. */
  feeNear: number
}

/** The amounts of a ledger as `Money`. */
export interface Books {
  readonly cash: Money
  readonly deposits: Money
  readonly realised: Money
  readonly fees: Money
  /** Cost of all open positions. */
  readonly cost: Money
}

/** A fill as the ledger needs it, in grid points. */
export interface LedgerFill {
  readonly book: number
  /** +1 buys, -1 sells. */
  readonly direction: 1 | -1
  readonly price: number
  readonly quantity: number
  readonly fee: Money
  readonly scale: NotionalScale
  /** Signed points held before the fill. */
  readonly held: number
}

/** Opens a ledger for a number of books (positions). */
export function createLedger(books: number, deposit: Money): Ledger {
  const ledger: Ledger = { amounts: new Float64Array(costOf(books)), cashNear: 0, feeNear: 0 }
  depositMoney(ledger, deposit)
  return ledger
}

/** Books money that came in from outside, or went out when negative. */
export function depositMoney(ledger: Ledger, amount: Money): void {
  const a = ledger.amounts
  setMoney(a, part, amount)
  addLimbs(a, cash, a, part)
  addLimbs(a, deposits, a, part)
  ledger.cashNear = limbsToNumber(a, cash)
}

/**
 * Books one fill. Average cost: a partial close releases its share of the cost, rounded toward negative infinity; the rest stays.
 *
 * @throws InvariantError if the books do not balance afterwards.
 */
export function bookFill(ledger: Ledger, fill: LedgerFill): void {
  const a = ledger.amounts
  const { book, direction, held, quantity } = fill
  setProduct(a, traded, fill.price, quantity, fill.scale)
  if (direction > 0) subtractLimbs(a, cash, a, traded)
  else addLimbs(a, cash, a, traded)
  ledger.feeNear = 0
  if (fill.fee !== 0n) {
    setMoney(a, part, fill.fee)
    ledger.feeNear = limbsToNumber(a, part)
    subtractLimbs(a, cash, a, part)
    addLimbs(a, fees, a, part)
  }
  if (held * direction >= 0) {
    addCost(a, book, direction, traded)
  } else {
    const closing = Math.min(quantity, Math.abs(held))
    if (closing < quantity) setProduct(a, part, fill.price, closing, fill.scale)
    else copyLimbs(a, part, a, traded)
    subtractLimbs(a, traded, a, part)
    // The closed part is bought back or sold: realised moves by its value less the cost it releases.
    if (direction > 0) subtractLimbs(a, realised, a, part)
    else addLimbs(a, realised, a, part)
    releaseCost(a, book, closing, Math.abs(held))
    if (closing < quantity) addCost(a, book, direction, traded)
  }
  ledger.cashNear = limbsToNumber(a, cash)
  assertBalance(a)
}

function addCost(a: Float64Array, book: number, direction: 1 | -1, from: number): void {
  const own = costOf(book)
  if (direction > 0) {
    addLimbs(a, own, a, from)
    addLimbs(a, cost, a, from)
  } else {
    subtractLimbs(a, own, a, from)
    subtractLimbs(a, cost, a, from)
  }
}

function releaseCost(a: Float64Array, book: number, closing: number, held: number): void {
  const own = costOf(book)
  if (closing === held) {
    copyLimbs(a, part, a, own)
  } else {
    const product = limbsToMoney(a, own) * BigInt(closing)
    const points = BigInt(held)
    const quotient = product / points
    setMoney(a, part, (product < quotient * points ? quotient - 1n : quotient) as Money)
  }
  subtractLimbs(a, own, a, part)
  subtractLimbs(a, cost, a, part)
  subtractLimbs(a, realised, a, part)
}

function assertBalance(a: Float64Array): void {
  copyLimbs(a, left, a, cash)
  addLimbs(a, left, a, cost)
  copyLimbs(a, right, a, deposits)
  addLimbs(a, right, a, realised)
  subtractLimbs(a, right, a, fees)
  const fits = Math.abs(a[cash]!) < 9e15 && Math.abs(a[cost]!) < 9e15
  if (compareLimbs(a, left, a, right) !== 0 || !fits) unbalanced(a)
}

function unbalanced(a: Float64Array): never {
  throw new InvariantError(`The books do not balance: "${limbsToMoney(a, left)}" against "${limbsToMoney(a, right)}".`)
}

/** The amounts of the account. */
export function booksOf(ledger: Ledger): Books {
  const a = ledger.amounts
  return {
    cash: limbsToMoney(a, cash),
    deposits: limbsToMoney(a, deposits),
    realised: limbsToMoney(a, realised),
    fees: limbsToMoney(a, fees),
    cost: limbsToMoney(a, cost),
  }
}

/** Exact cost of one book: what its position was bought for, negative when short. */
export function bookCost(ledger: Ledger, book: number): Money {
  return limbsToMoney(ledger.amounts, costOf(book))
}

/** The same as a double. */
export function bookCostNear(ledger: Ledger, book: number): number {
  return limbsToNumber(ledger.amounts, costOf(book))
}

/** Sets the amount at `o` of another array to the account's cash. */
export function copyCash(ledger: Ledger, a: Float64Array, o: number): void {
  copyLimbs(a, o, ledger.amounts, cash)
}

/** Adds the exact value of a position, `direction · price · quantity` in points, to the amount at `o`. */
export function addValue(
  a: Float64Array,
  o: number,
  position: {
    readonly direction: 1 | -1
    readonly price: number
    readonly quantity: number
    readonly scale: NotionalScale
  },
): void {
  setProduct(positionValue, 0, position.price, position.quantity, position.scale)
  if (position.direction > 0) addLimbs(a, o, positionValue, 0)
  else subtractLimbs(a, o, positionValue, 0)
}

const positionValue = new Float64Array(limbsPerAmount)
