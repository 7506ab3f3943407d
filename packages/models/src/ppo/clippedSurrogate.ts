/**
 * The clipped surrogate of one action: `min(ratio * advantage, clip(ratio, 1 - ε, 1 + ε) * advantage)`, to be made large.
 *
 * Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization algorithms (2017), equation 7.
 *
 * @param ratio - Probability of the action now over that when it was taken.
 * @example
 * clippedSurrogate(1.5, 2, 0.2) // => 2.4
 */
export function clippedSurrogate(ratio: number, advantage: number, clip: number): number {
  const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip)
  return Math.min(ratio * advantage, clipped * advantage)
}

/** Slope of the clipped surrogate by the logarithm of the ratio: 0 where clipping holds it. */
export function surrogateSlope(ratio: number, advantage: number, clip: number): number {
  const held = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip
  return held ? 0 : ratio * advantage
}
