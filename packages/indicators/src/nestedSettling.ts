/** Share of the starting values that counts as forgotten. */
const forgotten = 1e-6

/**
 * Inputs after the last seed until averages of averages have forgotten how they started.
 *
 * @param beta - weight of each average's former value
 * @param seedLength - inputs that start each of them
 * @param weights - size of each average's part in the result, the innermost first
 */
export function nestedSettlingLength(beta: number, seedLength: number, weights: readonly number[]): number {
  const shares = weights.map(() => 0)
  const last = (weights.length - 1) * (seedLength - 1)
  for (let length = 0; ; length++) {
    for (let level = 0; level < shares.length; level++) {
      const start = level * (seedLength - 1)
      if (length > start) shares[level] = beta * shares[level]! + (level > 0 ? (1 - beta) * shares[level - 1]! : 0)
      else if (length === start) shares[level] = 1
    }
    const total = shares.reduce((sum, share, level) => sum + share * weights[level]!, 0)
    if (length >= last && total < forgotten) return length - last
  }
}
