import { log } from '@astertrade/core'

/** Parameters of the recursion, in this order: mean, omega, alpha after a rise, alpha after a fall, beta. */
export const garchWidth = 5

/** Variances near 1 that share a logarithm, that of their product. */
const logEvery = 8

/** State of the recursion after the last return. */
export interface GarchEnd {
  /** Variance of the next return. */
  readonly nextVariance: number
  /** Smallest variance on the way. */
  readonly leastVariance: number
}

/** What one pass over the returns gives. */
export interface GarchPass extends GarchEnd {
  /** Mean of `(ln h + e² / h) / 2`: the negative log likelihood per return, without its constant. */
  readonly loss: number
}

const score = new Float64Array(garchWidth)

/**
 * Negative log likelihood of normal returns with `h[t+1] = omega + alpha e[t]² + beta h[t]`, and its exact gradient.
 *
 * `alpha` may differ after rises and falls (Glosten, Jagannathan and Runkle 1993); where both are equal this is GARCH(1,1) of
 * Bollerslev (1986). The variance and the squared residual before the first return are the mean squared residual, and that
 * they move with the mean is part of the gradient, which follows Fiorentini, Calzolari and Panattoni (1996).
 *
 * @param gradient - Takes the gradient of `loss`.
 * @param outer - If given, takes the sum of outer products of the scores of single returns, by row.
 */
export function garchLikelihood(
  returns: Float64Array,
  parameters: Float64Array,
  gradient: Float64Array,
  outer?: Float64Array,
): GarchPass {
  const [mean, omega, up, down, beta] = parameters as unknown as readonly [number, number, number, number, number]
  const count = returns.length
  const [square, squareSlope] = presample(returns, mean)
  const alpha = (up + down) / 2
  let h = omega + (alpha + beta) * square
  let [sMean, sOmega, sUp, sDown, sBeta] = [(alpha + beta) * squareSlope, 1, square / 2, square / 2, square]
  let [loss, gMean, gOmega, gUp, gDown, gBeta] = [0, 0, 0, 0, 0, 0]
  let [leastVariance, product] = [h, 1]
  for (let at = 0; at < count; at++) {
    const e = returns[at]! - mean
    const precision = 1 / h
    const ratio = e * e * precision
    product *= h
    loss += ratio + (at % logEvery === 0 ? log(product) : 0)
    if (at % logEvery === 0) product = 1
    const pull = (1 - ratio) * precision
    const push = -2 * e * precision
    gMean += pull * sMean + push
    gOmega += pull * sOmega
    gUp += pull * sUp
    gDown += pull * sDown
    gBeta += pull * sBeta
    if (outer !== undefined) {
      score[0] = (pull * sMean + push) / 2
      score[1] = (pull * sOmega) / 2
      score[2] = (pull * sUp) / 2
      score[3] = (pull * sDown) / 2
      score[4] = (pull * sBeta) / 2
      addOuter(outer, score)
    }
    const rises = e > 0
    const reaction = rises ? up : down
    sMean = beta * sMean - 2 * reaction * e
    sOmega = beta * sOmega + 1
    sUp = beta * sUp + (rises ? e * e : 0)
    sDown = beta * sDown + (rises ? 0 : e * e)
    sBeta = beta * sBeta + h
    h = omega + reaction * e * e + beta * h
    if (h < leastVariance) leastVariance = h
  }
  const scale = 0.5 / count
  gradient.set([gMean * scale, gOmega * scale, gUp * scale, gDown * scale, gBeta * scale])
  return { loss: (loss + log(product)) * scale, nextVariance: h, leastVariance }
}

/** Mean squared residual, and how it moves with the mean. */
function presample(returns: Float64Array, mean: number): readonly [number, number] {
  let [square, center] = [0, 0]
  for (let at = 0; at < returns.length; at++) {
    const e = returns[at]! - mean
    square += e * e
    center += e
  }
  return [square / returns.length, (-2 * center) / returns.length]
}

function addOuter(outer: Float64Array, vector: Float64Array): void {
  const size = vector.length
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) outer[i * size + j]! += vector[i]! * vector[j]!
}
