import { normalCdf } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VolumeClassification } from './volumeClassification.js'

const none = Number.NaN

/** Signed volume of the last of some closes, each with a volume of 1. */
function lastShare(closes: readonly number[]): number {
  const kernel = new VolumeClassification(closes.length - 1)
  for (const close of closes) kernel.takeBar({ close, volume: 1 })
  return kernel.signed
}

describe('VolumeClassification of bars', () => {
  it('splits volume by the normal distribution of the change over its deviation', () => {
    // Changes 1 and 3: deviation 1, so the last one is 3 deviations.
    expect(lastShare([10, 11, 14])).toBeCloseTo(2 * normalCdf(3) - 1, 13)
    // Changes 3 and −1: deviation 2.
    expect(lastShare([10, 13, 12])).toBeCloseTo(2 * normalCdf(-0.5) - 1, 13)
  })

  it("is within 3e-14 of core's normal distribution everywhere", () => {
    for (let size = 0; size < 9; size += 1 / 512) {
      // Changes size − 1 and size + 1 have a deviation of 1.
      const share = lastShare([0, size - 1, 2 * size])
      expect(Math.abs(share - (2 * normalCdf(size + 1) - 1))).toBeLessThan(3e-14)
      expect(lastShare([0, -size - 1, -2 * size, -2 * size])).toBe(0)
    }
    for (let place = 1; place < 200; place++) {
      // Changes −1, 1 and x: deviations below one.
      const change = place / 200
      const deviation = Math.sqrt((2 + change * change) / 3 - (change / 3) ** 2)
      expect(Math.abs(lastShare([0, -1, 0, change]) - (2 * normalCdf(change / deviation) - 1))).toBeLessThan(3e-14)
    }
  })

  it('gives a change without deviation the whole volume, and no change none', () => {
    expect(lastShare([10, 11, 12, 13])).toBe(1)
    expect(lastShare([10, 9, 8, 7])).toBe(-1)
    expect(lastShare([0.1, 0.1, 0.1])).toBe(0)
  })

  it('is exactly the opposite for opposite changes, and never more than the volume', () => {
    const prices = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 })
    fc.assert(
      fc.property(prices, (closes) => {
        const share = lastShare(closes)
        expect(lastShare(closes.map((close) => -close))).toBe(0 - share)
        expect(Math.abs(share)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('compares with the last finite close, and needs a new window after a hole', () => {
    const kernel = new VolumeClassification(2)
    const signed = [10, 11, 14, none, 15, 18].map((close) => {
      kernel.takeBar({ close, volume: 1 })
      return kernel.signed
    })
    expect(signed.map(Number.isNaN)).toEqual([true, true, false, true, true, false])
    expect(kernel.change).toBe(3)
    kernel.takeBar({ close: 20, volume: Number.POSITIVE_INFINITY })
    expect([kernel.signed, kernel.change, kernel.price]).toEqual([none, none, 18])
  })
})

describe('VolumeClassification of trades', () => {
  const signs = (trades: readonly { readonly price: number; readonly aggressor?: 'buy' | 'sell' }[]): number[] => {
    const kernel = new VolumeClassification(2)
    return trades.map((trade) => {
      kernel.takeTrade({ quantity: 2, ...trade })
      return kernel.signed
    })
  }

  it('follows the aggressor', () => {
    expect(
      signs([
        { price: 10, aggressor: 'sell' },
        { price: 11, aggressor: 'sell' },
        { price: 9, aggressor: 'buy' },
      ]),
    ).toEqual([-2, -2, 2])
  })

  it('follows the last change of price where there is no aggressor', () => {
    const prices = [10, 10, 11, 11, 10, 10, 12].map((price) => ({ price }))
    expect(signs(prices)).toEqual([0, 0, 2, 2, -2, -2, 2])
  })

  it('passes over what is not finite', () => {
    expect(signs([{ price: 10 }, { price: none }, { price: 11 }])).toEqual([0, none, 2])
  })
})
