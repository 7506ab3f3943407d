import { describe, expect, it } from 'vitest'
import { account, btc } from '../limits/account.rig.js'
import { fixedFraction, fixedFractionSizer } from './fixedFraction.js'
import { kellySizer } from './kellySizer.js'
import { volatilityForecasts } from './volatilityForecasts.js'
import { volatilityMultiple } from './volatilityMultiple.js'
import { volatilityTarget } from './volatilityTarget.js'

const view = account()
const calm = { fast: 0.1, slow: 0.1, longRun: 0.1 }

describe('volatilityMultiple', () => {
  it('brings down to the target by the highest forecast, and never up', () => {
    expect(volatilityMultiple(0.2, { fast: 0.5, slow: 0.4, longRun: 0.6 })).toBe(0.4)
    expect(volatilityMultiple(0.2, { fast: 0.4, slow: 0.5, longRun: 0.6 })).toBe(0.4)
    expect(volatilityMultiple(0.2, { fast: 0.1, slow: 0.1, longRun: 0.8 })).toBe(0.5)
    expect(volatilityMultiple(0.2, calm)).toBe(1)
    expect(volatilityMultiple(0.2, { fast: 0, slow: 0, longRun: 1e-300 })).toBe(1)
  })

  it('is NaN while a forecast is cold, and where prices never moved', () => {
    expect(volatilityMultiple(0.2, { fast: 0, slow: 0, longRun: 0 })).toBeNaN()
    for (const name of ['fast', 'slow', 'longRun']) {
      expect(volatilityMultiple(0.2, { ...calm, [name]: Number.NaN })).toBeNaN()
    }
  })

  it('refuses figures that are none', () => {
    expect(() => volatilityMultiple(0, calm)).toThrow('target "0" is not a number above 0.')
    expect(() => volatilityMultiple(0.2, { ...calm, slow: -1 })).toThrow('slow "-1" is not a number of at least 0.')
    const endless = { ...calm, fast: Number.POSITIVE_INFINITY }
    expect(() => volatilityMultiple(0.2, endless)).toThrow('fast "Infinity" is not a number of at least 0.')
    expect(() => volatilityMultiple('"' as never, calm)).toThrow('target "\\"" is not a number above 0.')
  })
})

describe('volatilityForecasts', () => {
  it('are the volatility a year of steady returns, and cold below 60 of them', () => {
    const steady = Array.from({ length: 60 }, (_, i) => (i % 2 ? 0.01 : -0.01))
    for (const forecast of Object.values(volatilityForecasts(steady)))
      expect(forecast).toBeCloseTo(0.01 * Math.sqrt(365), 12)
    expect(volatilityForecasts(steady, { periodsPerYear: 252 }).fast).toBeCloseTo(0.01 * Math.sqrt(252), 12)
    expect(volatilityForecasts(steady.slice(1))).toEqual({ fast: Number.NaN, slow: Number.NaN, longRun: Number.NaN })
  })

  it('follow a burst quickly and slowly', () => {
    const burst = Array.from({ length: 200 }, (_, i) => (i % 2 ? 1 : -1) * (i < 180 ? 0.01 : 0.05))
    const { fast, slow, longRun } = volatilityForecasts(burst)
    expect(fast).toBeGreaterThan(slow)
    expect(slow).toBeGreaterThan(longRun * 0.8)
    expect(longRun).toBeLessThan(fast)
  })

  it('refuse what is no return', () => {
    expect(() => volatilityForecasts(Array(60).fill(Number.NaN))).toThrow('Return 0 is "NaN".')
    expect(() => volatilityForecasts([], { periodsPerYear: 0 })).toThrow('periodsPerYear "0" is not a number above 0.')
  })
})

describe('volatilityTarget', () => {
  it('sizes an exposure by its volatility, and nothing while it is unknown', () => {
    const sizer = volatilityTarget({ forecasts: () => ({ fast: 0.4, slow: 0.4, longRun: 0.4 }) })
    expect(sizer.name).toBe('volatilityTarget(0.2)')
    expect(sizer.size(btc, 1, 10_000, 100, view)).toBe(50)
    expect(sizer.size(btc, -0.5, 10_000, 100, view)).toBe(-25)
    const cold = volatilityTarget({ forecasts: () => ({ ...calm, fast: Number.NaN }) })
    expect(cold.size(btc, 1, 10_000, 100, view)).toBe(0)
    expect(() => volatilityTarget({ target: -1, forecasts: () => calm })).toThrow(
      'target "-1" is not a number above 0.',
    )
  })
})

