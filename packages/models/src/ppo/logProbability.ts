import { exp, log } from '@astertrade/core'

/** The logarithm of the sum of `e^z` over the numbers from `at` on, without overflow. */
export function logOfSum(values: Float32Array, at: number, count: number): number {
  let largest = values[at]!
  for (let index = 1; index < count; index++) largest = Math.max(largest, values[at + index]!)
  let sum = 0
  for (let index = 0; index < count; index++) sum += exp(values[at + index]! - largest)
  return largest + log(sum)
}

/** The logarithm of the probability that a softmax of the numbers from `at` on gives to `action`. */
export function logProbability(values: Float32Array, at: number, count: number, action: number): number {
  return values[at + action]! - logOfSum(values, at, count)
}

/** The action that a uniform number in [0, 1) falls on, by the softmax of the numbers from `at` on. */
export function drawAction(values: Float32Array, at: number, count: number, uniform: number): number {
  const whole = logOfSum(values, at, count)
  let reached = 0
  for (let action = 0; action < count - 1; action++) {
    reached += exp(values[at + action]! - whole)
    if (uniform < reached) return action
  }
  return count - 1
}
