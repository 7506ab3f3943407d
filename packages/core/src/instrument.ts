import type { Brand } from './brand.js'
import { ConfigError, InvariantError } from './errors.js'
import { type Money, scaleBy } from './money.js'
import { powerOfTen } from './powerOfTen.js'

/** Name of a tradable thing at a venue, such as `BTC-USDT.binance`. */
export type InstrumentId = Brand<string, 'InstrumentId'>
/** Quote per base, exactly on the tick grid. Made by `instrument.price` alone. */
export type Price = Brand<number, 'Price'>
/** Base units ≥ 0, exactly on the lot grid. Made by `instrument.quantity` alone. */
export type Quantity = Brand<number, 'Quantity'>
/** Direction in which an off-grid price moves to the grid; `nearest` takes ties away from zero. */
export type Rounding = 'down' | 'up' | 'nearest'

/** A decimal grid: its values are `points / 10^decimals` with `points` a multiple of `step`. */
export interface Grid {
  /** Distance between neighbours, as a double: 0.01. */
  readonly size: number
  /** Decimals of that distance: 2. */
  readonly decimals: number
  /** Distance between neighbours in points of 10^-decimals: 1 for 0.01, 5 for 0.05. */
  readonly step: number
  /** 10^decimals. */
  readonly scale: number
}

/** What `defineInstrument` takes; sizes are decimal text, since `0.1` has no exact double. */
export interface InstrumentOptions {
  /** `SYMBOL.venue`, such as `BTC-USDT.binance`. */
  readonly id: string
  /** Smallest price step, such as `'0.01'`. */
  readonly tick: string
  /** Smallest quantity step in base units, such as `'0.00001'`. */
  readonly lot: string
  /** Smallest order value in the settlement currency (default 0: none). */
  readonly minNotional?: number
  /** Smallest order quantity in base units (default: one lot). */
  readonly minQuantity?: number
}

/** A tradable thing and its number border: the only place where doubles become prices and quantities. */
export interface Instrument {
  readonly id: InstrumentId
  readonly tick: Grid
  readonly lot: Grid
  readonly minNotional: number
  readonly minQuantity: number
  /** Puts a price on the tick grid; a value within 4 ulp of a grid point is that point. */
  price(value: number, rounding: Rounding): Price
  /** Puts a quantity on the lot grid, always down; a value within 4 ulp of a grid point is that point. */
  quantity(value: number): Quantity
  /** Exact value of a quantity at a price. */
  notional(price: Price, quantity: Quantity): Money
  /** A share of the size of that value in integer parts per million, rounded up at 1e-18, so that a fee is never too small. */
  share(price: Price, quantity: Quantity, ppm: number): Money
}

/**
 * Defines an instrument and its number border.
 *
 * @throws ConfigError if the id is not `SYMBOL.venue`, a size is no positive decimal, or tick and lot have over 18 decimals together.
 * @example
 * const btc = defineInstrument({ id: 'BTC-USDT.binance', tick: '0.01', lot: '0.00001' })
 * btc.price(65000.019, 'down') // => 65000.01
 * btc.quantity(0.000019) // => 0.00001
 */
