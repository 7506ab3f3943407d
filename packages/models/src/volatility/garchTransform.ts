import { exp, log } from '@astertrade/core'
import { garchWidth } from './garchLikelihood.js'

/** Which recursion: one reaction to all returns, or one of its own to falls. */
export type GarchKind = 'garch' | 'gjr'

/** Readable parameters of the recursion; `alpha` is after a rise and `gamma` what a fall adds to it. */
export interface GarchParameters {
  readonly mean: number
  readonly omega: number
  readonly alpha: number
  readonly gamma: number
  readonly beta: number
}

/**
 * From free numbers to parameters of the likelihood: whatever the numbers are, the variance is positive and stationary. They are the
 * mean, the logarithm of the long-run variance, and logits of the persistence and of the shares in it: four, or five for `gjr`.
 *
 * With `p` the persistence, `b` the share of beta in it and `d` that of falls in the rest: `omega = V (1 - p)`, `beta = p b`, and
 * the reactions are `2 p (1 - b) d` after falls and `2 p (1 - b)(1 - d)` after rises, equal in plain GARCH.
 */
export function garchTransform(kind: GarchKind, free: Float64Array, out: Float64Array): void {
  const variance = exp(free[1]!)
  const [p, q] = [logistic(free[2]!), logistic(-free[2]!)]
  const [b, rest] = [logistic(free[3]!), logistic(-free[3]!)]
  const [d, u] = kind === 'gjr' ? [logistic(free[4]!), logistic(-free[4]!)] : [0.5, 0.5]
  out[0] = free[0]!
  out[1] = variance * q
  out[2] = 2 * p * rest * u
  out[3] = 2 * p * rest * d
  out[4] = p * b
}

/** Carries a gradient by the parameters, at the point `parameters`, over to the free numbers. */
export function garchTransformGradient(
  kind: GarchKind,
  free: Float64Array,
  parameters: Float64Array,
  gradient: Float64Array,
  out: Float64Array,
): void {
  const [, omega, up, down, beta] = parameters as unknown as readonly [number, number, number, number, number]
  const [gMean, gOmega, gUp, gDown, gBeta] = gradient as unknown as readonly [number, number, number, number, number]
  const [p, q] = [logistic(free[2]!), logistic(-free[2]!)]
  const [b, rest] = [logistic(free[3]!), logistic(-free[3]!)]
  out[0] = gMean
  out[1] = gOmega * omega
  out[2] = -gOmega * omega * p + q * (gUp * up + gDown * down + gBeta * beta)
  out[3] = rest * gBeta * beta - b * (gUp * up + gDown * down)
  if (kind === 'gjr') out[4] = logistic(-free[4]!) * gDown * down - logistic(free[4]!) * gUp * up
}

/** The free numbers of parameters strictly inside their ranges. */
export function garchFree(kind: GarchKind, { mean, omega, alpha, gamma, beta }: GarchParameters): Float64Array {
  const react = alpha + gamma / 2
  const p = react + beta
  const free = [mean, log(omega / (1 - p)), log(p / (1 - p)), log(beta / react)]
  return Float64Array.from(kind === 'gjr' ? [...free, log((alpha + gamma) / alpha)] : free)
}

/** The parameters of the likelihood as readable ones. */
export function garchParameters(parameters: Float64Array): GarchParameters {
  const [mean, omega, up, down, beta] = parameters as unknown as readonly [number, number, number, number, number]
  return { mean, omega, alpha: up, gamma: down - up, beta }
}

/** Readable parameters as those of the likelihood. */
export function garchVector({ mean, omega, alpha, gamma, beta }: GarchParameters): Float64Array {
  const out = new Float64Array(garchWidth)
  out.set([mean, omega, alpha, alpha + gamma, beta])
  return out
}

function logistic(x: number): number {
  return 1 / (1 + exp(-x))
}
