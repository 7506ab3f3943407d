import { ConfigError } from '@astertrade/core'
import { type ConfidenceOptions, checkConfidence, confidenceDefault, confidenceRank } from './confidence.js'
import { firstFlaw } from './firstFlaw.js'
import { select } from './select.js'

/** The two figures of a tail, in the unit of the losses; losses are positive. */
export interface Tail {
  /** Loss that is not exceeded with the given confidence. */
  readonly valueAtRisk: number
  /**
   * Mean of the worst losses beyond the confidence; also called conditional value at risk. Never below value at risk.
   */
  readonly expectedShortfall: number
}

/** A tail that is written to, so that a check allocates nothing. */
export interface TailSlot {
  valueAtRisk: number
  expectedShortfall: number
}

/**
 * Value at risk and expected shortfall of a sample of losses, each as likely as any other.
 *
 * Value at risk is the k-th smallest loss, `k = ⌈α·n⌉`, without interpolation. Expected shortfall weights the boundary
 * loss by the share of it that lies in the tail, which makes it coherent; the plain mean of losses at or above value at
 * risk is not. Rockafellar and Uryasev, Conditional Value-at-Risk for General Loss Distributions (2002), proposition 8.
 *
 * @param losses - In any order; it is copied.
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none, `NO_DATA` for no losses, `NOT_FINITE` for a loss
 * that is no finite number.
 * @example
 * sampleTail([3, -1, 5, 2], { confidencePerMille: 500 }) // => { valueAtRisk: 2, expectedShortfall: 4 }
 */
export function sampleTail(
  losses: ArrayLike<number>,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): Tail {
  checkConfidence(confidencePerMille)
  const flaw = firstFlaw(losses)
  if (flaw >= 0) {
    throw new ConfigError(`Loss ${flaw} is "${losses[flaw]}" and not a finite number.`, { code: 'NOT_FINITE' })
  }
  if (losses.length === 0) {
    throw new ConfigError('A tail needs at least one loss and got none.', { code: 'NO_DATA' })
  }
  return tailInPlace(Float64Array.from(losses), confidencePerMille)
}

/** The same for finite losses that the caller gives away: they are reordered. */
export function tailInPlace(losses: Float64Array, confidencePerMille: number): Tail {
  const tail = { valueAtRisk: 0, expectedShortfall: 0 }
  const rank = confidenceRank(losses.length, confidencePerMille)
  riseFrom(losses, rank, losses.subarray(rank))
  readTail(losses, confidencePerMille, tail)
  return tail
}

/**
 * Reorders losses so that the one of rank `rank`, from 1, stands in its place and all above it follow in rising order.
 *
 * @param upper - The view of `losses` from `rank` on; the caller keeps it, so that a check allocates nothing.
 */
export function riseFrom(losses: Float64Array, rank: number, upper: Float64Array): void {
  select(losses, rank - 1)
  // Sorted, so that the sum over the tail does not depend on the order of the sample.
  upper.sort()
}

/** Reads the tail of losses that rise from its rank on; `count` of them count (default all). */
export function readTail(losses: Float64Array, confidencePerMille: number, out: TailSlot, count = losses.length): void {
  const rank = confidenceRank(count, confidencePerMille)
  const cut = losses[rank - 1]!
  let excess = 0
  for (let i = rank; i < count; i++) excess += losses[i]! - cut
  out.valueAtRisk = cut
  out.expectedShortfall = cut + (excess * 1_000) / (count * (1_000 - confidencePerMille))
}