export function defineInstrument(options: InstrumentOptions): Instrument {
  const tick = defineGrid(options.tick, 'tick')
  const lot = defineGrid(options.lot, 'lot')
  if (!/^[^\s.]+\.[^\s.]+$/.test(options.id)) {
    throw new ConfigError(`Instrument id ${JSON.stringify(options.id)} is not "SYMBOL.venue".`, {
      code: 'BAD_INSTRUMENT',
      hints: ["A symbol, one dot, a venue, such as 'BTC-USDT.binance'."],
    })
  }
  const decimals = tick.decimals + lot.decimals
  if (decimals > 18) {
    throw new ConfigError(`Tick ${options.tick} and lot ${options.lot} have over 18 decimals together.`, {
      code: 'BAD_INSTRUMENT',
      hints: ['The ledger counts 1e-18, so a value of tick times lot must be a whole number of them.'],
    })
  }
  const unit = 10n ** BigInt(18 - decimals)
  const millionth = decimals <= 12 ? 10n ** BigInt(12 - decimals) : 0n
  const { minNotional = 0, minQuantity = lot.size } = options
  for (const [name, value] of Object.entries({ minNotional, minQuantity })) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new ConfigError(`${name} "${value}" of ${options.id} is not a finite number ≥ 0.`, {
        code: 'BAD_INSTRUMENT',
      })
    }
  }
  return {
    id: options.id as InstrumentId,
    tick,
    lot,
    minNotional,
    minQuantity,
    price: (value, rounding) => toGrid(tick, value, rounding) as Price,
    quantity: (value) => {
      if (!(value >= 0)) throw new InvariantError(`Quantity "${value}" of ${options.id} is not a number ≥ 0.`)
      return toGrid(lot, value, 'down') as Quantity
    },
    notional: (price, quantity) => (BigInt(pointsOf(tick, price)) * BigInt(pointsOf(lot, quantity)) * unit) as Money,
    share(price, quantity, ppm) {
      // Where the product is a safe integer and a millionth of a point still a whole 1e-18, one multiplication is exact.
      // Without the sign of a price below zero: who trades pays even so.
      const product = Math.abs(pointsOf(tick, price)) * pointsOf(lot, quantity) * ppm
      const isExact = product <= Number.MAX_SAFE_INTEGER && product >= Number.MIN_SAFE_INTEGER
      if (isExact && millionth > 0n && Number.isInteger(ppm)) {
        return (BigInt(product) * millionth) as Money
      }
      const notional = this.notional(price, quantity)
      return scaleBy((notional < 0n ? -notional : notional) as Money, ppm)
    },
  }
}

const pointsMax = 1e15

/**
 * Moves a value to a grid: the result is one division of an integer by a power of ten, which equals parsing its decimal text.
 *
 * @throws InvariantError if the value is not finite or lies beyond 1e15 points.
 */
export function toGrid(grid: Grid, value: number, rounding: Rounding): number {
  const { scale, step } = grid
  const exact = value * scale
  if (!(exact < pointsMax && exact > -pointsMax)) {
    throw new InvariantError(`Value "${value}" does not fit the grid of ${grid.size}.`)
  }
  const near = roundAwayFromZero(exact / step) * step
  const point = near / scale
  const off = point - value
  if (off === 0) return point + 0
  const tolerance = 4 * ulp(value)
  if (Math.abs(off) <= tolerance) return point + 0
  // The product above is rounded, so far out the neighbour on the other side may be the nearer one.
  const far = off > 0 ? near - step : near + step
  const otherPoint = far / scale
  const otherOff = otherPoint - value
  if (Math.abs(otherOff) <= tolerance) return otherPoint + 0
  if (rounding === 'nearest') {
    const lead = Math.abs(otherOff) - Math.abs(off)
    const isNearer = Math.abs(lead) <= tolerance ? Math.abs(near) > Math.abs(far) : lead > 0
    return (isNearer ? point : otherPoint) + 0
  }
  return ((rounding === 'down') === off > 0 ? otherPoint : point) + 0
}

/** The integer number of points, 10^-decimals, of a value on the grid. */
export function pointsOf(grid: Grid, value: number): number {
  return Math.round(value * grid.scale)
}

function roundAwayFromZero(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value)
}

const bits = new Uint32Array(2)
const double = new Float64Array(bits.buffer)
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** Distance from `value` to the next double away from zero. */
function ulp(value: number): number {
  double[0] = value
  const exponent = (bits[highWord]! >>> 20) & 0x7ff
  if (exponent <= 52) return Number.MIN_VALUE * 2 ** Math.max(0, exponent - 1)
  bits[highWord] = (exponent - 52) << 20
  bits[1 - highWord] = 0
  return double[0]
}

function defineGrid(text: string, name: string): Grid {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const decimals = match?.[2]?.replace(/0+$/, '').length ?? 0
  const scale = powerOfTen(decimals)
  const step = Math.round(Number(text) * scale)
  if (!match || !(step >= 1 && step < pointsMax) || decimals > 18) {
    throw new ConfigError(`${name} ${JSON.stringify(text)} is not a positive decimal.`, {
      code: 'BAD_INSTRUMENT',
      hints: ["Decimal text such as '0.01', '0.05' or '1'."],
    })
  }
  return { size: step / scale, decimals, step, scale }
}
