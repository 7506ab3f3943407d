import fc from 'fast-check'
import { expect, it } from 'vitest'
import { garchForecaster } from './garchForecaster.js'
import { garchParameters, garchVector } from './garchTransform.js'
import { searchGarch } from './searchGarch.js'
import { simulateGarch } from './simulateGarch.rig.js'
import type { VarianceForecaster } from './varianceForecaster.js'

const make = () => garchForecaster({ kind: 'gjr', window: 100, refitEvery: 50, lambda: 0.94 })
const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

it('keeps its parameters to the last bit, however often it is restored', () => {
  const reaction = fc.integer({ min: 1, max: 2 ** 30 }).map((value) => value / 2 ** 31)
  fc.assert(
    fc.property(reaction, reaction, reaction, (up, down, beta) => {
      const kept = make()
      const [, ...rest] = kept.parts()
      const vector = Float64Array.of(1e-4, 1e-6, up / 10, down / 3, beta / 7)
      kept.restoreParts([vector, ...rest])
      expect(kept.parts()[0]).toEqual(vector)
      const copy = make()
      copy.restoreParts(kept.parts())
      expect(copy.parts()).toEqual(kept.parts())
    }),
    { numRuns },
  )
})

it('lends no state: a part that is changed changes nothing', () => {
  const forecaster = make()
  const [, ...rest] = forecaster.parts()
  const vector = Float64Array.of(0, 1e-6, 0.05, 0.1, 0.85)
  forecaster.restoreParts([vector, ...rest])
  vector.fill(9)
  forecaster.parts()[0]!.fill(9)
  expect(forecaster.parts()[0]).toEqual(Float64Array.of(0, 1e-6, 0.05, 0.1, 0.85))
})

const returns = simulateGarch({ mean: 0, omega: 1e-6, alpha: 0.1, gamma: 0, beta: 0.85 }, 1_000, 'spread')
const spread = () => garchForecaster({ kind: 'garch', window: 400, refitEvery: 100, lambda: 0.94 })

function learn(forecaster: VarianceForecaster, change: number): void {
  forecaster.learn({ change, realised: change * change, impliedBefore: Number.NaN, implied: Number.NaN })
}

it('spreads a fit over bars, and comes to what a search at once finds, carried on to the bar', () => {
  const forecaster = spread()
  let vector: Float64Array | undefined
  let [first, variance] = [0, Number.NaN]
  for (const [at, change] of returns.subarray(0, 150).entries()) {
    learn(forecaster, change)
    if (forecaster.source !== 'GARCH' || vector !== undefined) continue
    first = at
    vector = forecaster.parts()[0]!
    variance = forecaster.forecast()
  }
  // The fit is due at the hundredth return.
  expect(first).toBeGreaterThan(101)
  expect(first).toBeLessThan(100 + 41)
  const due = returns.subarray(0, 100)
  const square = due.reduce((sum, value) => sum + value * value, 0) / 100
  const mean = due.reduce((sum, value) => sum + value, 0) / 100
  const usual = garchVector({ mean, omega: 0.05 * square, alpha: 0.08, gamma: 0, beta: 0.87 })
  const found = searchGarch(due, { start: garchParameters(usual), iterationsMax: 40 })
  if (found.kind === 'unavailable') throw new Error(found.code)
  expect(vector).toEqual(garchVector(found.parameters))
  const { mean: centre, omega, alpha, beta } = garchParameters(vector!)
  const carried = returns
    .subarray(100, first + 1)
    .reduce((h, value) => omega + alpha * (value - centre) ** 2 + beta * h, found.nextVariance)
  expect(variance / carried).toBeCloseTo(1, 12)
})

it('goes on from a snapshot at any bar, within a fit too, to the same bits', () => {
  const whole = spread()
  let copy = spread()
  let within = 0
  for (const change of returns.subarray(0, 420)) {
    learn(whole, change)
    learn(copy, change)
    expect(copy.parts()).toEqual(whole.parts())
    if (whole.parts()[5]![1]! > 0) within++
    const restored = spread()
    restored.restoreParts(copy.parts())
    copy = restored
  }
  expect(within).toBeGreaterThan(10)
})

it('fits at once where it is to fit at every bar', () => {
  const forecaster = garchForecaster({ kind: 'garch', window: 100, refitEvery: 1, lambda: 0.94 })
  for (const change of returns.subarray(0, 130)) {
    learn(forecaster, change)
    expect(forecaster.parts()[5]).toEqual(new Float64Array(2))
  }
  expect(forecaster.source).toBe('GARCH')
})
