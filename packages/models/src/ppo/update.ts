import type { RandomStream } from '@astertrade/core'
import type { Learner } from '../network/learner.js'
import { shuffle } from '../network/shuffle.js'
import { policyLoss } from './policyLoss.js'
import type { PpoSettings } from './ppoSettings.js'
import type { Rollout } from './rollout.js'
import { valueLoss } from './valueLoss.js'

/** What `createUpdate` takes. */
export interface UpdateOptions {
  readonly policy: Learner
  readonly value: Learner
  readonly settings: PpoSettings
}

/** Improves both networks on a rollout, with a random order of its steps and a learning rate. */
export type Update = (rollout: Rollout, random: RandomStream, learningRate: number) => void

/** Prepares updates: passes over a rollout in minibatches, each with one step of Adam on both networks. */
export function createUpdate({ policy, value, settings }: UpdateOptions): Update {
  const { environments, rolloutSteps, epochs, minibatches } = settings
  const entries = environments * rolloutSteps
  const rows = Math.ceil(entries / minibatches)
  const sorted = Int32Array.from({ length: entries }, (_, entry) => entry)
  const order = sorted.slice()
  const batch = {
    taken: new Int32Array(rows),
    logProbabilities: new Float64Array(rows),
    advantages: new Float64Array(rows),
    values: new Float64Array(rows),
    returns: new Float64Array(rows),
  }
  const gather = (rollout: Rollout, from: number, count: number): void => {
    const size = policy.inputs
    for (let index = 0; index < count; index++) {
      const entry = order[from + index]!
      for (let input = 0; input < size; input++) {
        const seen = rollout.observations[entry * size + input]!
        policy.input[index * size + input] = seen
        value.input[index * size + input] = seen
      }
      batch.taken[index] = rollout.taken[entry]!
      batch.logProbabilities[index] = rollout.logProbabilities[entry]!
      batch.advantages[index] = rollout.advantages[entry]!
      batch.values[index] = rollout.values[entry]!
      batch.returns[index] = rollout.returns[entry]!
    }
    normalise(batch.advantages, count)
  }
  const improve = (count: number, learningRate: number): void => {
    policy.forward(count)
    value.forward(count)
    const said = { output: policy.output, row: policy.outputRow, rows: count, actions: policy.outputs }
    policyLoss({ ...batch, ...said }, settings, policy.outputGradient)
    const valued = { output: value.output, row: value.outputRow, rows: count }
    valueLoss({ ...batch, ...valued }, { clip: settings.clip, weight: settings.value }, value.outputGradient)
    policy.backward(count)
    value.backward(count)
    const norm = Math.sqrt(squareSum(policy.gradients) + squareSum(value.gradients))
    const scale = Math.min(1, settings.gradientNorm / (norm + 1e-6))
    policy.step({ learningRate, scale })
    value.step({ learningRate, scale })
  }
  return (rollout, random, learningRate) => {
    order.set(sorted)
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random)
      for (let from = 0; from < entries; from += rows) {
        const count = Math.min(rows, entries - from)
        gather(rollout, from, count)
        improve(count, learningRate)
      }
    }
  }
}

function squareSum(values: Float32Array): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]! * values[index]!
  return sum
}

/** Brings advantages to mean 0 and deviation 1. */
function normalise(advantages: Float64Array, count: number): void {
  let [sum, squares] = [0, 0]
  for (let index = 0; index < count; index++) sum += advantages[index]!
  const mean = sum / count
  for (let index = 0; index < count; index++) {
    const gap = advantages[index]! - mean
    squares += gap * gap
  }
  const deviation = Math.sqrt(squares / Math.max(1, count - 1))
  for (let index = 0; index < count; index++) advantages[index] = (advantages[index]! - mean) / (deviation + 1e-8)
}
