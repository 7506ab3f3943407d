import { describe, expect, it } from 'vitest'
import { Dema, dema, ema, Tema, tema } from '../index.js'

const none = Number.NaN
const close = Float64Array.from({ length: 120 }, (_, index) => 100 + Math.sin(index / 4) * 7 + (index % 5))

describe('dema', () => {
  it('takes twice the average less the average of it', () => {
    expect(dema(Float64Array.of(10, 12, 14), { period: 2 })).toEqual(Float64Array.of(none, none, 14))
    const stream = new Dema({ period: 2 })
    for (const input of [10, 12, 14]) stream.next(input)
    // E1: 15 after 13, E2: 14 after 12.
    expect(stream.next(16)).toBeCloseTo(16, 12)
  })

  it('has the parts of two averages bit for bit', () => {
    const first = ema(close, { period: 9 })
    const second = ema(first, { period: 9 })
    expect(dema(close, { period: 9 })).toEqual(first.map((value, at) => value + (value - second[at]!)))
  })

  it('starts with the first input on request', () => {
    const options = { period: 3, seed: 'first' } as const
    // E1: 10, 11, 13; E2: 10, 10.5, 11.75.
    expect(dema(Float64Array.of(10, 12, 15), options)).toEqual(Float64Array.of(10, 11.5, 14.25))
    expect(new Dema(options)).toMatchObject({ name: 'dema(3,seed=first)', warmup: 1 })
  })

  it('passes over an input that is not finite', () => {
    const holed = Float64Array.of(10, none, 12, 14)
    expect(dema(holed, { period: 2 })).toEqual(Float64Array.of(none, none, none, 14))
  })

  it('gives the price of a series that does not move', () => {
    expect(dema(new Float64Array(60).fill(0.3)).at(-1)).toBeCloseTo(0.3, 15)
  })

  it('gives no value beyond the largest double', () => {
    expect(dema(Float64Array.of(-1.7e308, 1.7e308, 1.7e308), { period: 2, seed: 'first' })[2]).toBeNaN()
  })
})

describe.each([
  ['dema', (options: object) => new Dema(options), 39],
  ['tema', (options: object) => new Tema(options), 58],
] as const)('%s', (id, create, warmup) => {
  it('is named with its period and has its warm-up', () => {
    expect(create({})).toMatchObject({ name: `${id}(20)`, warmup })
  })

  it('has forgotten its start to one part in a million when it says it is stable', () => {
    for (const [options, started] of [
      [{ period: 10 }, 10],
      [{ period: 5, seed: 'first' }, 1],
    ] as const) {
      const [stream, other] = [create(options), create(options)]
      for (let index = 0; index < stream.stableAfter; index++) {
        stream.next(index < started ? 1 : 0)
        other.next(0)
      }
      expect(Math.abs(stream.value - other.value)).toBeLessThan(1e-6)
    }
  })
})

describe('tema', () => {
  it('takes three times the difference of the first two averages and adds the third', () => {
    expect(tema(Float64Array.of(10, 12, 14, 16), { period: 2 })).toEqual(Float64Array.of(none, none, none, 16))
  })

  it('has the parts of three averages bit for bit', () => {
    const first = ema(close, { period: 6 })
    const second = ema(first, { period: 6 })
    const third = ema(second, { period: 6 })
    expect(tema(close, { period: 6 })).toEqual(third.map((value, at) => value + 3 * (first[at]! - second[at]!)))
  })

  it('starts with the first input on request', () => {
    const options = { period: 3, seed: 'first' } as const
    // E1: 10, 11, 13; E2: 10, 10.5, 11.75; E3: 10, 10.25, 11.
    expect(tema(Float64Array.of(10, 12, 15), options)).toEqual(Float64Array.of(10, 11.75, 14.75))
  })

  it('gives no value beyond the largest double', () => {
    expect(tema(Float64Array.of(-1.7e308, 1.7e308), { period: 2, seed: 'first' })[1]).toBeNaN()
  })
})
