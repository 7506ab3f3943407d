/** Returns on a grid that a few lines of any language give again: more volatile column by column, and correlated. */
export function gridColumns(rows: number, count: number): number[][] {
  return Array.from({ length: count }, (_, a) =>
    Array.from({ length: rows }, (__, t) => {
      const mixed = t * 37 + a * 101 + t * t * 13 + a * t * 7 + (t % 5) * 40 * ((a % 3) + 1)
      return (((mixed % 201) - 100) / 1e4) * (1 + a)
    }),
  )
}
