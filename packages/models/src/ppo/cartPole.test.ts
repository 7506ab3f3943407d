import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { acrobot } from './acrobot.rig.js'
import { cartPole } from './cartPole.rig.js'
import type { Environment } from './environment.js'
import { mountainCar } from './mountainCar.rig.js'
import { trainPolicy } from './trainPolicy.js'

const long = Boolean(process.env.ASTER_LONG)

const lastHundred = (returns: readonly number[]): number =>
  returns.length < 100 ? 0 : returns.slice(-100).reduce((sum, value) => sum + value, 0) / 100

/** Steps until the mean of a hundred episodes reaches 475 of 500, in a training planned for 500,000. */
function stepsToSolve(seed: number): number {
  const solved = ({ returns }: { readonly returns: readonly number[] }): boolean => lastHundred(returns) >= 475
  const { progress } = trainPolicy({ makeEnvironment: cartPole, steps: 500_000, seed, stop: solved })
  return solved(progress) ? progress.steps : Number.POSITIVE_INFINITY
}

it('moves as the equations of the task say', () => {
  const environment = cartPole()
  const seen = new Float32Array(4)
  environment.reset(createRandom(1).stream('start'), seen)
  expect(seen.every((value) => Math.abs(value) <= 0.05)).toBe(true)
  let steps = 1
  while (!environment.step(1, seen).terminated) steps++
  // Pushed to one side it falls within a dozen steps.
  expect(steps).toBeGreaterThan(6)
  expect(steps).toBeLessThan(12)
  expect(Math.abs(seen[2]!)).toBeGreaterThan((12 * Math.PI) / 180)
})

describe('balances a pole on a cart', () => {
  it('for 475 of 500 steps on average, within 300,000 steps', () => {
    expect(stepsToSolve(1)).toBeLessThanOrEqual(300_000)
  })

  it.runIf(long).each([2, 3, 4, 5, 6])('and with seed %i (ASTER_LONG)', (seed) => {
    expect(stepsToSolve(seed)).toBeLessThanOrEqual(300_000)
  })
})

// What the reference implementation is published to reach after 500,000 steps: 492 of 500, -90 and -200.
describe.runIf(long)('after 500,000 steps (ASTER_LONG)', () => {
  const reached = (makeEnvironment: () => Environment, seed: number): number =>
    lastHundred(trainPolicy({ makeEnvironment, steps: 500_000, seed }).progress.returns)

  it.each([1, 2, 3, 4, 5])('keeps the pole up, seed %i', (seed) => {
    expect(reached(cartPole, seed)).toBeGreaterThan(479)
  })

  it('swings two links up', () => {
    expect(reached(acrobot, 1)).toBeGreaterThan(-100)
  })

  it('fails to drive a car out of a valley, where no random way leads to a reward', () => {
    expect(reached(mountainCar, 1)).toBe(-200)
  })
})
