import { describe, expect, it } from 'vitest'
import { StdDev, stdDev } from '../index.js'

describe('stdDev', () => {
  it('takes the population by default and a sample on request', () => {
    const close = Float64Array.of(10, 14, 10)
    expect(stdDev(close, { period: 2 })).toEqual(Float64Array.of(Number.NaN, 2, 2))
    expect(stdDev(close, { period: 2, ddof: 1 })[1]).toBeCloseTo(Math.sqrt(8), 12)
  })

  it('names the divisor only where it is not the default', () => {
    expect(new StdDev().name).toBe('stdDev(20)')
    expect(new StdDev({ period: 5, ddof: 1 }).name).toBe('stdDev(5,ddof=1)')
  })

  it('is exactly 0 as soon as the window does not move', () => {
    const close = Float64Array.of(1, 7, 0.1, 0.1, 0.1, 0.1)
    expect([...stdDev(close, { period: 3 }).subarray(4)]).toEqual([0, 0])
  })

  it('is right on the first bar after a spike has left the window', () => {
    const close = Float64Array.of(1, 2, 1, 1e9, 2, 1, 2, 1, 2, 1)
    const deviations = stdDev(close, { period: 3 })
    for (const deviation of deviations.subarray(6)) expect(deviation).toBeCloseTo(Math.sqrt(2) / 3, 12)
  })

  it('refuses a sample of one', () => {
    expect(() => new StdDev({ period: 1, ddof: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "period" of stdDev is "1", not above ddof "1".
        A sample deviation needs at least 2 inputs.]
    `)
    expect(() => stdDev(new Float64Array(3), { period: 1, ddof: 1 })).toThrow('not above ddof "1"')
  })
})
