import fc from 'fast-check'
import { expect, it } from 'vitest'
import { binRows, makeFeatureBins } from './featureBins.js'
import { rowsBetween } from './plantedTask.rig.js'

const single = (values: Float32Array, train = rowsBetween(0, values.length), count = 256) => {
  const bins = makeFeatureBins({ features: values, rows: values.length, columns: 1, train }, count)
  const out = new Uint8Array(values.length)
  binRows(values, values.length, bins, out)
  return { edges: [...bins.edges[0]!], bins: [...out] }
}

it('gives each of few values a bin, cut in the middle between two', () => {
  expect(single(Float32Array.of(3, 1, 1, 2, 3))).toEqual({ edges: [1.5, 2.5], bins: [2, 0, 0, 1, 2] })
})

it('has no edge in a constant column, and one bin', () => {
  expect(single(Float32Array.of(7, 7, 7))).toEqual({ edges: [], bins: [0, 0, 0] })
})

it('cuts many values into bins of about equally many rows', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 10_000) ** 3)
  const { bins } = single(values, undefined, 16)
  const counts = new Array(16).fill(0) as number[]
  for (const bin of bins) counts[bin]!++
  for (const count of counts) expect(Math.abs(count - 625)).toBeLessThanOrEqual(1)
})

it('never cuts a run of equal values, however long', () => {
  const values = Float32Array.from({ length: 1000 }, (_, index) => (index < 900 ? 0 : index))
  const { edges, bins } = single(values, undefined, 4)
  expect(edges).toEqual([450])
  expect([bins[0], bins[899], bins[900]]).toEqual([0, 0, 1])
})

it('makes its edges of the training rows alone', () => {
  const train = Int32Array.of(0, 1)
  expect(single(Float32Array.of(1, 2, 100), train)).toEqual({ edges: [1.5], bins: [0, 1, 1] })
})

it('cuts between two neighbouring floats at the lower one', () => {
  const low = Math.fround(0.1)
  const high = new Float32Array(new Uint32Array([new Uint32Array(Float32Array.of(low).buffer)[0]! + 1]).buffer)[0]!
  expect(single(Float32Array.of(low, high))).toEqual({ edges: [low], bins: [0, 1] })
})

it('puts each value into the first bin whose edge is not below it, as a plain search does', () => {
  const value = fc.oneof(
    fc.integer({ min: -20, max: 20 }),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e38, -1e38, 1e-45, 3.4028234663852886e38, -3.4028234663852886e38),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.integer({ min: 2, max: 256 }), (list, count) => {
      const values = Float32Array.from(list)
      const { edges, bins } = single(values, rowsBetween(0, Math.ceil(values.length / 2)), count)
      expect(edges.length).toBeLessThan(count)
      for (const [index, bin] of bins.entries()) {
        const plain = edges.findIndex((edge) => values[index]! <= edge)
        expect(bin).toBe(plain === -1 ? edges.length : plain)
      }
    }),
  )
})
