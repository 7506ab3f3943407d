import { describe, expect, it } from 'vitest'
import { defineInstrument, type Instrument, type Price, type Quantity, type Rounding, toGrid } from './instrument.js'
import { type Money, scaleBy } from './money.js'
import { createRandom } from './random.js'

/** Samples per size and property: few here, millions in all with ASTER_LONG=1. */
const samples = process.env.ASTER_LONG ? 400_000 : 20_000
const sizes = ['0.01', '0.05', '0.5', '1', '5', '0.25', '0.125', '0.00000001', '0.0025', '0.1', '10', '100', '0.003']
const roundings: readonly Rounding[] = ['down', 'up', 'nearest']
const pointsMax = 1e15

const instrumentOf = (tick: string, lot = '1'): Instrument => defineInstrument({ id: 'X.sim', tick, lot })

/** The double of the decimal text of a number of points: the definition that the grid has to meet. */
function parsed(points: number, decimals: number): number {
  const digits = String(Math.abs(points)).padStart(decimals + 1, '0')
  const text = `${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`
  return Number(`${points < 0 ? '-' : ''}${text}`)
}

const view = new DataView(new ArrayBuffer(8))

/** The double `steps` doubles further away from zero (closer, when negative). */
function stepUlps(value: number, steps: number): number {
  view.setFloat64(0, value)
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps))
  return view.getFloat64(0)
}

const ulpOf = (value: number): number => Math.abs(stepUlps(value, 1) - value)

/** Runs a check on many draws and lists what failed, the first few. */
function sampled(name: string, check: (uniform: () => number, index: number) => string | undefined): string[] {
  const random = createRandom(1).stream(name)
  const failures: string[] = []
  for (let index = 0; index < samples && failures.length < 5; index++) {
    const failure = check(() => random.uniform(), index)
    if (failure !== undefined) failures.push(failure)
  }
  return failures
}

/** A number of points up to 1e15 of any order of magnitude and sign, on the step, edges among them. */
function drawPoints(uniform: () => number, step: number): number {
  const edges = [0, step, -step, 2 * step, 10 ** 6 * step, 2 ** 40 * step, pointsMax - step]
  const kind = uniform()
  if (kind < 0.02) return Math.floor(edges[Math.floor(uniform() * edges.length)]! / step) * step
  const size = 10 ** (uniform() * 15)
  return Math.floor((size * uniform()) / step) * step * (uniform() < 0.5 ? -1 : 1)
}

/** Any value that fits the grid: near points, at ties, anywhere. */
function drawValue(uniform: () => number, { size, step, scale, decimals }: Instrument['tick']): number {
  const point = parsed(drawPoints(uniform, step), decimals)
  const kind = uniform()
  if (kind < 0.2) return stepUlps(point === 0 ? size : point, Math.floor(uniform() * 21) - 10)
  if (kind < 0.3) return parsed(10 * Math.round(point * scale) + 5 * step, decimals + 1)
  if (kind < 0.8) return point + size * uniform()
  return ((uniform() - 0.5) * pointsMax) / scale / 10 ** (uniform() * 15)
}

