import fc from 'fast-check'
import { expect, it } from 'vitest'
import { averageUniqueness } from './averageUniqueness.js'

it('is one for a label that stands alone, and less the more it shares', () => {
  const found = averageUniqueness({ starts: Int32Array.of(0, 1, 4), ends: Int32Array.of(2, 3, 5) })
  expect([...found]).toEqual([0.75, 0.75, 1])
})

it('is the mean of one over the labels alive at each of its bars', () => {
  const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 10 })), { maxLength: 30 })
  fc.assert(
    fc.property(spans, (list) => {
      const starts = Int32Array.from(list, ([start]) => start)
      const ends = Int32Array.from(list, ([start, length]) => start + length)
      const alive = (bar: number): number => list.filter(([from, length]) => bar > from && bar <= from + length).length
      const found = averageUniqueness({ starts, ends })
      for (const [label, [start, length]] of list.entries()) {
        let sum = 0
        for (let bar = start + 1; bar <= start + length; bar++) sum += 1 / alive(bar)
        expect(found[label]).toBeCloseTo(sum / length, 10)
      }
    }),
  )
})

it.each([
  [[0], [0], 'Label 0 spans from bar "0" to bar "0".'],
  [[-1], [2], 'Label 0 spans from bar "-1" to bar "2".'],
  [[0, 1], [2], 'Label 1 spans from bar "1" to bar "undefined".'],
])('refuses spans from %j to %j', (starts, ends, message) => {
  expect(() => averageUniqueness({ starts: Int32Array.from(starts), ends: Int32Array.from(ends) })).toThrow(message)
})
