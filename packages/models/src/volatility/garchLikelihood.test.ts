import { describe, expect, it } from 'vitest'
import { garchLikelihood, garchWidth } from './garchLikelihood.js'
import { garchFree, garchTransform, garchTransformGradient, garchVector } from './garchTransform.js'
import { simulateGarch } from './simulateGarch.rig.js'

const parameters = { mean: 0.1, omega: 0.05, alpha: 0.06, gamma: 0.08, beta: 0.85 }
const returns = simulateGarch(parameters, 300, 1)

function lossAt(vector: Float64Array): number {
  return garchLikelihood(returns, vector, new Float64Array(garchWidth)).loss
}

describe('garchLikelihood', () => {
  it('equals two steps by hand', () => {
    // Mean 0, squares 1 and 4, so 2.5 before the first: h = 0.1 + 0.9 * 2.5 = 2.35, then 0.1 + 0.2 * 1 + 0.7 * 2.35 = 1.945.
    const vector = garchVector({ mean: 0, omega: 0.1, alpha: 0.2, gamma: 0, beta: 0.7 })
    const pass = garchLikelihood(Float64Array.of(1, -2), vector, new Float64Array(garchWidth))
    expect(pass.loss).toBeCloseTo((Math.log(2.35) + 1 / 2.35 + Math.log(1.945) + 4 / 1.945) / 4, 14)
    expect(pass.nextVariance).toBeCloseTo(0.1 + 0.2 * 4 + 0.7 * 1.945, 14)
    expect(pass.leastVariance).toBe(1.945)
  })

  it('has the gradient that differences give', () => {
    const vector = garchVector(parameters)
    const gradient = new Float64Array(garchWidth)
    garchLikelihood(returns, vector, gradient)
    for (let k = 0; k < garchWidth; k++) {
      const [above, below] = [vector.slice(), vector.slice()]
      above[k]! += 1e-6
      below[k]! -= 1e-6
      expect(gradient[k]).toBeCloseTo((lossAt(above) - lossAt(below)) / 2e-6, 7)
    }
  })

  it('adds up scores whose mean is the gradient', () => {
    const vector = garchVector(parameters)
    const [gradient, outer] = [new Float64Array(garchWidth), new Float64Array(garchWidth * garchWidth)]
    garchLikelihood(returns, vector, gradient, outer)
    for (let i = 0; i < garchWidth; i++) {
      expect(outer[i * garchWidth + i]).toBeGreaterThanOrEqual(returns.length * gradient[i]! * gradient[i]!)
      for (let j = 0; j < garchWidth; j++) expect(outer[i * garchWidth + j]).toBe(outer[j * garchWidth + i])
    }
  })
})

describe('garchTransform', () => {
  it.each(['garch', 'gjr'] as const)('carries the gradient of %s over to the free numbers', (kind) => {
    const free = garchFree(kind, kind === 'garch' ? { ...parameters, gamma: 0 } : parameters)
    const vector = new Float64Array(garchWidth)
    const lossOf = (point: Float64Array): number => {
      garchTransform(kind, point, vector)
      return lossAt(vector)
    }
    garchTransform(kind, free, vector)
    const slopes = new Float64Array(garchWidth)
    garchLikelihood(returns, vector, slopes)
    const gradient = new Float64Array(free.length)
    garchTransformGradient(kind, free, vector.slice(), slopes, gradient)
    for (let k = 0; k < free.length; k++) {
      const [above, below] = [free.slice(), free.slice()]
      above[k]! += 1e-6
      below[k]! -= 1e-6
      expect(gradient[k]).toBeCloseTo((lossOf(above) - lossOf(below)) / 2e-6, 7)
    }
  })

  it('gives back the parameters it was made of', () => {
    const vector = new Float64Array(garchWidth)
    garchTransform('gjr', garchFree('gjr', parameters), vector)
    for (const [k, value] of garchVector(parameters).entries()) expect(vector[k]).toBeCloseTo(value, 12)
  })
})