describe.each(sizes)('the grid of %s', (text) => {
  const instrument = instrumentOf(text)
  const { tick } = instrument
  const { decimals, step, scale } = tick

  it('gives the double of the decimal text of a point, for that double and all within 4 ulp of it', () => {
    const failures = sampled(`points ${text}`, (uniform) => {
      const points = drawPoints(uniform, step)
      const expected = parsed(points, decimals)
      const offset = expected === 0 ? 0 : Math.floor(uniform() * 9) - 4
      const value = offset === 0 ? expected : stepUlps(expected, offset)
      const rounding = roundings[Math.floor(uniform() * 3)]!
      const got = instrument.price(value, rounding)
      // Far out two points lie within 4 ulp of a value, and either will do.
      const isFar = 8 * ulpOf(value) >= tick.size
      const isRight = isFar ? Math.abs(got - value) <= 4 * ulpOf(value) : Object.is(got, expected + 0)
      return isRight ? undefined : `${value} ${rounding} gave ${got}, not ${expected}`
    })
    expect(failures).toEqual([])
  })

  it('moves any other value in the direction asked for, to the next point and no further', () => {
    const counts = { down: 0, up: 0, snapped: 0, ties: 0 }
    const failures = sampled(`directions ${text}`, (uniform) => {
      const value = drawValue(uniform, tick)
      if (!(Math.abs(value * scale) < pointsMax - 2 * step)) return undefined
      const [down, up] = [instrument.price(value, 'down'), instrument.price(value, 'up')]
      const nearest = instrument.price(value, 'nearest')
      const at = Math.round(down * scale)
      if (down !== parsed(at, decimals) || at % step !== 0) return `${value} down gave ${down}, off the grid`
      if (down === up) {
        counts.snapped++
        const isSnap = Math.abs(down - value) <= 4 * ulpOf(value) && nearest === down
        return isSnap ? undefined : `${value} gave ${down} in every direction`
      }
      if (down < value) counts.down++
      if (up > value) counts.up++
      if (up !== parsed(at + step, decimals)) return `${value} gave ${down} and ${up}, not neighbours`
      if (!(down < value && value < up)) return `${value} does not lie between ${down} and ${up}`
      if (Math.min(value - down, up - value) <= 4 * ulpOf(value)) return `${value} is within 4 ulp of a point`
      const lead = up - value - (value - down)
      const isTie = Math.abs(lead) <= 4 * ulpOf(value)
      if (isTie) counts.ties++
      const closer = isTie ? (value < 0 ? down : up) : lead > 0 ? down : up
      return nearest === closer ? undefined : `${value} nearest gave ${nearest}, not ${closer}`
    })
    expect(failures).toEqual([])
    for (const [kind, count] of Object.entries(counts)) expect(count, kind).toBeGreaterThan(samples / 100)
  })

  it('leaves its own results where they are, whatever is asked of them next', () => {
    const failures = sampled(`idempotence ${text}`, (uniform) => {
      const value = drawValue(uniform, tick)
      if (!(Math.abs(value * scale) < pointsMax - 2 * step)) return undefined
      const once = instrument.price(value, roundings[Math.floor(uniform() * 3)]!)
      const twice = instrument.price(once, roundings[Math.floor(uniform() * 3)]!)
      return twice === once ? undefined : `${value} gave ${once} and then ${twice}`
    })
    expect(failures).toEqual([])
  })

  it('never swaps two values', () => {
    const failures = sampled(`order ${text}`, (uniform) => {
      const a = drawValue(uniform, tick)
      const b = uniform() < 0.5 ? drawValue(uniform, tick) : stepUlps(a === 0 ? 1 : a, Math.floor(uniform() * 9))
      const [low, high] = a < b ? [a, b] : [b, a]
      if (!(Math.max(Math.abs(low), Math.abs(high)) * scale < pointsMax - 2 * step)) return undefined
      const rounding = roundings[Math.floor(uniform() * 3)]!
      const [x, y] = [instrument.price(low, rounding), instrument.price(high, rounding)]
      return x <= y ? undefined : `${low} < ${high}, but ${rounding} gave ${x} > ${y}`
    })
    expect(failures).toEqual([])
  })

  it('never trades more than was asked for, but for 4 ulp', () => {
    const lots = instrumentOf('1', text)
    const failures = sampled(`quantities ${text}`, (uniform) => {
      const asked = Math.abs(drawValue(uniform, lots.lot))
      if (!(asked * scale < pointsMax - 2 * step)) return undefined
      const quantity = lots.quantity(asked)
      return quantity <= asked + 4 * ulpOf(asked) && quantity >= 0 ? undefined : `${asked} gave ${quantity}`
    })
    expect(failures).toEqual([])
  })
})

