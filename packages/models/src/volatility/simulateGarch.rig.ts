import { createRandom } from '@astertrade/core'
import type { GarchParameters } from './garchTransform.js'

/** Returns of a GJR-GARCH(1,1) with normal shocks, begun at the long-run variance. */
export function simulateGarch(parameters: GarchParameters, length: number, seed: number | string): Float64Array {
  const { mean, omega, alpha, gamma, beta } = parameters
  const random = createRandom(seed).stream('garch')
  let h = omega / (1 - alpha - gamma / 2 - beta)
  return Float64Array.from({ length }, () => {
    const e = Math.sqrt(h) * random.normal()
    h = omega + (alpha + (e < 0 ? gamma : 0)) * e * e + beta * h
    return mean + e
  })
}
