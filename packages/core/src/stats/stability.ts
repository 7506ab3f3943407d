import { log } from '../elementary.js'
import { observed } from './observed.js'

/**
 * How straight the compounded return rises: R² of a line through the cumulative log returns. 1 is a straight line. `NaN` below two
 * periods and where log returns never vary from 0; missing values are left out.
 *
 * @example
 * stability([0.01, 0.01, 0.01]) // => 1
 */
export function stability(returns: ArrayLike<number>): number {
  if (returns.length < 2) return Number.NaN
  const path = observed(returns)
  let sum = 0
  for (let i = 0; i < path.length; i++) {
    sum += log(1 + path[i]!)
    path[i] = sum
  }
  return squaredCorrelationWithTime(path)
}

function squaredCorrelationWithTime(path: Float64Array): number {
  const middle = (path.length - 1) / 2
  let center = 0
  for (const value of path) center += value / path.length
  let covariance = 0
  let timeSquares = 0
  let squares = 0
  for (let i = 0; i < path.length; i++) {
    const time = i - middle
    const value = path[i]! - center
    covariance += time * value
    timeSquares += time * time
    squares += value * value
  }
  // Rounding must not carry a straight line above 1.
  return squares > 0 ? Math.min(1, (covariance / squares) * (covariance / timeSquares)) : Number.NaN
}
