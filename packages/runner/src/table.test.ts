import { expect, it } from 'vitest'
import { table } from './table.js'

it('starts the first column at the left and ends the others at the right', () => {
  expect(table([['bars', '12', 'x'], ['from', '2019'], ['−3 %']])).toEqual(['bars    12  x', 'from  2019', '−3 %'])
})

it('makes no lines of no rows', () => {
  expect(table([])).toEqual([])
})
