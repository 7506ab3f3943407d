import { describe, expect, it } from 'vitest'
import { ChaikinMoneyFlow, chaikinMoneyFlow } from '../index.js'

const none = Number.NaN

describe('chaikinMoneyFlow', () => {
  it('is money flow volume over volume', () => {
    const bars = {
      high: Float64Array.of(12, 14, 14),
      low: Float64Array.of(8, 10, 10),
      close: Float64Array.of(12, 11, 10),
      volume: Float64Array.of(30, 10, 30),
    }
    // Multipliers 1, −½ and −1.
    expect(chaikinMoneyFlow(bars, { period: 2 })).toEqual(Float64Array.of(none, 0.625, -0.875))
  })

  it('is 0 on a series that does not move, and on one without volume', () => {
    const still = new Float64Array(30).fill(0.1)
    const bars = { high: still, low: still, close: still }
    expect(chaikinMoneyFlow({ ...bars, volume: new Float64Array(30).fill(3) }).at(-1)).toBe(0)
    const moving = { high: still.map((value) => value + 1), low: still, close: still }
    expect(chaikinMoneyFlow({ ...moving, volume: new Float64Array(30) }).at(-1)).toBe(0)
  })

  it('keeps all digits after a bar with a billion times the volume', () => {
    const stream = new ChaikinMoneyFlow({ period: 3 })
    const bar = { high: 12, low: 8, close: 11, volume: 0.1 }
    stream.next({ ...bar, volume: 1e16 })
    for (let count = 0; count < 3; count++) stream.next(bar)
    expect(stream.value).toBe(0.5)
  })

  it('is 1 at most, even for a close outside its bar', () => {
    const stream = new ChaikinMoneyFlow({ period: 1 })
    expect(stream.next({ high: 12, low: 8, close: 30, volume: 5 })).toBe(1)
  })

  it('has no value while a hole is in the window, even without volume', () => {
    const stream = new ChaikinMoneyFlow({ period: 2 })
    const bar = { high: 12, low: 8, close: 11, volume: 0 }
    const values = [bar, bar, { ...bar, close: none }, bar, bar].map((input) => stream.next(input))
    expect(values).toEqual([none, 0, none, none, 0])
  })

  it('is named with its period', () => {
    expect(new ChaikinMoneyFlow()).toMatchObject({ name: 'chaikinMoneyFlow(20)', warmup: 20, stableAfter: 20 })
  })
})
