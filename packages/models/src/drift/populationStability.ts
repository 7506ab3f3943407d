import { ConfigError, log } from '@astertrade/core'
import { checkPairs } from '../evaluate/checkPairs.js'

/** How values were spread when a model was trained, as plain data for its artifact. */
export interface StabilityReference {
  /** Upper ends of all bins but the last, ascending: a value on an edge is in the bin below. */
  readonly edges: readonly number[]
  /** Share of the values in each bin; one more than edges. */
  readonly shares: readonly number[]
}

const defaults = { bins: 10 } as const

/** Share of a constant, or of 1, within which a smaller value is still the same. */
const nearby = 1e-9

/**
 * Notes how values are spread, in bins of equal count; equal values share a bin, so that there may be fewer.
 *
 * A run of equal values at the top has a bin of its own, and a column that never changed has one for its value and empty ones on
 * either side: that it begins to move is seen too.
 *
 * @throws ConfigError with code `NO_ROWS` if there are fewer values than bins, with `BAD_ROWS` for one that is not finite, or
 * `BAD_PARAMETER` for fewer than 2 bins.
 * @example
 * stabilityReference(Float64Array.of(1, 2, 3, 4), { bins: 2 }) // => { edges: [2], shares: [0.5, 0.5] }
 */
export function stabilityReference(values: Float64Array, options: { readonly bins?: number } = {}): StabilityReference {
  const { bins } = { ...defaults, ...options }
  if (!Number.isInteger(bins) || bins < 2) {
    throw new ConfigError(`Bins "${bins}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 2.'],
    })
  }
  checkPairs(bins, ['values', values])
  const sorted = values.slice().sort()
  const top = sorted[sorted.length - 1]!
  const below = sorted.findLast((value) => value < top)
  if (below === undefined) {
    const edges = [top - Math.max(1, Math.abs(top)) * nearby, top]
    return { edges, shares: sharesOf(values, edges) }
  }
  const edges: number[] = []
  for (let bin = 1; bin < bins; bin++) {
    const edge = Math.min(below, sorted[Math.ceil((bin * sorted.length) / bins) - 1]!)
    if (edge !== edges.at(-1)) edges.push(edge)
  }
  return { edges, shares: sharesOf(values, edges) }
}

/**
 * Population stability index: how far values have moved from where they were, `sum of (now - then) ln(now / then)` over bins; 0 is not
 * at all.
 *
 * Usual reading: below 0.1 steady, from 0.25 on another population. Bins that are empty now or were then count as half a value. Siddiqi, Credit Risk
 * Scorecards (2006). By chance alone it is about `bins / values`, so give it a few hundred values.
 *
 * @throws ConfigError with code `NO_ROWS` without values, or `BAD_ROWS` for one that is not finite or for a reference that is none.
 * @example
 * const then = stabilityReference(Float64Array.of(1, 2, 3, 4), { bins: 2 })
 * populationStability(then, Float64Array.of(1, 3, 4, 5)) // => 0.2747
 */
export function populationStability({ edges, shares }: StabilityReference, values: Float64Array): number {
  checkPairs(1, ['values', values])
  if (shares.length !== edges.length + 1) {
    throw new ConfigError(`${edges.length} edges have ${shares.length} shares.`, {
      code: 'BAD_ROWS',
      hints: ['One share more than edges, as stabilityReference gives them.'],
    })
  }
  const now = sharesOf(values, edges)
  let sum = 0
  for (let bin = 0; bin < shares.length; bin++) {
    const least = 0.5 / values.length
    const [then, current] = [Math.max(shares[bin]!, least), Math.max(now[bin]!, least)]
    sum += (current - then) * log(current / then)
  }
  return sum
}

function sharesOf(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0)
  for (const value of values) {
    let [low, high] = [0, edges.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (value <= edges[middle]!) high = middle
      else low = middle + 1
    }
    counts[low] = counts[low]! + 1
  }
  return counts.map((count) => count / values.length)
}
