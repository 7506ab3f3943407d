/** Tells when one series crosses another. Made by `crossover`. */
export interface Crossover {
  /** Takes the next pair; says on which side `a` now is if it has just changed sides, else undefined. */
  next(a: number, b: number): 'above' | 'below' | undefined
}

/**
 * Watches two series for crossings: a crossing is a change of the last non-zero sign of `a - b`.
 *
 * Exact ties neither lose nor double a crossing, since they leave the last side as it was. The first side is no crossing. A
 * pair with `NaN`, such as an indicator that is still cold, changes nothing. A step allocates nothing.
 *
 * @example
 * const cross = crossover()
 * cross.next(1, 2) // => undefined (the first side)
 * cross.next(2, 2) // => undefined (a tie)
 * cross.next(3, 2) // => 'above'
 */
export function crossover(): Crossover {
  let side: 'above' | 'below' | undefined
  return {
    next(a, b) {
      // Comparisons instead of a difference: infinities keep their side, and with NaN both are false.
      const now = a > b ? 'above' : a < b ? 'below' : side
      if (now === side) return undefined
      const crossed = side !== undefined
      side = now
      return crossed ? now : undefined
    },
  }
}
