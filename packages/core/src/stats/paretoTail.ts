import { log, pow } from '../elementary.js'
import { ConfigError } from '../errors.js'
import { nelderMead } from './nelderMead.js'
import { observed } from './observed.js'

/** How rare a loss is meant. */
export interface ParetoTailOptions {
  /** Share of the losses beyond the estimate (default 0.01). */
  readonly probability?: number
}

/** A generalised Pareto tail of losses, all positive, and what it says of rare ones. */
export interface ParetoTail {
  /** Loss from which the tail was fitted. */
  readonly threshold: number
  readonly scale: number
  readonly shape: number
  readonly valueAtRisk: number
  readonly expectedShortfall: number
}

/**
 * Fits a generalised Pareto distribution to the largest losses by maximum likelihood, and estimates value at risk and expected
 * shortfall from it. The threshold starts at 0.2 and is halved until a heavy tail (shape > 0) with a positive estimate is found.
 *
 * Undefined where none is found, and below three periods. Missing values are left out. With few losses the fit is on the edge of
 * what can be estimated. Gilli and Këllezi, An Application of Extreme Value Theory for Measuring Financial Risk (2006).
 *
 * @throws ConfigError `BAD_PARAMETER` if `probability` is not between 0 and 1.
 * @example
 * paretoTail([0.01, 0.02, 0.01]) // => undefined, for want of losses
 */
export function paretoTail(
  returns: ArrayLike<number>,
  { probability = 0.01 }: ParetoTailOptions = {},
): ParetoTail | undefined {
  if (!(probability > 0 && probability < 1)) {
    throw new ConfigError(`probability "${probability}" is not between 0 and 1.`, { code: 'BAD_PARAMETER' })
  }
  if (returns.length < 3) return undefined
  const losses = observed(returns)
    .filter((value) => value < 0)
    .map((value) => -value)
  for (let threshold = thresholdFirst; threshold > thresholdLast; threshold /= 2) {
    const tail = fit(losses, threshold, probability)
    if (tail !== undefined) return tail
  }
  return undefined
}

const thresholdFirst = 0.2
const thresholdLast = 1e-9

function fit(losses: Float64Array, threshold: number, probability: number): ParetoTail | undefined {
  const beyond = losses.filter((value) => value >= threshold)
  if (beyond.length === 0) return undefined
  const { point, converged } = nelderMead(([scale = 0, shape = 0]) => cost(scale, shape, beyond), [1, 1])
  const [scale = 0, shape = 0] = point
  if (!(converged && shape > 0)) return undefined
  const share = (losses.length / beyond.length) * probability
  const valueAtRisk = threshold + (scale / shape) * (pow(share, -shape) - 1)
  if (!(valueAtRisk > 0)) return undefined
  const expectedShortfall = (valueAtRisk + scale - shape * threshold) / (1 - shape)
  return { threshold, scale, shape, valueAtRisk, expectedShortfall }
}

/** Negative log likelihood; a huge but finite cost outside the domain, so that the simplex turns back. */
function cost(scale: number, shape: number, losses: Float64Array): number {
  if (!(scale > 0 && shape > 0)) return Number.MAX_VALUE
  let sum = 0
  for (const loss of losses) sum += log((shape / scale) * loss + 1)
  return losses.length * log(scale) + (1 / shape + 1) * sum
}
