import { exp, log } from '@astertrade/core'
import { type GarchErrors, garchErrors } from './garchErrors.js'
import type { GarchKind, GarchParameters } from './garchTransform.js'
import { type FitGarchOptions, type NoGarch, searchGarch } from './searchGarch.js'

/** A fitted model of the variance. */
export interface GarchFit extends GarchParameters {
  readonly kind: GarchKind
  readonly returns: number
  /** Of normal returns, constants included. */
  readonly logLikelihood: number
  /** `alpha + gamma / 2 + beta`: what a shock keeps per step; below 1. */
  readonly persistence: number
  /** `omega / (1 - persistence)`. */
  readonly longRunVariance: number
  /** Variance of the return after the last one. */
  readonly nextVariance: number
  /** From the Hessian. */
  readonly standardErrors: GarchErrors
  /** From the Hessian and the scores, which hold for returns that are not normal (Bollerslev and Wooldridge 1992). */
  readonly robustErrors: GarchErrors
  /** Largest slope of the mean log likelihood, in the free numbers it was searched by: 0 at an exact optimum. */
  readonly steepness: number
  /** Where each search ended, as log likelihoods: they agree where the optimum is beyond doubt. */
  readonly searches: readonly number[]
}

/**
 * Fits GARCH(1,1), or GJR-GARCH(1,1), with a constant mean by maximum likelihood.
 *
 * `h[t+1] = omega + (alpha + gamma [e[t] < 0]) e[t]² + beta h[t]`, `omega > 0`, reactions and beta at least 0, stationary.
 * Returns are scaled to unit variance, searched from several points with the exact gradient, and scaled back. Variance and squared
 * residual before the first return are the mean squared residual.
 *
 * Bollerslev, Generalized autoregressive conditional heteroskedasticity (1986); Glosten, Jagannathan and Runkle, On the relation
 * between the expected value and the volatility of the nominal excess return on stocks (1993).
 *
 * @param returns - Returns in time order, as log returns or in percent; parameters come in their unit.
 * @throws ConfigError `BAD_RETURNS` if a return is not finite, `BAD_PARAMETER` if `start` is not inside the ranges or another option is
 * none.
 * @example
 * const fit = fitGarch(returns)
 * if (fit.kind !== 'unavailable') fit.nextVariance // => variance of the next return
 */
export function fitGarch(returns: Float64Array, options: FitGarchOptions = {}): GarchFit | NoGarch {
  const found = searchGarch(returns, options)
  if (found.kind === 'unavailable') return found
  const { scale, returns: scaled, parameters, best, searches } = found.unit
  const { standard, robust } = garchErrors(found.kind, scaled, parameters)
  const [, , up, down, beta] = parameters as unknown as readonly [number, number, number, number, number]
  const likelihoodOf = (loss: number): number => -returns.length * (loss + 0.5 * log(2 * Math.PI) + log(scale))
  return {
    ...found.parameters,
    kind: found.kind,
    returns: returns.length,
    logLikelihood: likelihoodOf(best.value),
    persistence: (up + down) / 2 + beta,
    // The free number it was searched by: one less the persistence may round to 0.
    longRunVariance: exp(best.point[1]!) * scale * scale,
    nextVariance: found.nextVariance,
    standardErrors: rescaledErrors(standard, scale),
    robustErrors: rescaledErrors(robust, scale),
    steepness: best.steepness,
    searches: searches.map(({ value }) => likelihoodOf(value)),
  }
}

function rescaledErrors({ mean, omega, ...rest }: GarchErrors, scale: number): GarchErrors {
  return {
    ...rest,
    ...(mean !== undefined && { mean: mean * scale }),
    ...(omega !== undefined && { omega: omega * scale * scale }),
  }
}
