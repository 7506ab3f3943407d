import { type Bars, createBars } from '@astertrade/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutBars } from './cutBars.js'

function series(length: number): Bars {
  const bars = createBars('X.test', 10, length)
  for (let index = 0; index < length; index++) bars.time[index] = (index + 1) * 10
  return bars
}

it('keeps exactly the bars that open from `from` up to, not including, `to`', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 60 }), (from, span) => {
      const opens = Array.from({ length: 10 }, (_, index) => index * 10).filter(
        (open) => open >= from && open < from + span,
      )
      const cut = (): readonly number[] =>
        [...cutBars(series(10), { from, to: from + span }).time].map((time) => time - 10)
      if (opens.length === 0) expect(cut).toThrow('No bar of X.test lies in the range that was asked for.')
      else expect(cut()).toEqual(opens)
    }),
  )
})

it('keeps all where there is no limit', () => {
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  expect(cutBars(series(3), range).length).toBe(3)
})
