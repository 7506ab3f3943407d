import type { RandomStream } from '@astertrade/core'

/**
 * Puts entries in a random order, each order equally likely.
 *
 * Fisher and Yates, as in Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2P.
 */
export function shuffle(order: Int32Array, random: RandomStream): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.integer(0, last)
    const entry = order[last]!
    order[last] = order[other]!
    order[other] = entry
  }
}
