import { expSingle } from './expSingle.js'

const { fround } = Math

/** Turns `count` numbers from `at` on into probabilities, in float32 steps; the same bits as the SIMD kernel. */
export function softmaxSingle(values: Float32Array, at: number, count: number): void {
  let largest = values[at]!
  for (let index = 1; index < count; index++) largest = Math.max(largest, values[at + index]!)
  let sum = 0
  for (let index = 0; index < count; index++) {
    const value = expSingle(fround(values[at + index]! - largest))
    values[at + index] = value
    sum = fround(sum + value)
  }
  for (let index = 0; index < count; index++) values[at + index] = values[at + index]! / sum
}
