import { log } from '@astertrade/core'

/** Sum of `log(1 + square / divisor)`, with one logarithm for as many factors as fit a double. */
export function sumOfLogs(squares: Float64Array, divisor: number): number {
  const inverse = 1 / divisor
  let sum = 0
  let product = 1
  for (let i = 0; i < squares.length; i++) {
    product *= 1 + squares[i]! * inverse
    if (product > 1e150) {
      sum += log(product)
      product = 1
    }
  }
  return sum + log(product)
}
