import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ParabolicSar, parabolicSar } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const none = Number.NaN
const rise = { high: Float64Array.of(11, 12, 14, 15, 13), low: Float64Array.of(9, 10, 11, 12, 8) }

describe('parabolicSar', () => {
  it('speeds up to each new extreme and turns at a touch', () => {
    const stream = new ParabolicSar()
    const stops = [...rise.high].map((high, index) => stream.next({ high, low: rise.low[index]! }))
    // 9; 9 + 0.02·(12 − 9); 9.06 + 0.04·(14 − 9.06); then the low of 8 touches 9.2576 + 0.06·(15 − 9.2576): turn at 15.
    expect(stops.map((stop) => Math.round(stop * 1e6) / 1e6)).toEqual([none, 9, 9.06, 9.2576, 15])
    expect(parabolicSar(rise)).toEqual(Float64Array.from(stops))
  })

  it('starts short only if the first move down exceeds the one up', () => {
    const start = (first: readonly [number, number], second: readonly [number, number]): number =>
      parabolicSar({ high: Float64Array.of(first[0], second[0]), low: Float64Array.of(first[1], second[1]) })[1]!
    expect(start([11, 9], [12, 10])).toBe(9)
    expect(start([11, 9], [10, 8])).toBe(11)
    // As far up as down: long, and stopped out at once, since its low is below the first one.
    expect(start([11, 9], [12, 8])).toBe(12)
    // Further down than up: short, and stopped out at once, since its high is above the first one.
    expect(start([11, 9], [12, 7])).toBe(7)
  })

  it('starts as told', () => {
    const fall = { high: Float64Array.of(11, 10), low: Float64Array.of(9, 8) }
    expect(parabolicSar(fall)[1]).toBe(11)
    expect(parabolicSar(fall, { initial: 'short' })[1]).toBe(11)
    expect(parabolicSar(fall, { initial: 'long' })[1]).toBe(10)
    expect(parabolicSar(rise, { initial: 'short' })[1]).toBe(10)
    expect(new ParabolicSar({ initial: 'long' }).name).toBe('parabolicSar(0.02,0.02,0.2,initial=long)')
  })

  it('never lies inside the range of the bar before or of its own unless it turns there', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 80, holes: 'none' }), (bars) => {
        const columns = columnsOf(bars)
        for (const [index, stop] of parabolicSar(columns).entries()) {
          if (index < 2) continue
          const { high, low } = bars[index]!
          expect(stop <= low || stop >= high).toBe(true)
        }
      }),
    )
  })

  it('passes over a bar that is not finite', () => {
    const stream = new ParabolicSar()
    stream.next({ high: 11, low: 9 })
    stream.next({ high: 12, low: 10 })
    expect(stream.next({ high: none, low: 10 })).toBeNaN()
    expect(stream.peek({ high: 14, low: 11 })).toBeCloseTo(9.06, 12)
    expect(stream.next({ high: 14, low: 11 })).toBeCloseTo(9.06, 12)
    expect(stream.peek({ high: 1, low: Number.NEGATIVE_INFINITY })).toBeNaN()
  })

  it('stays finite up to the largest double', () => {
    const huge = fc.constantFrom(1.7e308, -1.7e308, 0, 1)
    fc.assert(
      fc.property(fc.array(fc.tuple(huge, huge), { maxLength: 30 }), (list) => {
        const columns = { high: Float64Array.from(list, ([a]) => a), low: Float64Array.from(list, ([, b]) => b) }
        for (const stop of parabolicSar(columns)) expect(Math.abs(stop)).not.toBe(Number.POSITIVE_INFINITY)
      }),
    )
  })

  it('gives the price of a series that does not move', () => {
    const still = new Float64Array(20).fill(0.7)
    expect([...new Set(parabolicSar({ high: still, low: still }).subarray(1))]).toEqual([0.7])
  })

  it('refuses an acceleration that starts above its maximum', () => {
    expect(() => new ParabolicSar({ start: 0.3 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "start" of parabolicSar is "0.3", above max "0.2".
        The acceleration grows from start to max, as in { start: 0.02, step: 0.02, max: 0.2 }.]
    `)
    expect(() => parabolicSar(rise, { start: 0.1, max: 0.05 })).toThrow('above max "0.05"')
  })

  it('is named with its accelerations', () => {
    expect(new ParabolicSar()).toMatchObject({ name: 'parabolicSar(0.02,0.02,0.2)', warmup: 2, stableAfter: 100 })
  })
})
