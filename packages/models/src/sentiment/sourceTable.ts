import { textHash } from '../textHash.js'

/** What one headline adds. */
export interface SourceEntry {
  readonly source: string
  readonly weight: number
  readonly score: number
}

/** What bounds the weight of a source. */
export interface SourceCap {
  /** Largest share of all weights and the prior together that one source may have. */
  readonly shareMax: number
  /** Weight that belongs to no source. */
  readonly prior: number
  /** What all weights are multiplied by, such as their decay since the last headline. */
  readonly factor: number
}

/** Decayed weights and scores by source. */
export interface SourceTable {
  /** Multiplies all weights. */
  decay(factor: number): void
  add(entry: SourceEntry): void
  /** Sum of the capped weights, and of the capped weights times the sources' mean scores. */
  capped(cap: SourceCap): { readonly weight: number; readonly sum: number }
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** Sources kept at once; a new one takes the place of the lightest. */
const slots = 64

/** Starts without sources, which it knows by the hash of their names: two that collide share a cap, which only makes them weaker. */
export function createSourceTable(): SourceTable {
  const names = new Float64Array(slots).fill(Number.NaN)
  const weights = new Float64Array(slots)
  const sums = new Float64Array(slots)
  const slotOf = (source: string): number => {
    const hash = textHash(source)
    let lightest = 0
    for (let slot = 0; slot < slots; slot++) {
      if (names[slot] === hash) return slot
      if (weights[slot]! < weights[lightest]!) lightest = slot
    }
    names[lightest] = hash
    weights[lightest] = 0
    sums[lightest] = 0
    return lightest
  }
  return {
    decay(factor) {
      for (let slot = 0; slot < slots; slot++) {
        weights[slot]! *= factor
        sums[slot]! *= factor
      }
    },
    add({ source, weight, score }) {
      const slot = slotOf(source)
      weights[slot]! += weight
      sums[slot]! += weight * score
    },
    capped(cap) {
      const limit = largestWeight(weights, cap)
      let [weight, sum] = [0, 0]
      for (let slot = 0; slot < slots; slot++) {
        const own = weights[slot]! * cap.factor
        if (own === 0) continue
        const kept = Math.min(own, limit)
        weight += kept
        sum += kept * (sums[slot]! / weights[slot]!)
      }
      return { weight, sum }
    },
    snapshot() {
      const state = new Float64Array(3 * slots)
      state.set(names)
      state.set(weights, slots)
      state.set(sums, 2 * slots)
      return state
    },
    restore(state) {
      names.set(state.subarray(0, slots))
      weights.set(state.subarray(slots, 2 * slots))
      sums.set(state.subarray(2 * slots))
    },
  }
}

/**
 * The weight at which sources are cut so that each is at most `shareMax` of what is left of all of them and the prior.
 *
 * It is sought from the heaviest down: with `k` sources cut to `L`, `L = shareMax (prior + the rest) / (1 - k shareMax)`. A share of the
 * uncut sum would be no bound, since a flood raises that sum with itself.
 */
function largestWeight(weights: Float64Array, { shareMax, prior, factor }: SourceCap): number {
  let [rest, heaviest] = [prior, 0]
  for (let slot = 0; slot < slots; slot++) {
    const weight = weights[slot]! * factor
    rest += weight
    if (weight > heaviest) heaviest = weight
  }
  if (heaviest <= shareMax * rest) return heaviest
  const rising = weights.map((weight) => weight * factor).sort()
  for (let cut = 0; cut < slots; cut++) {
    const limit = (shareMax * rest) / (1 - cut * shareMax)
    const next = rising[slots - 1 - cut]!
    if (next <= limit) return limit
    rest -= next
  }
  return (shareMax * prior) / (1 - slots * shareMax)
}
