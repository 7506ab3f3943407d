import type { SquareMatrix } from '../measures/squareMatrix.js'

/** A growth problem with bounds. */
export interface GrowthProblem {
  readonly excess: ArrayLike<number>
  /** Positive definite. */
  readonly covariance: SquareMatrix
  readonly each: number
  readonly total: number
}

const sweepsMax = 2_000
const halvings = 100
const tolerance = 1e-13

/**
 * The f with 0 ≤ f ≤ each and Σf ≤ total that maximises `μᵀf − ½ fᵀΣf`; undefined where the sweeps end before it has settled.
 *
 * For a price λ of the sum, coordinate descent maximises `(μ − λ)ᵀf − ½ fᵀΣf` over the box; the sum falls as λ rises, so bisection finds the
 * price at which it is `total`.
 */
export function growthOptimum(problem: GrowthProblem): Float64Array | undefined {
  const { excess, covariance, total } = problem
  const state = { f: new Float64Array(covariance.size), products: new Float64Array(covariance.size) }
  if (!descend(problem, state, 0)) return undefined
  if (sumOf(state.f) <= total) return state.f
  let low = 0
  let high = 0
  for (let i = 0; i < covariance.size; i++) high = Math.max(high, excess[i]!)
  for (let step = 0; step < halvings && high - low > tolerance * high; step++) {
    const middle = (low + high) / 2
    if (!descend(problem, state, middle)) return undefined
    if (sumOf(state.f) > total) low = middle
    else high = middle
  }
  if (!descend(problem, state, high)) return undefined
  return state.f
}

function descend(
  { excess, covariance, each }: GrowthProblem,
  { f, products }: { readonly f: Float64Array; readonly products: Float64Array },
  price: number,
): boolean {
  const { size, values } = covariance
  for (let sweep = 0; sweep < sweepsMax; sweep++) {
    let farthest = 0
    let largest = 0
    for (let i = 0; i < size; i++) {
      const own = values[i * size + i]!
      const others = products[i]! - own * f[i]!
      const next = Math.min(each, Math.max(0, (excess[i]! - price - others) / own))
      const change = next - f[i]!
      largest = Math.max(largest, next)
      if (change === 0) continue
      f[i] = next
      farthest = Math.max(farthest, Math.abs(change))
      for (let j = 0; j < size; j++) products[j]! += values[i * size + j]! * change
    }
    if (farthest <= tolerance * largest) return true
  }
  return false
}

function sumOf(f: Float64Array): number {
  let sum = 0
  for (let i = 0; i < f.length; i++) sum += f[i]!
  return sum
}
