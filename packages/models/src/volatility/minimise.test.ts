import { describe, expect, it } from 'vitest'
import { endOf, minimise, type Objective } from './minimise.js'

const options = { tolerance: 1e-9, iterationsMax: 200 }

const valley: Objective = (point, gradient) => {
  const [x, y] = point as unknown as [number, number]
  const [a, b] = [1 - x, y - x * x]
  gradient[0] = -2 * a - 400 * b * x
  gradient[1] = 200 * b
  return a * a + 100 * b * b
}

describe('minimise', () => {
  it('goes to the end of a bent valley', () => {
    const { point, converged } = endOf(minimise(valley, Float64Array.of(-1.2, 1), options))
    expect(converged).toBe(true)
    expect(point[0]).toBeCloseTo(1, 8)
    expect(point[1]).toBeCloseTo(1, 8)
  })

  it('says when it stopped before the end', () => {
    const early = endOf(minimise(valley, Float64Array.of(-1.2, 1), { ...options, iterationsMax: 3 }))
    expect(early.converged).toBe(false)
    expect(early.steepness).toBeGreaterThan(1e-3)
  })

  it('stays where no step leads down', () => {
    const cliff: Objective = (point, gradient) => {
      gradient[0] = 1
      return point[0] === 0 ? 0 : Number.POSITIVE_INFINITY
    }
    expect(endOf(minimise(cliff, Float64Array.of(0), options))).toMatchObject({ value: 0, converged: false })
  })
})
