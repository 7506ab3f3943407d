import { choleskyFactor, choleskyInverse } from '../regression/cholesky.js'
import { garchLikelihood, garchWidth } from './garchLikelihood.js'
import type { GarchKind, GarchParameters } from './garchTransform.js'

/** Standard errors by name; a parameter at the edge of its range has none. */
export type GarchErrors = Readonly<Partial<Record<keyof GarchParameters, number>>>

/** Both kinds of standard errors of one fit. */
export interface GarchErrorPair {
  readonly standard: GarchErrors
  readonly robust: GarchErrors
}

/** How the parameters of the likelihood move with each readable one: alpha moves both reactions, gamma that to falls. */
const directions = {
  mean: [1, 0, 0, 0, 0],
  omega: [0, 1, 0, 0, 0],
  alpha: [0, 0, 1, 1, 0],
  gamma: [0, 0, 0, 1, 0],
  beta: [0, 0, 0, 0, 1],
} as const
const namesOf = {
  garch: ['mean', 'omega', 'alpha', 'beta'],
  gjr: ['mean', 'omega', 'alpha', 'gamma', 'beta'],
} as const
/** Step of the central differences of the exact gradient, for returns of unit variance. */
const stepSize = 1e-6
/** Nearer than this to the edge of its range an estimate has no error to speak of. */
const edge = 1e-5

/**
 * Standard errors of the parameters at the optimum: roots of the diagonal of the inverse Hessian of the negative log likelihood,
 * and of the sandwich with the outer products of the scores. The Hessian is a central difference of the exact gradient. Parameters
 * at an edge are taken as given; where the rest is not curved in every direction there is no error at all.
 *
 * @param returns - Scaled to unit variance.
 */
export function garchErrors(kind: GarchKind, returns: Float64Array, parameters: Float64Array): GarchErrorPair {
  const names = freeNames(kind, parameters)
  const rows = names.map((name) => directions[name])
  const size = rows.length
  const outer = new Float64Array(garchWidth * garchWidth)
  garchLikelihood(returns, parameters, new Float64Array(garchWidth), outer)
  const hessian = new Float64Array(size * size)
  const scores = new Float64Array(size * size)
  for (const [i, row] of rows.entries()) {
    const curve = curvature(returns, parameters, row)
    const score = garchIndexes.map((column) => inner(row, (k) => outer[k * garchWidth + column]!))
    for (const [j, other] of rows.entries()) {
      hessian[i * size + j]! += inner(other, (k) => curve[k]!) / 2
      hessian[j * size + i]! += inner(other, (k) => curve[k]!) / 2
      scores[i * size + j] = inner(other, (k) => score[k]!)
    }
  }
  const factor = choleskyFactor(hessian, size)
  if (factor === undefined) return { standard: {}, robust: {} }
  const inverse = choleskyInverse(factor, size)
  return { standard: errorsOf(names, inverse), robust: errorsOf(names, sandwich(inverse, scores, size)) }
}

function freeNames(kind: GarchKind, parameters: Float64Array): (keyof GarchParameters)[] {
  const [, , up, down, beta] = parameters as unknown as readonly [number, number, number, number, number]
  const atEdge: Readonly<Record<string, boolean>> = {
    alpha: Math.min(up, down) < edge,
    gamma: down < edge,
    beta: beta < edge,
  }
  return namesOf[kind].filter((name) => !atEdge[name])
}

const garchIndexes = Array.from({ length: garchWidth }, (_, index) => index)

function inner(row: readonly number[], of: (index: number) => number): number {
  return row.reduce((sum, weight, index) => sum + weight * of(index), 0)
}

/** Change of the gradient of the whole negative log likelihood along a direction. */
function curvature(returns: Float64Array, parameters: Float64Array, direction: readonly number[]): Float64Array {
  const gradientAt = (step: number): Float64Array => {
    const gradient = new Float64Array(garchWidth)
    garchLikelihood(
      returns,
      parameters.map((value, k) => value + step * direction[k]!),
      gradient,
    )
    return gradient
  }
  const [above, below] = [gradientAt(stepSize), gradientAt(-stepSize)]
  return above.map((value, k) => (returns.length * (value - below[k]!)) / (2 * stepSize))
}

function sandwich(side: Float64Array, middle: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) {
        for (let l = 0; l < size; l++) {
          out[i * size + j]! += side[i * size + k]! * middle[k * size + l]! * side[l * size + j]!
        }
      }
    }
  }
  return out
}

function errorsOf(names: readonly (keyof GarchParameters)[], covariance: Float64Array): GarchErrors {
  return Object.fromEntries(names.map((name, at) => [name, Math.sqrt(covariance[at * names.length + at]!)]))
}
