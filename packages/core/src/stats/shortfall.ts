import { ConfigError } from '../errors.js'
import { observed } from './observed.js'

/** How rare a loss is meant. */
export interface ShortfallOptions {
  /** Between 0 and 1 (default 0.95: exceeded once in twenty periods). */
  readonly confidence?: number
}

/**
 * Historical value at risk: the loss, positive, that the share `confidence` of the periods did not exceed. It is the k-th smallest
 * loss with k = ⌈n·confidence⌉, without interpolation; `NaN` of nothing.
 *
 * @throws ConfigError `BAD_PARAMETER` if `confidence` is not between 0 and 1.
 * @example
 * valueAtRisk([0.01, -0.02, -0.05, 0.03], { confidence: 0.75 }) // => 0.02
 */
export function valueAtRisk(returns: ArrayLike<number>, { confidence = 0.95 }: ShortfallOptions = {}): number {
  const losses = risingLosses(returns)
  return losses[rank(losses.length, confidence) - 1] ?? Number.NaN
}

/**
 * Historical expected shortfall: the mean loss of the worst `1 - confidence` of the periods, the boundary one weighted; never
 * below the value at risk; `NaN` of nothing. Rockafellar and Uryasev, Conditional Value-at-Risk for General Loss
 * Distributions (2002), proposition 8.
 *
 * @throws ConfigError `BAD_PARAMETER` if `confidence` is not between 0 and 1.
 * @example
 * expectedShortfall([0.01, -0.02, -0.05, 0.03], { confidence: 0.5 }) // => 0.035
 */
export function expectedShortfall(returns: ArrayLike<number>, { confidence = 0.95 }: ShortfallOptions = {}): number {
  const losses = risingLosses(returns)
  const n = losses.length
  const k = rank(n, confidence)
  if (n === 0) return Number.NaN
  let sum = 0
  for (let i = k; i < n; i++) sum += losses[i]!
  return (sum / n + (k / n - confidence) * losses[k - 1]!) / (1 - confidence)
}

function risingLosses(returns: ArrayLike<number>): Float64Array {
  const losses = observed(returns)
  for (let i = 0; i < losses.length; i++) losses[i] = -losses[i]!
  return losses.sort()
}

function rank(count: number, confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ConfigError(`confidence "${confidence}" is not between 0 and 1.`, {
      code: 'BAD_PARAMETER',
      hints: ['0.95 means exceeded once in twenty periods.'],
    })
  }
  // 0.95 · 20 is a little above 19 in doubles; the tolerance keeps the intended rank.
  return Math.ceil(count * confidence - 1e-9)
}