describe.each([
  ['0.01', '0.00001'],
  ['0.05', '1'],
  ['1', '1'],
  ['5', '0.001'],
  ['0.00000001', '0.01'],
  ['0.25', '0.0000001'],
  ['0.00000001', '0.00000001'],
  ['0.000000001', '0.000000001'],
])('the value of a tick of %s and a lot of %s', (tick, lot) => {
  const instrument = instrumentOf(tick, lot)
  const unit = 10n ** BigInt(18 - instrument.tick.decimals - instrument.lot.decimals)
  const draw = (uniform: () => number, grid: Instrument['tick']): number =>
    Math.min(Math.abs(drawPoints(uniform, grid.step)), pointsMax - grid.step)

  it('is the exact product, also of negative prices', () => {
    const failures = sampled(`notional ${tick} ${lot}`, (uniform) => {
      const [p, q] = [draw(uniform, instrument.tick), draw(uniform, instrument.lot)]
      const sign = uniform() < 0.2 ? -1 : 1
      const price = instrument.price(sign * parsed(p, instrument.tick.decimals), 'nearest')
      const quantity = instrument.quantity(parsed(q, instrument.lot.decimals))
      const got = instrument.notional(price, quantity)
      return got === BigInt(sign * p) * BigInt(q) * unit ? undefined : `${price} times ${quantity} gave ${got}`
    })
    expect(failures).toEqual([])
  })

  it('has the share that scaleBy gives, for every whole number of parts per million', () => {
    let exact = 0
    const failures = sampled(`share ${tick} ${lot}`, (uniform) => {
      const price = instrument.price(parsed(draw(uniform, instrument.tick), instrument.tick.decimals), 'nearest')
      const quantity = instrument.quantity(parsed(draw(uniform, instrument.lot), instrument.lot.decimals))
      const rates = [0, 1, -1, 1000, -250, 999_999, Math.floor((uniform() - 0.5) * 2_000_001)]
      const ppm = rates[Math.floor(uniform() * rates.length)]!
      const got = instrument.share(price, quantity, ppm)
      const expected = scaleBy(instrument.notional(price, quantity), ppm)
      if (expected !== 0n) exact++
      return got === expected ? undefined : `${ppm} ppm of ${price} times ${quantity} gave ${got}, not ${expected}`
    })
    expect(failures).toEqual([])
    expect(exact).toBeGreaterThan(samples / 2)
  })
})

describe('the border', () => {
  const btc = defineInstrument({ id: 'BTC-USDT.binance', tick: '0.01', lot: '0.00001' })

  it('is what the documentation says', () => {
    expect(btc.price(65_000.019, 'down')).toBe(65_000.01)
    expect(btc.price(65_000.019, 'up')).toBe(65_000.02)
    expect(btc.price(65_000.015, 'nearest')).toBe(65_000.02)
    expect(btc.price(-65_000.015, 'nearest')).toBe(-65_000.02)
    expect(btc.price(-0.019, 'down')).toBe(-0.02)
    expect(btc.quantity(0.000019)).toBe(0.00001)
    expect(btc.quantity(0.0000099)).toBe(0)
    expect(btc.price(1.15, 'down')).toBe(1.15)
    expect(btc.price(0.1 + 0.2, 'down')).toBe(0.3)
    expect(Object.is(btc.price(-0, 'down'), 0)).toBe(true)
    expect(btc.price(Number.MIN_VALUE, 'down')).toBe(0)
    expect(btc.price(Number.MIN_VALUE, 'up')).toBe(0)
    expect(btc.price(1e-300, 'up')).toBe(0.01)
    // Both lie a little below the tie of their decimals, and count as ties.
    expect(btc.price(0.015, 'nearest')).toBe(0.02)
    expect(btc.price(1.005, 'nearest')).toBe(1.01)
    expect(btc.price(-1e-300, 'down')).toBe(-0.01)
  })

  it('finds the point within 4 ulp far out too, where the count of points is rounded towards its neighbour', () => {
    const cases: readonly (readonly [number, Rounding, number])[] = [
      [5_907_031_238_601.484, 'nearest', 5_907_031_238_601.48],
      [5_850_033_468_804.734, 'up', 5_850_033_468_804.73],
      [-6_647_564_869_133.734, 'nearest', -6_647_564_869_133.73],
      [-7_303_338_692_524.234, 'down', -7_303_338_692_524.23],
    ]
    for (const [value, rounding, point] of cases) expect(btc.price(value, rounding)).toBe(point)
  })

  it('refuses what is no finite number or lies beyond 1e15 points', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e13, -1e13, 1e308]) {
      expect(() => btc.price(value, 'nearest')).toThrow(`Value "${value}" does not fit the grid of 0.01.`)
    }
    expect(btc.price(1e13 - 0.01, 'down')).toBe(9_999_999_999_999.99)
    for (const value of [Number.NaN, -0.00001, Number.NEGATIVE_INFINITY]) {
      expect(() => btc.quantity(value)).toThrow(`Quantity "${value}" of BTC-USDT.binance is not a number ≥ 0.`)
    }
    for (const value of [Number.POSITIVE_INFINITY, 1e10]) {
      expect(() => btc.quantity(value)).toThrow(`Value "${value}" does not fit the grid of 0.00001.`)
    }
    expect(() => toGrid(btc.tick, Number.NaN, 'down')).toThrow(expect.objectContaining({ code: 'INVARIANT' }))
  })

  it('refuses a rate that is no whole number of parts per million', () => {
    for (const ppm of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => btc.share(2 as Price, 2 as Quantity, ppm)).toThrow(expect.objectContaining({ code: 'BAD_RATE' }))
    }
  })

  it('keeps money exact where a double could not', () => {
    const value: Money = btc.notional(btc.price(65_432.19, 'down'), btc.quantity(123.45678))
    expect(value).toBe(8_078_047_485_748_200_000_000_000n)
  })
})

