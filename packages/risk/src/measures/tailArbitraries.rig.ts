import fc from 'fast-check'

const narrow = fc.integer({ min: -3, max: 3 })
const grid = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((parts) => parts / 1_000_000)
const extreme = fc.double({ noNaN: true, min: -1e9, max: 1e9 })

/** Losses on an integer grid: a narrow one for ties, a wide one, and one sample in seven of doubles for extremes. */
export const losses: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(narrow, { minLength: 1, maxLength: 60 }) },
  { weight: 3, arbitrary: fc.array(grid, { minLength: 1, maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(extreme, { minLength: 1, maxLength: 40 }) },
)

/** Two samples of one length, of which element by element belongs together. */
export const pairsOfLosses: fc.Arbitrary<[number[], number[]]> = fc
  .oneof({ weight: 3, arbitrary: fc.constant(narrow) }, { weight: 3, arbitrary: fc.constant(grid) })
  .chain((value) => fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 }))
  .map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)])

/** Confidences in per mille, half of them where ranks change sides. */
export const confidences: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(1, 500, 900, 950, 975, 990, 999),
  fc.integer({ min: 1, max: 999 }),
)

/** Simple returns on a grid of basis points, at least as many as `minLength`. */
export function returnsOf(minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  const point = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -2_000, max: 2_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -9_000, max: 9_000 }) },
  )
  return fc.array(
    point.map((points) => points / 10_000),
    { minLength, maxLength, size: 'max' },
  )
}
