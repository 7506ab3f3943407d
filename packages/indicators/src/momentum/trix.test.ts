import { describe, expect, it } from 'vitest'
import { ema, roc, Trix, trix } from '../index.js'

const close = Float64Array.from({ length: 60 }, (_, index) => 100 + Math.sin(index) * 5 + index / 10)

describe('trix', () => {
  it('is the change of an average of averages of averages, bit for bit', () => {
    const smooth = (column: Float64Array): Float64Array => ema(column, { period: 4 })
    expect(trix(close, { period: 4 })).toEqual(roc(smooth(smooth(smooth(close))), { period: 1 }))
  })

  it('starts each average with its first input where asked to', () => {
    const smooth = (column: Float64Array): Float64Array => ema(column, { period: 4, seed: 'first' })
    expect(trix(close, { period: 4, seed: 'first' })).toEqual(roc(smooth(smooth(smooth(close))), { period: 1 }))
    expect(new Trix({ seed: 'first' })).toMatchObject({ name: 'trix(15,seed=first)', warmup: 2 })
  })

  it('is the plain change with a period of 1', () => {
    expect(trix(Float64Array.of(10, 12, 9), { period: 1 })).toEqual(Float64Array.of(Number.NaN, 20, -25))
  })

  it('is 0 on a series that does not move, even one of 0', () => {
    expect(trix(new Float64Array(60).fill(0.1)).at(-1)).toBe(0)
    expect(trix(new Float64Array(60)).at(-1)).toBe(0)
  })

  it('compares across a hole with the value before it', () => {
    const holed = Float64Array.of(10, Number.NaN, 12)
    expect(trix(holed, { period: 1 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, 20))
  })

  it('takes three averages and one change to warm up', () => {
    expect(trix(close).findIndex(Number.isFinite)).toBe(43)
    expect(new Trix()).toMatchObject({ name: 'trix(15)', warmup: 44 })
    expect(new Trix().stableAfter).toBeGreaterThan(44 + 100)
  })
})
