/**
 * Standard deviation of the spread of two exponential averages on a random walk, in units of the walk's own per bar.
 *
 * A shock `j` bars ago weighs `s^j - f^j` in the spread, with `s` and `f` the averages' `1 - 2 / (period + 1)`; this is the root of
 * the sum of the squares. It puts all speeds on one scale, on which a walk without drift gives 1.
 *
 * @example
 * spreadSigma({ fast: 50, slow: 200 }) // => about 4.7
 */
export function spreadSigma({ fast, slow }: { readonly fast: number; readonly slow: number }): number {
  const f = 1 - 2 / (fast + 1)
  const s = 1 - 2 / (slow + 1)
  return Math.sqrt((s * s) / (1 - s * s) + (f * f) / (1 - f * f) - (2 * s * f) / (1 - s * f))
}
