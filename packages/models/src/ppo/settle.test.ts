import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settle } from './settle.js'

function sharesOf(chances: readonly number[], states: number): Float64Array {
  const shares = new Float64Array(states)
  settle(Float64Array.from(chances), shares)
  return shares
}

it('gives shares that one more step leaves as they are', () => {
  const size = fc.integer({ min: 1, max: 5 })
  const weight = fc.integer({ min: 1, max: 1000 })
  fc.assert(
    fc.property(
      size.chain((states) =>
        fc.tuple(fc.constant(states), fc.array(weight, { minLength: states ** 2, maxLength: states ** 2 })),
      ),
      ([states, weights]) => {
        const row = (from: number): number[] => weights.slice(from * states, (from + 1) * states)
        const chances = weights.map((value, at) => {
          return value / row(Math.floor(at / states)).reduce((sum, other) => sum + other, 0)
        })
        const shares = sharesOf(chances, states)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
        for (let to = 0; to < states; to++) {
          const after = shares.reduce((sum, share, from) => sum + share * chances[from * states + to]!, 0)
          expect(after).toBeCloseTo(shares[to]!, 12)
        }
      },
    ),
  )
})

it('weighs states that are hardly ever left, worked by hand', () => {
  const [a, b] = sharesOf([1 - 1e-30, 1e-30, 3e-30, 1 - 3e-30], 2)
  expect(a).toBeCloseTo(0.75, 12)
  expect(b).toBeCloseTo(0.25, 12)
})
