import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findBestSplit, type Split } from './bestSplit.js'
import { featureStride } from './histogram.js'

const cell = fc.record({ gradient: fc.integer({ min: -8, max: 8 }), hessian: fc.integer({ min: 0, max: 6 }) })
const cells = fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 6 })

it('finds the split that trying all of them finds', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 }), (bins, l2, childWeightMin) => {
      // Both features have the same rows, so the same sums: the second takes what the first lacks in its last bin.
      const sum = (feature: number, name: 'gradient' | 'hessian'): number =>
        bins.reduce((total, pair) => total + pair[feature]![name], 0)
      const totals = { gradient: Math.max(sum(0, 'gradient'), sum(1, 'gradient')), hessian: 40 }
      const histogram = new Float64Array(2 * featureStride)
      for (const feature of [0, 1]) {
        for (const [bin, pair] of bins.entries()) {
          histogram[feature * featureStride + 2 * bin] = pair[feature]!.gradient
          histogram[feature * featureStride + 2 * bin + 1] = pair[feature]!.hessian
        }
        const last = feature * featureStride + 2 * bins.length
        histogram[last] = totals.gradient - sum(feature, 'gradient')
        histogram[last + 1] = totals.hessian - sum(feature, 'hessian')
      }
      const edges = [new Float32Array(bins.length), new Float32Array(bins.length)]
      const found: Split = { column: -1, bin: 0, gain: 0, gradient: 0, hessian: 0 }
      findBestSplit(histogram, edges, totals, { l2, childWeightMin }, found)
      expect(found.gain).toBeCloseTo(bestGain(histogram, bins.length, totals, { l2, childWeightMin }), 6)
    }),
  )
})

interface Sums {
  readonly gradient: number
  readonly hessian: number
}

function bestGain(
  histogram: Float64Array,
  cuts: number,
  totals: Sums,
  limits: { readonly l2: number; readonly childWeightMin: number },
): number {
  const score = (gradient: number, hessian: number): number => (gradient * gradient) / (hessian + limits.l2)
  let best = 0
  for (const feature of [0, 1]) {
    for (let bin = 0; bin < cuts; bin++) {
      let [gradient, hessian] = [0, 0]
      for (let at = 0; at <= bin; at++) {
        gradient += histogram[feature * featureStride + 2 * at]!
        hessian += histogram[feature * featureStride + 2 * at + 1]!
      }
      if (Math.min(hessian, totals.hessian - hessian) < limits.childWeightMin) continue
      const gain =
        score(gradient, hessian) +
        score(totals.gradient - gradient, totals.hessian - hessian) -
        score(totals.gradient, totals.hessian)
      best = Math.max(best, gain)
    }
  }
  return best
}
