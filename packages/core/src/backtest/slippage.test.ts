import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { buy, sell } from '../strategy.js'
import { playScript, type Row, unit } from './playScript.rig.js'
import {
  fixedSlippage,
  halfSpread,
  noSlippage,
  type SlippageModel,
  squareRootImpact,
  sumSlippage,
  tickSlippage,
  volumeShareSlippage,
} from './slippage.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.5', lot: '0.001' })
const fill = { instrument: btc, direction: 1, price: 40_000, quantity: 5, volume: 50, range: 200 } as const

describe('slippage', () => {
  it('is nothing, a share of the price, a number of ticks, or half a spread', () => {
    expect(noSlippage.distance(fill)).toBe(0)
    expect(fixedSlippage({ bps: 5 }).distance(fill)).toBeCloseTo(20, 9)
    expect(tickSlippage({ ticks: 3 }).distance(fill)).toBe(1.5)
    expect(halfSpread({ spreadBps: 5 }).distance(fill)).toBeCloseTo(10, 9)
  })

  it('is a distance for prices below zero too', () => {
    expect(fixedSlippage({ bps: 5 }).distance({ ...fill, price: -40_000 })).toBeCloseTo(20, 9)
    expect(halfSpread({ spreadBps: 5 }).distance({ ...fill, price: -40_000 })).toBeCloseTo(10, 9)
  })

  it('grows with the square of the share of the volume', () => {
    const model = volumeShareSlippage({ impact: 0.1 })
    // 40000 · 0.1 · 0.1² = 40
    expect(model.distance(fill)).toBeCloseTo(40, 9)
    expect(model.distance({ ...fill, quantity: 10 })).toBeCloseTo(160, 9)
  })

  it('grows with the root of the share of the volume, in units of the range', () => {
    const model = squareRootImpact({ factor: 0.5 })
    // 0.5 · 200 · √0.1
    expect(model.distance(fill)).toBeCloseTo(31.6227766, 6)
    expect(model.distance({ ...fill, range: 0 })).toBe(0)
  })

  it('counts an order of the whole volume or more, or a bar without volume, as the whole', () => {
    for (const model of [volumeShareSlippage({ impact: 0.1 }), squareRootImpact({ factor: 0.5 })]) {
      const whole = model.distance({ ...fill, quantity: 50 })
      expect(model.distance({ ...fill, quantity: 500 })).toBe(whole)
      expect(model.distance({ ...fill, volume: 0 })).toBe(whole)
      expect(whole).toBeGreaterThan(0)
    }
  })

  it('adds up', () => {
    const model = sumSlippage([tickSlippage({ ticks: 1 }), fixedSlippage({ bps: 1 })])
    expect(model.distance(fill)).toBeCloseTo(4.5, 9)
    expect(model.name).toBe('1 ticks + 1 bps')
    expect(model.ratio).toBeCloseTo(0.0001, 12)
    expect(sumSlippage([])).toMatchObject({ name: 'none', ratio: 0 })
    expect(sumSlippage([]).distance(fill)).toBe(0)
  })

  it('is named by its figures, for the result hash', () => {
    const names = [
      noSlippage,
      fixedSlippage({ bps: 5 }),
      tickSlippage({ ticks: 3 }),
      halfSpread({ spreadBps: 5 }),
      volumeShareSlippage({ impact: 0.1 }),
      squareRootImpact({ factor: 0.5 }),
    ].map(({ name }) => name)
    expect(names).toEqual([
      'none',
      '5 bps',
      '3 ticks',
      'half of 5 bps',
      'volume share, impact 0.1',
      'square root, factor 0.5',
    ])
  })

  it('is refused where a figure is negative or no number', () => {
    const makers: readonly (readonly [string, (value: number) => SlippageModel])[] = [
      ['bps', (bps) => fixedSlippage({ bps })],
      ['ticks', (ticks) => tickSlippage({ ticks })],
      ['spreadBps', (spreadBps) => halfSpread({ spreadBps })],
      ['impact', (impact) => volumeShareSlippage({ impact })],
      ['factor', (factor) => squareRootImpact({ factor })],
    ]
    for (const [name, make] of makers) {
      for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => make(value)).toThrow(`Slippage ${name} "${value}" is not a finite number ≥ 0.`)
        expect(() => make(value)).toThrow(expect.objectContaining({ code: 'BAD_SLIPPAGE' }))
      }
      expect(make(0).distance(fill)).toBe(0)
    }
  })
})

describe('slippage beyond the whole price', () => {
  const bars: readonly Row[] = [
    [100, 101, 99, 100],
    [100, 101, 99, 100],
  ]

  it('leaves a seller one tick, and a buyer what it says', () => {
    const slippage = tickSlippage({ ticks: 500 })
    expect(playScript({ bars, slippage, wishes: { 0: sell(unit.id, 1) } }).fills).toEqual(['1 sell 1 @ 1'])
    expect(playScript({ bars, slippage, wishes: { 0: buy(unit.id, 1) } }).fills).toEqual(['1 buy 1 @ 600'])
  })

  it('goes on below zero where the price was there before', () => {
    const below: readonly Row[] = [
      [-5, -3, -8, -4],
      [-5, -3, -8, -4],
    ]
    const slippage = tickSlippage({ ticks: 3 })
    expect(playScript({ bars: below, slippage, wishes: { 0: sell(unit.id, 1) } }).fills).toEqual(['1 sell 1 @ -8'])
  })
})
