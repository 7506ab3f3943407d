import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { featureStride, type Histograms, subtractHistogram } from './histogram.js'
import { jsHistograms } from './jsHistograms.js'
import { wasmHistograms } from './wasmHistograms.js'

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 9 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

/** Fills in the same random rows for every implementation. */
function fill({ bins, order, slopes }: Histograms, rows: number, seed: number): void {
  const random = createRandom(seed).stream('histograms')
  for (let index = 0; index < bins.length; index++) bins[index] = random.integer(0, 255)
  for (let index = 0; index < order.length; index++) order[index] = random.integer(0, rows - 1)
  for (let index = 0; index < slopes.length; index++) slopes[index] = random.normal()
}

it('sums by feature and bin as the definition says, to the same bits in JavaScript and by the SIMD kernel', () => {
  fc.assert(
    fc.property(sizes, ({ rows, columns, seed }) => {
      const room = { rows, columns, train: 2 * rows, histograms: 2 }
      const both = [jsHistograms(room), wasmHistograms(room)]
      for (const histograms of both) {
        fill(histograms, rows, seed)
        histograms.all[1]!.fill(9)
        histograms.sum(rows >> 1, rows, 1)
        expect(histograms.all[0]!.every((value) => value === 0)).toBe(true)
      }
      const [{ bins, order, slopes, all }] = both as [Histograms, Histograms]
      const plain = new Float64Array(columns * featureStride)
      for (let column = 0; column < columns; column++) {
        for (let index = 0; index < rows; index++) {
          const place = column * featureStride + 2 * bins[column * rows + order[(rows >> 1) + index]!]!
          plain[place]! += slopes[2 * index]!
          plain[place + 1]! += slopes[2 * index + 1]!
        }
      }
      expect(all[1]).toEqual(plain)
      expect([...both[1]!.all[1]!]).toEqual([...plain])
    }),
    { numRuns: Math.min(200, Number(process.env.FC_NUM_RUNS ?? 50)) },
  )
})

it('leaves the other child when one is taken off the parent', () => {
  const parent = Float64Array.of(5, 2, 0)
  subtractHistogram(parent, Float64Array.of(1, 2, 0))
  expect([...parent]).toEqual([4, 0, 0])
})

it('says so where the memory that WebAssembly can address is too small', () => {
  const room = { rows: 2 ** 27, columns: 41, train: 1, histograms: 1 }
  expect(() => wasmHistograms(room)).toThrow('The SIMD kernels do not start')
})
