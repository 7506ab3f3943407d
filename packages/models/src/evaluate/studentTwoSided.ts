import { exp, log } from '@astertrade/core'

/**
 * Probability that a value of Student's t distribution is at least as far from 0 as `t`.
 *
 * `I_x(df / 2, 1 / 2)` with `x = df / (df + t^2)`, the regularised incomplete beta function, by its continued fraction (Lentz).
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t)) return t
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return 0
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x))
  if (x < (a + 1) / (a + b + 2)) return (front * fraction(x, a, b)) / a
  return 1 - (front * fraction(1 - x, b, a)) / b
}

const tiny = 1e-300
const stepsMax = 300

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(((a + b) * -x) / (a + 1) + 1)
  let product = d
  for (let m = 1; m <= stepsMax; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    product *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const change = d * c
    product *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return product
}

function away(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function for arguments of 0.5 and more; Lanczos with g = 7, about 15 digits. */
function logGamma(x: number): number {
  let sum = 0.9999999999998099
  for (let index = 0; index < lanczos.length; index++) sum += lanczos[index]! / (x + index)
  const t = x + 6.5
  return 0.9189385332046728 + (x - 0.5) * log(t) - t + log(sum)
}
