import { createRandom } from '@astertrade/core'
import type { Network } from '../backends/network.js'
import { wasmSession } from '../backends/wasm/wasmSession.js'
import { exposures, type TradedRows } from './holding.js'
import { type PlayOutOptions, playOut } from './playOut.js'
import { returnDeviation } from './returnDeviation.js'

/** A price drawn back to its level, or not: `x' = keep * x + normal`. */
export interface DrawnPrice {
  /** Share of a deviation that is left after a row; 1 is a random walk. */
  readonly keep: number
  /** Costs of a change of exposure by 1, in the units of the noise. */
  readonly costs: number
  /** As in the environment, which counts rewards in deviations of one row's change. */
  readonly riskAversion: number
}

/** Price at a deviation of 0; so far away that a return and a difference are the same thing. */
export const level = 100_000

/** Deviation that the price has in the long run, or of one step of a walk. */
export const spread = ({ keep }: DrawnPrice): number => (keep < 1 ? 1 / Math.sqrt(1 - keep * keep) : 1)

/** What a full exposure costs in each row, in the units of the noise. */
const burden = (price: DrawnPrice): number => {
  const { keep, riskAversion } = price
  return 0.5 * riskAversion * Math.sqrt(1 + (keep < 1 ? ((1 - keep) * spread(price)) ** 2 : 0))
}

/** Rows of such a price; the feature is its deviation, or for a walk the last change, in units of the spread. */
export function drawnRows(price: DrawnPrice, length: number, seed: number): TradedRows {
  const random = createRandom(seed).stream('price')
  const prices = new Float64Array(length)
  const features = new Float32Array(length)
  let x = price.keep < 1 ? random.normal() * spread(price) : 0
  for (let row = 0; row < length; row++) {
    const noise = random.normal()
    x = price.keep * x + noise
    prices[row] = level + x
    features[row] = (price.keep < 1 ? x : noise) / spread(price)
  }
  return { prices, features, columns: 1 }
}

/** Chooses an action from an observation and the number of what is held. */
export type Chooser = PlayOutOptions['choose']

/** Gain per row after risk, in units of the noise, and mean size of the exposure, of a chooser on rows. */
export function playRows(rows: TradedRows, price: DrawnPrice, choose: Chooser): { gain: number; exposure: number } {
  const { gain, exposure } = playOut(rows, { costs: price.costs / level, unit: returnDeviation(rows.prices), choose })
  return { gain: (gain * level) / (rows.prices.length - 1) - burden(price) * exposure, exposure }
}

/** Probabilities of the actions for an observation. */
export function probabilitiesOf(policy: Network): (observation: Float32Array) => Float32Array {
  const session = wasmSession(policy)
  const out = new Float32Array(exposures.length)
  return (observation) => {
    session.runSync(observation, 1, out)
    return out
  }
}

/** Chooses the likeliest action of a policy. */
export function greedy(policy: Network): Chooser {
  const say = probabilitiesOf(policy)
  return (observation) => {
    const chances = say(observation)
    return chances.indexOf(Math.max(...chances))
  }
}

/** Chooses each action as often as a policy says. */
export function sampled(policy: Network, seed: number): Chooser {
  const say = probabilitiesOf(policy)
  const random = createRandom(seed).stream('actions')
  return (observation) => {
    const chances = say(observation)
    const uniform = random.uniform()
    return uniform < chances[0]! ? 0 : uniform < chances[0]! + chances[1]! ? 1 : 2
  }
}

const cells = 161
const reach = 5

/**
 * The best way to trade such a price, by value iteration on a grid of deviations with the same discount: for each deviation and
 * exposure the action that earns most.
 */
export function bestChooser(price: DrawnPrice, discount: number): Chooser {
  const { keep, costs } = price
  const taxed = burden(price)
  const step = (2 * reach * spread(price)) / (cells - 1)
  const at = (cell: number): number => cell * step - reach * spread(price)
  const moves = Array.from({ length: cells }, (_, from) => {
    const weights = Float64Array.from({ length: cells }, (_, to) => Math.exp(-((at(to) - keep * at(from)) ** 2) / 2))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return weights.map((weight) => weight / sum)
  })
  let values = exposures.map(() => new Float64Array(cells))
  const worth = (cell: number, held: number, later: readonly number[]): number[] =>
    exposures.map((wanted, action) => {
      const earned = wanted * (keep - 1) * at(cell) - costs * Math.abs(wanted - held) - taxed * wanted * wanted
      return earned + discount * later[action]!
    })
  const laterOf = (cell: number): number[] =>
    values.map((column) => {
      let sum = 0
      for (let to = 0; to < cells; to++) sum += moves[cell]![to]! * column[to]!
      return sum
    })
  for (let sweep = 0; sweep < 400; sweep++) {
    const later = Array.from({ length: cells }, (_, cell) => laterOf(cell))
    values = exposures.map((held) =>
      Float64Array.from({ length: cells }, (_, cell) => Math.max(...worth(cell, held, later[cell]!))),
    )
  }
  const later = Array.from({ length: cells }, (_, cell) => laterOf(cell))
  return (observation, held) => {
    const cell = Math.round((observation[0]! * spread(price) - at(0)) / step)
    const inside = Math.min(Math.max(cell, 0), cells - 1)
    const gains = worth(inside, exposures[held]!, later[inside]!)
    return gains.indexOf(Math.max(...gains))
  }
}
