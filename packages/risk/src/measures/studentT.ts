import { ConfigError, log, normalQuantile, pow } from '@astertrade/core'
import { gammaRatio } from './gammaRatio.js'

const sqrtPi = 1.7724538509055159
const degreesMax = 1_000

/**
 * Density of Student's t distribution with `degrees` of freedom at `x`; the same on every engine.
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not a number from 1 to 1,000.
 * @example
 * studentTDensity(0, 1) // => 0.31830988618379064
 */
export function studentTDensity(x: number, degrees: number): number {
  checkDegrees(degrees)
  return (gammaRatio(degrees / 2) / (sqrtPi * Math.sqrt(degrees))) * pow(1 + (x / degrees) * x, -(degrees + 1) / 2)
}

/**
 * Probability that a Student-t variable is at most `x`; relative error about 1e-14 in the lower tail too. The same on
 * every engine.
 *
 * Regularised incomplete beta function by Lentz's continued fraction; Press et al., Numerical Recipes (1992), section
 * 6.4.
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not a number from 1 to 1,000.
 * @example
 * studentTCdf(-2.1318467863266495, 4) // => 0.05000000000000004
 */
export function studentTCdf(x: number, degrees: number): number {
  checkDegrees(degrees)
  if (Number.isNaN(x)) return x
  const tail = upperTail(Math.abs(x), degrees)
  return x > 0 ? 1 - tail : tail
}

/**
 * The Student-t quantile: the `x` with `studentTCdf(x, degrees) = p`. `±Infinity` at 1 and 0, `NaN` outside. The same
 * on every engine.
 *
 * Newton's method on the tail, in logarithms where the tail is thin, inside a bracket.
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not a number from 1 to 1,000.
 * @example
 * studentTQuantile(0.95, 4) // => 2.1318467863266495
 */
export function studentTQuantile(p: number, degrees: number): number {
  checkDegrees(degrees)
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0.5) return 0
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const size = tailQuantile(p < 0.5 ? p : 1 - p, degrees)
  return p < 0.5 ? -size : size
}

/**
 * The size that a Student-t variable exceeds with probability `tail`, between 0 and ½: precise where `1 - tail` rounds
 * to 1.
 *
 * @throws ConfigError `BAD_DEGREES` if `degrees` is not a number from 1 to 1,000.
 * @example
 * studentTTailQuantile(1e-20, 3) // => 4795275.720468972
 */
export function studentTTailQuantile(tail: number, degrees: number): number {
  checkDegrees(degrees)
  if (!(tail > 0 && tail <= 0.5)) return tail === 0 ? Number.POSITIVE_INFINITY : Number.NaN
  return tail === 0.5 ? 0 : tailQuantile(tail, degrees)
}

/** `P(T > x)` for `x ≥ 0`. */
function upperTail(x: number, degrees: number): number {
  const square = x * x
  const a = degrees / 2
  if (square === Number.POSITIVE_INFINITY) return 0
  const y = degrees / (degrees + square)
  // y^a (1 - y)^½ / B(a, ½)
  const front = (pow(1 + square / degrees, -a) * Math.sqrt(square / (degrees + square)) * gammaRatio(a)) / sqrtPi
  if (y < (a + 1) / (a + 2.5)) return (0.5 * front * betaFraction(y, a, 0.5)) / a
  return 0.5 - front * betaFraction(square / (degrees + square), 0.5, a)
}

/** Lentz's continued fraction of the incomplete beta function. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    const change = d * c
    value *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return value
}

function tailQuantile(tail: number, degrees: number): number {
  let low = 0
  let high = Number.MAX_VALUE
  let x = firstGuess(tail, degrees)
  for (let step = 0; step < 200; step++) {
    const got = upperTail(x, degrees)
    if (got > tail) low = x
    else high = x
    const next = newtonStep(x, got, tail, degrees)
    const inside = next > low && next < high
    const moved = inside ? next : high < Number.MAX_VALUE ? (low + high) / 2 : 2 * x
    if (Math.abs(moved - x) <= 4e-16 * x) return moved
    x = moved
  }
  return x
}

/** In logarithms of x and of the tail a power law is a straight line; near the centre the tail itself is. */
function newtonStep(x: number, got: number, tail: number, degrees: number): number {
  const density = studentTDensity(x, degrees)
  if (tail > 0.2 || x < 0.5) return x + (got - tail) / density
  const ratio = (log(got / tail) * got) / (density * x)
  return x * (1 + ratio + 0.5 * ratio * ratio)
}

/** The larger of the normal quantile and the power law of the far tail. */
function firstGuess(tail: number, degrees: number): number {
  const normal = -normalQuantile(tail)
  const a = degrees / 2
  const scale = (gammaRatio(a) / sqrtPi) * pow(degrees, a) * (1 / (2 * a))
  const power = pow(scale / tail, 1 / degrees)
  return power > normal && power < Number.MAX_VALUE ? power : normal
}

function checkDegrees(degrees: number): void {
  if (typeof degrees === 'number' && degrees >= 1 && degrees <= degreesMax) return
  throw new ConfigError(`degrees ${JSON.stringify(degrees) ?? degrees} is not a number from 1 to 1,000.`, {
    code: 'BAD_DEGREES',
    hints: ['Heavy tails of daily returns have 3 to 6; above 1,000 the normal distribution is the same.'],
  })
}
