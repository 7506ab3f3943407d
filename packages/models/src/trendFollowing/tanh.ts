import { exp } from '@astertrade/core'

/** Hyperbolic tangent by the deterministic `exp`: the same bits on any machine, within 1e-15 of the exact value. */
export function tanh(x: number): number {
  const size = Math.abs(x)
  // Near 0 the quotient loses all digits; the series needs two terms there.
  if (size < 1e-4) return x - (x * x * x) / 3
  const tail = exp(-2 * size)
  const value = (1 - tail) / (1 + tail)
  return x < 0 ? -value : value
}
