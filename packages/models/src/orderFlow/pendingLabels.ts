import { log } from '@astertrade/core'
import type { RidgeLearner } from './ridgeLearner.js'

/** What waits for its label. */
export interface PendingLabels {
  /** Remembers features, the price and the forecast made of them, to be judged `horizon` later. */
  wait(time: number, price: number, features: Float64Array): void
  /** Teaches the learner what has become known: labels due up to `time`, by the price that held then. */
  settle(time: number, price: number): void
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** What `pendingLabels` takes. */
export interface PendingLabelsOptions {
  readonly learner: RidgeLearner
  readonly width: number
  /** From features to label, in the unit of times. */
  readonly horizon: number
  /** Most samples that wait at once; the oldest gives way. */
  readonly capacity: number
}

/** Starts with nothing waiting. A label is learned only once its horizon has passed: nothing is known beforehand. */
export function pendingLabels({ learner, width, horizon, capacity }: PendingLabelsOptions): PendingLabels {
  const row = width + 3
  const rows = new Float64Array(capacity * row)
  let [first, count] = [0, 0]
  const drop = (): void => {
    first = (first + 1) % capacity
    count--
  }
  return {
    wait(time, price, features) {
      if (count === capacity) drop()
      const at = ((first + count) % capacity) * row
      rows[at] = time
      rows[at + 1] = price
      rows[at + 2] = learner.weigh(features)
      rows.set(features, at + 3)
      count++
    },
    settle(time, price) {
      while (count > 0 && rows[first * row]! + horizon <= time) {
        const at = first * row
        learner.learn(rows, log(price / rows[at + 1]!), rows[at + 2]!, at + 3)
        drop()
      }
    },
    snapshot() {
      const state = new Float64Array(rows.length + 2)
      state[0] = first
      state[1] = count
      state.set(rows, 2)
      return state
    },
    restore(state) {
      first = state[0]!
      count = state[1]!
      rows.set(state.subarray(2))
    },
  }
}
