import { describe, expect, it } from 'vitest'
import { account, btc, eth, sol } from '../limits/account.rig.js'
import { squareMatrix } from '../measures/squareMatrix.js'
import { unavailable } from '../measures/unavailable.js'
import { kellyMulti } from './kellyMulti.js'
import { type KellyMultiSizerOptions, kellyMultiSizer } from './kellyMultiSizer.js'

describe('kellyMultiSizer', () => {
  const instruments = [btc.id, eth.id]
  const fractions = kellyMulti({
    instruments,
    excess: [0.01, 0.02],
    covariance: squareMatrix([
      [0.04, 0],
      [0, 0.04],
    ]),
  })
  const sizer = (options: Partial<KellyMultiSizerOptions> = {}) =>
    kellyMultiSizer({ instruments, fractions: () => fractions, ...options })

  it('gives each instrument its share of one vector, a quarter of it unless told otherwise', () => {
    expect(sizer().size(btc, 1, 10_000, 100, account())).toBeCloseTo(6.25, 9)
    expect(sizer().size(eth, 1, 10_000, 100, account())).toBeCloseTo(12.5, 9)
    expect(sizer({ fraction: 1 }).size(eth, -0.5, 10_000, -100, account())).toBeCloseTo(-25, 9)
    expect(sizer().name).toBe('kellyMulti(0.25 of 2)')
  })

  it('sizes nothing while there is no vector, and at most the budget', () => {
    const none = sizer({ fractions: () => undefined })
    expect(none.size(btc, 1, 10_000, 100, account())).toBe(0)
    const lost = sizer({ fractions: () => unavailable('SINGULAR', 'a covariance', 0) })
    expect(lost.size(btc, 1, 10_000, 100, account())).toBe(0)
    const large = (share: number) =>
      sizer({ fractions: () => ({ kind: 'fractions', fractions: Float64Array.of(share, 0), notes: [] }) })
    expect(large(99).size(btc, 1, 10_000, 100, account())).toBe(100)
    expect(large(-99).size(btc, 1, 10_000, 100, account())).toBe(-100)
  })

  it('keeps the total that the vector kept', () => {
    const bounded = kellyMulti({
      instruments,
      excess: [0.5, 0.4],
      covariance: squareMatrix([
        [0.04, 0.01],
        [0.01, 0.04],
      ]),
      total: 0.8,
    })
    const all = sizer({ fractions: () => bounded, fraction: 1 })
    const value = [btc, eth].reduce((sum, one) => sum + all.size(one, 1, 10_000, 100, account()) * 100, 0)
    expect(value).toBeCloseTo(8000, 6)
  })

  it('refuses a vector that does not fit', () => {
    expect(() => sizer().size(sol, 1, 1, 1, account())).toThrow(
      'Instrument "SOL-USDT.other" has no place among the fractions.\n  Those with one: BTC-USDT.sim, ETH-USDT.sim.',
    )
    expect(() => sizer({ instruments: [btc.id] }).size(btc, 1, 1, 1, account())).toThrow(
      '1 instruments have 2 fractions.',
    )
    const broken = sizer({
      fractions: () => ({ kind: 'fractions', fractions: Float64Array.of(Number.NaN, 1), notes: [] }),
    })
    expect(() => broken.size(btc, 1, 1, 1, account())).toThrow('fraction of BTC-USDT.sim "NaN" is not a finite number.')
    expect(() => sizer({ fraction: 0 })).toThrow('fraction "0" is not a number above 0 and at most 1.')
  })
})
