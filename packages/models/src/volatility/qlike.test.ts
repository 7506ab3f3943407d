import { describe, expect, it } from 'vitest'
import { ewmaVariance } from './ewmaVariance.js'
import { impliedOutlook, impliedVariance } from './impliedVariance.js'
import { qlike } from './qlike.js'

describe('qlike', () => {
  it('equals the formula, and takes a variance of 0', () => {
    expect([...qlike(Float64Array.of(1, 4, 0), Float64Array.of(1, 2, 1))]).toEqual([1, Math.log(2) + 2, 0])
  })

  it('is smallest on average at the mean of what was realised', () => {
    const realised = Float64Array.of(0, 1, 5, 2)
    const lossAt = (forecast: number): number =>
      qlike(realised, new Float64Array(4).fill(forecast)).reduce((sum, loss) => sum + loss, 0)
    expect(lossAt(2)).toBeLessThan(lossAt(1.99))
    expect(lossAt(2)).toBeLessThan(lossAt(2.01))
  })

  it('refuses what has no loss', () => {
    expect(() => qlike(Float64Array.of(1), Float64Array.of(0))).toThrow(
      'Forecast 0 of "0" for a realised variance of "1"',
    )
    expect(() => qlike(Float64Array.of(-1), Float64Array.of(1))).toThrow('has no loss')
    expect(() => qlike(Float64Array.of(1, 2), Float64Array.of(1))).toThrow('1 forecasts do not belong to 2')
  })
})

describe('ewmaVariance', () => {
  it('begins with the first square', () => {
    const { variances, next } = ewmaVariance(Float64Array.of(2, 4), { lambda: 0.5 })
    expect([...variances]).toEqual([4, 4])
    expect(next).toBe(10)
  })

  it('refuses no returns, bad ones and a bad weight', () => {
    expect(() => ewmaVariance(new Float64Array(0))).toThrow('No variance of 0 returns')
    expect(() => ewmaVariance(Float64Array.of(Number.NaN))).toThrow('No variance of 1 returns')
    expect(() => ewmaVariance(Float64Array.of(1), { lambda: 0 })).toThrow('lambda "0" is not between 0 and 1.')
  })
})

describe('impliedVariance', () => {
  it('is the square of a daily share of the yearly percentage', () => {
    expect(impliedVariance(20)).toBeCloseTo(0.04 / 252, 15)
    expect(impliedVariance(60, { periodsPerYear: 365 })).toBeCloseTo(0.36 / 365, 15)
  })

  it('refuses a level or a year that is none', () => {
    expect(() => impliedVariance(0)).toThrow('An implied volatility of "0" is no percentage above 0.')
    expect(() => impliedVariance(20, { periodsPerYear: -1 })).toThrow('periodsPerYear "-1" is not above 0.')
  })
})

describe('impliedOutlook', () => {
  const usual = { implied: 2, realised: 1.5, percentile: 0.5 }

  it('tells premium, ratio and regime', () => {
    expect(impliedOutlook(usual)).toEqual({ premium: 0.5, ratio: 2 / 1.5, regime: 'normal' })
    expect(impliedOutlook({ ...usual, percentile: 0.9 }).regime).toBe('stressed')
    expect(impliedOutlook({ ...usual, percentile: 0.3 }).regime).toBe('calm')
    expect(impliedOutlook({ ...usual, percentile: 0.3, farther: 1.9 }).regime).toBe('stressed')
    expect(impliedOutlook({ ...usual, percentile: 0.3, farther: 2.1 }).regime).toBe('calm')
  })

  it('refuses what is no variance', () => {
    expect(() => impliedOutlook({ ...usual, realised: 0 })).toThrow('No outlook of {"implied":2,"realised":0')
    expect(() => impliedOutlook({ ...usual, percentile: 1.1 })).toThrow('No outlook of')
  })
})
