import { describe, expect, it } from 'vitest'
import { Momentum, momentum } from '../index.js'

const none = Number.NaN

describe('momentum', () => {
  it('is the change over a distance', () => {
    expect(momentum(Float64Array.of(10, 11, 12.5, 5.5), { period: 2 })).toEqual(Float64Array.of(none, none, 2.5, -5.5))
  })

  it('is 0 on a series that does not move', () => {
    expect(momentum(new Float64Array(20).fill(0.1)).at(-1)).toBe(0)
  })

  it('has no value where one of its two inputs, or their difference, is not finite', () => {
    const close = Float64Array.of(10, Number.POSITIVE_INFINITY, 20, 30, none, 15)
    expect(momentum(close, { period: 1 })).toEqual(Float64Array.of(none, none, none, 10, none, none))
    expect(momentum(Float64Array.of(-1.7e308, 1.7e308), { period: 1 })[1]).toBeNaN()
  })

  it('stays cold where the distance is longer than the series', () => {
    expect([...momentum(Float64Array.of(1, 2), { period: 5 })]).toEqual([none, none])
    expect(new Momentum()).toMatchObject({ name: 'momentum(10)', warmup: 11 })
  })
})