describe('defineInstrument', () => {
  const define = (changes: Partial<Parameters<typeof defineInstrument>[0]>) => () =>
    defineInstrument({ id: 'X.sim', tick: '0.01', lot: '1', ...changes })

  it('keeps what it was told', () => {
    const instrument = defineInstrument({ id: 'X.sim', tick: '0.050', lot: '0.001', minNotional: 5, minQuantity: 0.01 })
    expect(instrument).toMatchObject({
      id: 'X.sim',
      tick: { size: 0.05, decimals: 2, step: 5, scale: 100 },
      lot: { size: 0.001, decimals: 3, step: 1, scale: 1000 },
      minNotional: 5,
      minQuantity: 0.01,
    })
    expect(define({})()).toMatchObject({ minNotional: 0, minQuantity: 1 })
  })

  it('refuses an id that is not a symbol, a dot and a venue', () => {
    for (const id of ['', 'X', '.sim', 'X.', 'X.Y.sim', 'X Y.sim', 'X.s im']) {
      expect(define({ id })).toThrow(`Instrument id ${JSON.stringify(id)} is not "SYMBOL.venue".`)
    }
  })

  it('refuses a size that is no positive decimal', () => {
    for (const size of [
      '0',
      '0.0',
      '-1',
      '1e-8',
      '',
      'abc',
      '.5',
      '1.',
      ' 1',
      '1,5',
      'NaN',
      'Infinity',
      '0.0000000000000000001',
    ]) {
      expect(define({ tick: size })).toThrow(`tick ${JSON.stringify(size)} is not a positive decimal.`)
      expect(define({ lot: size })).toThrow(`lot ${JSON.stringify(size)} is not a positive decimal.`)
    }
  })

  it('refuses a size that no double can hold in points', () => {
    for (const size of ['0.123456789012345678', '9007199254740993', '100000000000000000000']) {
      expect(define({ tick: size })).toThrow(`tick ${JSON.stringify(size)} is not a positive decimal`)
    }
  })

  it('refuses tick and lot of over 18 decimals together', () => {
    expect(define({ tick: '0.0000000001', lot: '0.000000001' })).toThrow(
      'Tick 0.0000000001 and lot 0.000000001 have over 18 decimals together.',
    )
    expect(define({ tick: '0.000000001', lot: '0.000000001' })).not.toThrow()
  })

  it('refuses limits that are no finite numbers ≥ 0', () => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(define({ minNotional: value })).toThrow(`minNotional "${value}" of X.sim is not a finite number ≥ 0.`)
      expect(define({ minQuantity: value })).toThrow(`minQuantity "${value}" of X.sim is not a finite number ≥ 0.`)
    }
    expect(define({ minQuantity: -1 })).toThrow(expect.objectContaining({ code: 'BAD_INSTRUMENT' }))
  })
})
