import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExtremeAge } from './extremeAge.js'

/** Age of the newest largest value, by looking at the whole window. */
function searched(values: readonly number[], length: number): number {
  if (values.length < length) return Number.NaN
  const window = values.slice(-length)
  return length - 1 - window.lastIndexOf(Math.max(...window))
}

describe('ExtremeAge', () => {
  it('finds what a search of the window finds, whatever was undone, peeked at or emptied', () => {
    const step = fc.record({
      draft: fc.integer({ min: 0, max: 4 }),
      value: fc.integer({ min: 0, max: 4 }),
      hole: fc.nat(15),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (length, steps) => {
        const kernel = new ExtremeAge(length)
        let seen: number[] = []
        for (const { draft, value, hole } of steps) {
          if (hole === 1) kernel.empty()
          else {
            kernel.input = draft
            kernel.advance()
          }
          kernel.undo()
          expect(kernel.peek(value)).toBe(searched([...seen, value], length))
          if (hole === 0) {
            kernel.empty()
            seen = []
          } else {
            kernel.input = value
            kernel.advance()
            seen.push(value)
          }
          expect(kernel.age).toBe(searched(seen, length))
        }
      }),
    )
  })
})
