import { createRandom } from '@astertrade/core'
import { drawSet } from './drawSet.js'
import { fitReturns } from './returnModel.js'
import { type ReturnSeries, type Scenarios, scenarioMatrix } from './scenarioMatrix.js'
import { type SimulatedReturns, simulateReturns } from './simulateReturns.js'
import { ready } from './tailSamples.rig.js'

/** Days of correlated heavy-tailed returns, always the same: instrument `I0` is the calmest. */
export function marketSeries(instruments: number, days: number, seed = 1): ReturnSeries[] {
  const stream = createRandom(seed).stream('market')
  const times = Array.from({ length: days }, (_, day) => day * 86_400_000)
  const normals = (count: number): number[] => Array.from({ length: count }, () => stream.normal())
  const market = normals(days)
  // The square root of 4 over a chi-square variable of 4 degrees makes normals Student-t.
  const shake = times.map(() => Math.sqrt(4 / normals(4).reduce((sum, value) => sum + value * value, 0)))
  return Array.from({ length: instruments }, (_, i) => {
    const own = normals(days)
    const returns = times.map((__, day) => 0.01 * (1 + i / 4) * shake[day]! * (0.6 * market[day]! + 0.8 * own[day]!))
    return { instrument: `I${i}`, times, returns }
  })
}

/** The same as scenarios. */
export function marketScenarios(instruments: number, days: number, seed = 1): Scenarios {
  return ready(scenarioMatrix(marketSeries(instruments, days, seed)))
}

/** Returns simulated from scenarios. */
export function simulatedFrom(scenarios: Scenarios, draws = 2_000): SimulatedReturns {
  const random = drawSet({ seed: 1, assets: scenarios.instruments.length, draws })
  return simulateReturns(ready(fitReturns(scenarios)), random)
}
