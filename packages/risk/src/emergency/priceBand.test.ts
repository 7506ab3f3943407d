import { exp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { breakerDefaults } from './breakerLimits.js'
import { emptyBand, nextBand, type PriceBand } from './priceBand.js'
import { emptyMedian, nextMedian, type RunningMedian } from './runningMedian.js'

const limits = { ...breakerDefaults, band: 0.1 }
const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** A band after prices at times; answers the last state and alarm. */
function after(prices: readonly (readonly [time: number, price: number])[], given = limits) {
  let state: PriceBand = emptyBand
  let alarm: ReturnType<typeof nextBand>['alarm']
  for (const [time, price] of prices) ({ state, alarm } = nextBand(state, { price, time }, given))
  return { state, alarm }
}

describe('nextBand', () => {
  it('knows nothing of a first price but that', () => {
    expect(after([[7 * second, 50]])).toEqual({
      state: {
        spans: [{ start: 0, sum: 50, count: 1 }],
        price: 50,
        time: 7000,
        quick: 0,
        calm: 0,
        since: 7000,
        outsideSince: Number.NaN,
      },
      alarm: undefined,
    })
  })

  it('gathers prices by spans of ten seconds, and forgets spans of five minutes ago', () => {
    const { state } = after([
      [0, 100],
      [9_999, 110],
      [10_000, 120],
      [25_000, 130],
    ])
    expect(state.spans).toEqual([
      { start: 0, sum: 210, count: 2 },
      { start: 10_000, sum: 120, count: 1 },
      { start: 20_000, sum: 130, count: 1 },
    ])
    const filled = after([
      [0, 100],
      [10_000, 120],
      [12_000, 130],
    ])
    expect(filled.state.spans).toEqual([
      { start: 0, sum: 100, count: 1 },
      { start: 10_000, sum: 250, count: 2 },
    ])
    const late = (time: number) =>
      after([
        [0, 100],
        [10_000, 100],
        [time, 100],
      ]).state.spans.map(({ start }) => start)
    expect(late(299_999)).toEqual([0, 10_000, 290_000])
    expect(late(300_000)).toEqual([10_000, 300_000])
  })

  it('averages squared moves over the time seen, then forgets exponentially over five minutes and a day', () => {
    const moves = after([
      [0, 100],
      [second, 101],
      [3 * second, 100],
    ]).state
    const [first, then] = [0.01 ** 2 / 1000, (1 / 101) ** 2 / 2000]
    const even = first + (2 / 3) * (then - first)
    expect(moves.quick).toBeCloseTo(even, 15)
    expect(moves.calm).toBeCloseTo(even, 15)
    const state: PriceBand = { ...emptyBand, price: 100, time: 0, since: -1e12, quick: 4e-8, calm: 2e-8 }
    const next = nextBand(state, { price: 100, time: minute }, limits).state
    expect(next.quick).toBeCloseTo(4e-8 * Math.exp(-1 / 5), 15)
    expect(next.calm).toBeCloseTo(2e-8 * Math.exp(-1 / 1440), 15)
  })

  it('counts the moves of one time from the price before it, once time has passed', () => {
    const { state } = after([
      [0, 100],
      [0, 140],
      [second, 140],
    ])
    expect(state.quick).toBeGreaterThan(0)
  })

  it('takes a second price of the same time without a move', () => {
    const { state } = after([
      [0, 100],
      [0, 140],
    ])
    expect(state).toMatchObject({ price: 100, time: 0, quick: 0, calm: 0, since: 0 })
    expect(state.spans).toEqual([{ start: 0, sum: 240, count: 2 }])
  })

  it('measures the distance from the mean of the prices before, over the limit that was wider', () => {
    const calm = Array.from({ length: 10 }, (_, n) => [n * 10 * second, n % 2 ? 105 : 95] as const)
    const outside = (price: number) => after([...calm, [100 * second, price]]).state.outsideSince
    expect([outside(110), outside(110.01), outside(90), outside(89.99)]).toEqual([
      Number.NaN,
      100_000,
      Number.NaN,
      100_000,
    ])
    const { alarm } = after([...calm, [100 * second, 125], [115 * second, 140]])
    // Eleven prices are in the mean by then: ten of 100 on average, and 125.
    expect(alarm).toEqual({ code: 'BAND', limit: 0.1, got: 140 / (1125 / 11) - 1 })
    const down = after([...calm, [100 * second, 75], [115 * second, 60]]).alarm
    expect(down?.got).toBeCloseTo(1 - 60 / (1075 / 11), 12)
  })

  const usual: PriceBand = {
    ...emptyBand,
    spans: [{ start: 0, sum: 100, count: 1 }],
    price: 100,
    time: 0,
    since: -hour,
    quick: 1e-8,
    calm: 1e-8,
  }

  it('takes six usual deviations of five minutes where they are wider, once an hour has been seen', () => {
    // A variance of 1e-8 a millisecond is a deviation of 5.5 % in five minutes, six of which are 33 %.
    const width = 6 * Math.sqrt(1e-8 * 300_000)
    const at = (state: PriceBand, price: number) =>
      nextBand(state, { price, time: 1 }, { ...limits, volatilityRatio: 1e9 }).state.outsideSince
    expect(at(usual, 100 * (1 + width * 0.99))).toBeNaN()
    expect(at(usual, 100 * (1 + width * 1.5))).toBe(1)
    expect(at({ ...usual, since: 1 - hour }, 120)).toBeNaN()
    expect(at({ ...usual, since: 2 - hour }, 120)).toBe(1)
  })

  it('takes a price at the very edge of the band for one inside', () => {
    const wide = { ...limits, band: 0.5, bandSigmas: 0 }
    const at = (price: number) => nextBand({ ...usual, since: 0 }, { price, time: 1 }, wide).state.outsideSince
    expect([at(150), at(50)]).toEqual([Number.NaN, Number.NaN])
    expect([at(150.1), at(49.9)]).toEqual([1, 1])
  })

  it('forgets by the day, to the last bit', () => {
    const long = { ...usual, since: -1e12 }
    const weight = 1 - exp(-1000 / 86_400_000)
    const rate = (101 / 100 - 1) ** 2 / 1000
    const { calm } = nextBand(long, { price: 101, time: 1000 }, limits).state
    expect(calm).toBe(1e-8 + weight * (rate - 1e-8))
  })

  it('says nothing of a volatility that is not known, however strict it is told to be', () => {
    const cold = { ...usual, since: 1 - hour }
    expect(nextBand(cold, { price: 100, time: 0 }, { ...limits, volatilityRatio: 0.5 }).alarm).toBeUndefined()
  })

  it('finds a quick volatility that is too many times the usual, and only once that is known', () => {
    const at = (state: Partial<PriceBand>, ratio = 4) =>
      nextBand({ ...usual, ...state }, { price: 100, time: 0 }, { ...limits, volatilityRatio: ratio }).alarm
    expect(at({ quick: 16e-8 })).toBeUndefined()
    expect(at({ quick: 16.1e-8 })).toEqual({ code: 'VOLATILITY', limit: 4, got: Math.sqrt(16.1e-8 / 1e-8) })
    expect(at({ quick: 16.1e-8, since: 1 - hour })).toBeUndefined()
    expect(at({ quick: 16e-8, calm: 0 })).toBeUndefined()
    expect(at({ quick: 2e-8 }, 1)?.code).toBe('VOLATILITY')
  })

  it('says that a price is outside before it says that it is wild', () => {
    const wild = { ...usual, quick: 1e-6, outsideSince: 0 }
    // A jump of that size would make itself usual if it were counted.
    expect(nextBand(usual, { price: 300, time: 1 }, limits).state.calm).toBe(usual.calm)
    expect(nextBand(usual, { price: 101, time: 1 }, limits).state.calm).toBeGreaterThan(usual.calm)
    expect(nextBand(wild, { price: 300, time: 15_000 }, limits).alarm?.code).toBe('BAND')
    expect(nextBand(wild, { price: 300, time: 14_999 }, limits).alarm?.code).toBe('VOLATILITY')
    expect(nextBand({ ...wild, outsideSince: 5 }, { price: 300, time: 15_005 }, limits).state.outsideSince).toBe(5)
  })
})

describe('nextMedian', () => {
  const fed = (values: readonly number[], stepMs = 10 * second): RunningMedian =>
    values.reduce((state, value, n) => nextMedian(state, value, n * stepMs), emptyMedian)

  it('is the middle of the samples, from eleven on', () => {
    expect(fed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).median).toBeNaN()
    expect(fed([9, 1, 8, 2, 7, 3, 11, 5, 4, 10, 6]).median).toBe(6)
    expect(fed([9, 1, 8, 2, 7, 3, 11, 5, 4, 10, 6, 12]).median).toBe(6.5)
    expect(fed([1, 1, 1, 1, 1, 5, 9, 9, 9, 9, 9, 9]).median).toBe(7)
  })

  it('takes a sample each ten seconds', () => {
    const state = fed([1])
    expect(nextMedian(state, 5, 9_999)).toBe(state)
    expect(nextMedian(state, 5, 10_000).samples).toEqual([1, 5])
  })

  it('keeps the latest 101', () => {
    const many = Array.from({ length: 150 }, (_, n) => n)
    const state = fed(many)
    expect(state.samples).toEqual(many.slice(-101))
    expect(state.median).toBe(99)
  })
})
