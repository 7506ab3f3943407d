import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { playOut } from './playOut.js'
import { returnDeviation } from './returnDeviation.js'
import { type TradingEnvironmentOptions, tradingEnvironment } from './tradingEnvironment.js'

const prices = Float64Array.of(100, 110, 99, 99)
const options: TradingEnvironmentOptions = {
  prices,
  features: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  columns: 2,
  costs: 0.01,
  riskAversion: 0.5,
  episodeRows: 10,
}
// Returns of +10 %, -10 % and 0.
const unit = Math.sqrt(0.02 / 3)
const [short, flat, long] = [0, 1, 2]
const random = createRandom(1).stream('start')

it('pays the return after costs in deviations of a return, less what risk is worth', () => {
  const environment = tradingEnvironment(options)
  const seen = new Float32Array(environment.observationSize)
  environment.reset(random, seen)
  expect([...seen]).toEqual([1, 2, 0, 1, 0, 0])
  expect(environment.step(long, seen).reward).toBeCloseTo((0.1 - 0.01) / unit - 0.25, 12)
  expect([...seen.slice(0, 5)]).toEqual([3, 4, 0, 0, 1])
  expect(seen[5]).toBeCloseTo(0.1 / unit / 10, 6)
  expect(environment.step(short, seen).reward).toBeCloseTo((0.1 - 0.02) / unit - 0.25, 12)
  expect([...seen.slice(2, 5)]).toEqual([1, 0, 0])
  expect(environment.step(flat, seen)).toEqual({
    reward: expect.closeTo(-0.01 / unit, 12),
    terminated: false,
    truncated: true,
  })
  expect([...seen]).toEqual([7, 8, 0, 1, 0, 0])
})

it('starts anywhere that leaves room for an episode, and cuts it after its rows', () => {
  const features = Float32Array.from({ length: 20 }, (_, row) => row)
  const environment = tradingEnvironment({
    ...options,
    prices: new Float64Array(20).fill(1),
    features,
    columns: 1,
    episodeRows: 7,
  })
  const seen = new Float32Array(environment.observationSize)
  const starts = new Set<number>()
  for (let episode = 0; episode < 300; episode++) {
    environment.reset(random, seen)
    starts.add(seen[0]!)
    let steps = 1
    while (!environment.step(flat, seen).truncated) steps++
    expect(steps).toBe(7)
  }
  expect([...starts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
})

it('earns what playing the same actions by hand earns', () => {
  const action = fc.integer({ min: 0, max: 2 })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 90, max: 110 }), action), { minLength: 2 }), (steps) => {
      const path = Float64Array.from(steps, ([price]) => price)
      const rows = { prices: path, features: new Float32Array(path.length), columns: 1 }
      let step = 0
      const played = playOut(rows, { costs: 0.01, unit: 1, choose: () => steps[step++]![1] })
      let [gain, held, turnover] = [0, 0, 0]
      for (let row = 1; row < path.length; row++) {
        const wanted = steps[row - 1]![1] - 1
        gain += wanted * (path[row]! / path[row - 1]! - 1) - 0.01 * Math.abs(wanted - held)
        turnover += Math.abs(wanted - held)
        held = wanted
      }
      expect(played.gain).toBeCloseTo(gain, 12)
      expect(played.turnover).toBe(turnover)
    }),
  )
})

it('takes 1 for the deviation of a price that never moves', () => {
  expect(returnDeviation(Float64Array.of(5, 5, 5))).toBe(1)
  expect(returnDeviation(prices)).toBeCloseTo(unit, 12)
})

describe('refuses', () => {
  it.each<[string, Partial<TradingEnvironmentOptions>]>([
    ['it has "1" rows; two are needed to earn a return', { prices: Float64Array.of(1) }],
    ['it has "3" features for 4 rows of 2', { features: new Float32Array(3) }],
    ['the price "0" is not positive', { prices: Float64Array.of(1, 0, 1, 1) }],
    ['the price "NaN" is not positive', { prices: Float64Array.of(1, Number.NaN, 1, 1) }],
    ['costs "-1" are no ratio from 0 to 1', { costs: -1 }],
    ['riskAversion "NaN" is negative or not finite', { riskAversion: Number.NaN }],
    ['episodeRows "0" is no count', { episodeRows: 0 }],
  ])('%s', (problem, change) => {
    expect(() => tradingEnvironment({ ...options, ...change })).toThrow(
      expect.objectContaining({ code: 'BAD_TRAINING', message: `The market cannot be traded: ${problem}.` }),
    )
  })
})
