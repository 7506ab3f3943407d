import { ConfigError, exp, normalCdf } from '@astertrade/core'

const sqrt2OverPi = 0.7978845608028654

/**
 * Probability that a chi-square variable with a whole number of degrees of freedom exceeds `x`: the p-value of a
 * likelihood ratio.
 *
 * Finite sums; Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.4.4 and 26.4.5. The same on every
 * engine.
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not an integer from 1 to 1,000.
 * @example
 * chiSquareTail(3.841458820694124, 1) // => 0.05000000000000005
 */
export function chiSquareTail(x: number, degrees: number): number {
  checkDegrees(degrees)
  if (Number.isNaN(x)) return x
  if (x <= 0) return 1
  const odd = degrees % 2 === 1
  const root = Math.sqrt(x)
  const decay = exp(-x / 2)
  let sum = odd ? 2 * normalCdf(-root) : decay
  let term = odd ? sqrt2OverPi * root * decay : 0.5 * x * decay
  for (let k = odd ? 3 : 4; k <= degrees; k += 2) {
    sum += term
    term *= x / k
  }
  return sum
}

/**
 * The value that a chi-square variable exceeds with probability `tail`: the critical value of a test. `NaN` outside (0,
 * 1).
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not an integer from 1 to 1,000.
 * @example
 * chiSquareCritical(0.05, 2) // => 5.991464547107982
 */
export function chiSquareCritical(tail: number, degrees: number): number {
  checkDegrees(degrees)
  if (!(tail > 0 && tail < 1)) return Number.NaN
  let low = 0
  let high = degrees
  while (chiSquareTail(high, degrees) > tail) high *= 2
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (chiSquareTail(middle, degrees) > tail) low = middle
    else high = middle
  }
  return high
}

function checkDegrees(degrees: number): void {
  if (Number.isInteger(degrees) && degrees >= 1 && degrees <= 1_000) return
  throw new ConfigError(`degrees ${JSON.stringify(degrees) ?? degrees} is not an integer from 1 to 1,000.`, {
    code: 'BAD_DEGREES',
    hints: ['A likelihood ratio has as many degrees as parameters it tests: 1 for Kupiec, 2 for Christoffersen.'],
  })
}