describe('fixedFraction', () => {
  it('loses the fraction between entry and stop', () => {
    expect(fixedFraction({ equity: 10_000, fraction: 0.01, entry: 100, stop: 95 })).toBe(20)
    expect(fixedFraction({ equity: 10_000, fraction: 0.01, entry: 100, stop: 105 })).toBe(20)
    expect(fixedFraction({ equity: 0, fraction: 0.01, entry: 100, stop: 0 })).toBe(0)
  })

  it.each([
    [{ stop: 100 }, 'distance from entry to stop "0" is not a number above 0.'],
    [{ equity: -1 }, 'equity "-1" is not a number of at least 0.'],
    [{ fraction: 2 }, 'fraction "2" is not a number above 0 and at most 1.'],
    [{ entry: 0 }, 'entry "0" is not a number above 0.'],
    [{ stop: Number.NaN }, 'stop "NaN" is not a number of at least 0.'],
  ])('refuses %o', (options, message) => {
    expect(() => fixedFraction({ equity: 1, fraction: 0.01, entry: 100, stop: 95, ...options })).toThrow(message)
  })

  it('sizes an exposure, at most at its budget, and nothing while the distance is unknown', () => {
    expect(fixedFractionSizer({ fraction: 0.01, stop: 0.05 }).size(btc, 1, 10_000, 100, view)).toBeCloseTo(20, 12)
    expect(fixedFractionSizer({ stop: 0.005 }).size(btc, 1, 10_000, 100, view)).toBe(100)
    expect(fixedFractionSizer({ stop: () => Number.NaN }).size(btc, 1, 10_000, 100, view)).toBe(0)
    expect(fixedFractionSizer({ stop: () => 0.1 }).size(btc, -1, 10_000, 100, view)).toBeCloseTo(-10, 12)
    expect(fixedFractionSizer({ stop: 0.1 }).name).toBe('fixedFraction(0.01)')
    expect(fixedFractionSizer({ stop: 0.1 }).size(btc, 0.5, 10_000, 100, view)).toBeCloseTo(5, 12)
    expect(() => fixedFractionSizer({ stop: 0 })).toThrow('stop "0" is not a number above 0 and at most 1.')
    expect(() => fixedFractionSizer({ fraction: 0, stop: 0.1 })).toThrow('fraction "0" is not a number above 0')
    expect(() => fixedFractionSizer({ stop: () => -1 }).size(btc, 1, 1, 1, view)).toThrow(
      'stop "-1" is not a number above 0',
    )
  })
})

describe('kellySizer', () => {
  it("gives an exposure Kelly's share of its budget", () => {
    expect(kellySizer({ share: 0.08 }).size(btc, 1, 10_000, 100, view)).toBe(8)
    expect(kellySizer({ share: 3 }).size(btc, 1, 10_000, 100, view)).toBe(100)
    expect(kellySizer({ share: 0.08 }).size(btc, 0.5, 10_000, 100, view)).toBe(4)
    expect(kellySizer({ share: () => undefined }).size(btc, 1, 10_000, 100, view)).toBe(0)
    expect(kellySizer({ share: (id) => (id === btc.id ? 0.5 : 0) }).size(btc, -1, 10_000, 100, view)).toBe(-50)
    expect([kellySizer({ share: 0.08 }).name, kellySizer({ share: () => 1 }).name]).toEqual(['kelly(0.08)', 'kelly'])
  })

  it('refuses a share that is none', () => {
    expect(() => kellySizer({ share: -0.1 })).toThrow('share "-0.1" is not a number of at least 0.')
    expect(() => kellySizer({ share: () => Number.NaN }).size(btc, 1, 1, 1, view)).toThrow(
      'share "NaN" is not a number',
    )
  })
})

describe('a price below 0', () => {
  it('leaves long what was to be long, by every sizer', () => {
    const sizers = [
      volatilityTarget({ forecasts: () => calm }),
      kellySizer({ share: 0.5 }),
      fixedFractionSizer({ fraction: 0.01, stop: 0.05 }),
    ]
    for (const sizer of sizers) {
      expect(sizer.size(btc, 1, 10_000, -100, view), sizer.name).toBe(sizer.size(btc, 1, 10_000, 100, view))
      expect(sizer.size(btc, 1, 10_000, -100, view), sizer.name).toBeGreaterThan(0)
    }
  })
})
