import { ConfigError, type RandomStream } from '@astertrade/core'
import type { Learner } from '../network/learner.js'
import type { Environment } from './environment.js'
import { generalisedAdvantage } from './generalisedAdvantage.js'
import { drawAction, logProbability } from './logProbability.js'
import type { PpoSettings } from './ppoSettings.js'

/** What was seen and done in a rollout; step `t` of environment `e` is entry `e * rolloutSteps + t` of each column. */
export interface Rollout {
  /** Row-major, as many numbers per entry as an observation has. */
  readonly observations: Float32Array
  readonly taken: Int32Array
  readonly logProbabilities: Float64Array
  readonly values: Float64Array
  readonly advantages: Float64Array
  /** Advantage plus value. */
  readonly returns: Float64Array
}

/** What `createRollouts` takes. */
export interface RolloutOptions {
  readonly environments: readonly Environment[]
  readonly policy: Learner
  readonly value: Learner
  readonly settings: PpoSettings
  /** Takes the sum of rewards of each episode that ends. */
  ended(episodeReturn: number): void
}

/** Plays environments side by side. */
export interface Rollouts {
  /** Starts all environments anew; their chance and that of the actions come from forks of the stream. */
  restart(random: RandomStream): void
  /** Plays on for `rolloutSteps` steps. The columns are lent until the next call. */
  play(): Rollout
}

/** Prepares to play environments with a policy, and to estimate the advantages of what it did. */
export function createRollouts({ environments, policy, value, settings, ended }: RolloutOptions): Rollouts {
  const { rolloutSteps: steps, discount, truncation } = settings
  const size = policy.inputs
  const entries = environments.length * steps
  const rollout: Rollout = {
    observations: new Float32Array(entries * size),
    taken: new Int32Array(entries),
    logProbabilities: new Float64Array(entries),
    values: new Float64Array(entries),
    advantages: new Float64Array(entries),
    returns: new Float64Array(entries),
  }
  const rewards = new Float64Array(entries)
  const ends = new Uint8Array(entries)
  const seen = environments.map(() => new Float32Array(size))
  const totals = new Float64Array(environments.length)
  let chances: readonly RandomStream[] = []
  let draws: RandomStream
  const look = (): void => {
    for (const [index, observation] of seen.entries()) {
      policy.input.set(observation, index * size)
      value.input.set(observation, index * size)
    }
    policy.forward(environments.length)
    value.forward(environments.length)
  }
  const worthOf = (observation: Float32Array): number => {
    value.input.set(observation)
    value.forward(1)
    return value.output[0]!
  }
  const act = (index: number, entry: number): void => {
    const place = index * policy.outputRow
    const action = drawAction(policy.output, place, policy.outputs, draws.uniform())
    rollout.observations.set(seen[index]!, entry * size)
    rollout.taken[entry] = action
    rollout.logProbabilities[entry] = logProbability(policy.output, place, policy.outputs, action)
    rollout.values[entry] = value.output[index * value.outputRow]!
  }
  const move = (index: number, entry: number): void => {
    const observation = seen[index]!
    const { reward, terminated, truncated } = environments[index]!.step(rollout.taken[entry]!, observation)
    if (!Number.isFinite(reward) || !observation.every(Number.isFinite)) throw notFinite(reward, observation)
    totals[index] = totals[index]! + reward
    rewards[entry] = reward
    ends[entry] = terminated || truncated ? 1 : 0
    if (!terminated && !truncated) return
    if (!terminated && truncation === 'bootstrap') rewards[entry] = reward + discount * worthOf(observation)
    ended(totals[index]!)
    totals[index] = 0
    environments[index]!.reset(chances[index]!, observation)
  }
  const estimate = (): void => {
    look()
    for (let index = 0; index < environments.length; index++) {
      const [from, to] = [index * steps, (index + 1) * steps]
      const values = rollout.values.subarray(from, to)
      const path = { rewards: rewards.subarray(from, to), values, ends: ends.subarray(from, to) }
      const lastValue = value.output[index * value.outputRow]!
      rollout.advantages.set(generalisedAdvantage({ ...path, lastValue }, settings), from)
    }
    for (let entry = 0; entry < entries; entry++) {
      rollout.returns[entry] = rollout.advantages[entry]! + rollout.values[entry]!
    }
  }
  return {
    restart(random) {
      chances = environments.map((_, index) => random.fork(index + 1))
      draws = random.fork(0)
      totals.fill(0)
      for (const [index, environment] of environments.entries()) environment.reset(chances[index]!, seen[index]!)
    },
    play() {
      for (let step = 0; step < steps; step++) {
        look()
        for (let index = 0; index < environments.length; index++) act(index, index * steps + step)
        for (let index = 0; index < environments.length; index++) move(index, index * steps + step)
      }
      estimate()
      return rollout
    },
  }
}

function notFinite(reward: number, observation: Float32Array): ConfigError {
  const bad = Number.isFinite(reward)
    ? `shows "${observation.find((value) => !Number.isFinite(value))}"`
    : `pays "${reward}"`
  return new ConfigError(`An environment ${bad}.`, { code: 'BAD_TRAINING', hints: ['Both have to be finite numbers.'] })
}
