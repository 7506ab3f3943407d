import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orthogonalNetwork } from './orthogonalNetwork.js'

it('starts with orthogonal rows or columns, whichever are fewer, as long as the gain', () => {
  const size = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 1000 }), (inputs, outputs, seed) => {
      const shapes = [{ inputs, outputs, activation: 'linear' } as const]
      const { layers } = orthogonalNetwork(shapes, [3], createRandom(seed).stream('a'))
      const { weights, bias } = layers[0]!
      const at = (i: number, o: number): number => weights[i * outputs + o]!
      const [short, long] = inputs < outputs ? [inputs, outputs] : [outputs, inputs]
      const entry = (a: number, b: number): number => (inputs < outputs ? at(a, b) : at(b, a))
      for (let a = 0; a < short; a++) {
        for (let b = 0; b <= a; b++) {
          let product = 0
          for (let l = 0; l < long; l++) product += entry(a, l) * entry(b, l)
          expect(product).toBeCloseTo(a === b ? 9 : 0, 4)
        }
      }
      expect([...bias]).toEqual(new Array(outputs).fill(0))
    }),
  )
})
