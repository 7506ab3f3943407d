import { barsOf, timestamp } from '@astertrade/core'
import { expect, it } from 'vitest'
import { forwardReturn } from './forwardReturn.js'

const bars = (...closes: number[]) =>
  barsOf(
    closes.map((close, index) => {
      const time = timestamp((index + 1) * 1000)
      return { instrument: 'X-USD.test' as never, time, open: close, high: close, low: close, close, volume: 1 }
    }),
    1000,
  )

it('labels each bar by the sign of its return, and a return of 0 not at all', () => {
  const { classes, returns, ends, classCount } = forwardReturn(bars(100, 110, 99, 99, 100))
  expect(classCount).toBe(2)
  expect([...ends]).toEqual([1, 2, -1, 4, -1])
  expect([...classes]).toEqual([1, 0, 0, 1, 0])
  expect(returns[0]).toBeCloseTo(0.1, 12)
})

it('calls a return within so many deviations flat', () => {
  const { classes, ends, classCount } = forwardReturn(bars(100, 110, 99, 100, 80, 90), { flat: 1, volatilityBars: 2 })
  expect(classCount).toBe(3)
  // At 99 the deviation of +10 % and −10 % is 14 %; at 100 that of −10 % and +1 % is 8 %.
  expect([...ends]).toEqual([-1, -1, 3, 4, 5, -1])
  expect([...classes.slice(2, 5)]).toEqual([1, 0, 1])
})

it('scales the deviation with the root of the bars ahead', () => {
  const closes = [100, 110, 99, 99, 112]
  const of = (flat: number) => forwardReturn(bars(...closes), { bars: 2, flat, volatilityBars: 2 }).classes[2]
  // +13.1 % against 14.1 % times the root of two.
  expect([of(0.6), of(0.7)]).toEqual([2, 1])
})

it('has no label where a close is no number', () => {
  expect([...forwardReturn(bars(1, Number.NaN, 2, 3)).ends]).toEqual([-1, -1, 3, -1])
})

it('refuses a distance of 0 bars', () => {
  expect(() => forwardReturn(bars(1, 2), { bars: 0 })).toThrow('Option "bars" of forwardReturn is "0".')
})
