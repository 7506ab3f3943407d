/** What rounding took from `sum`, the sum of `total` and `term`, exactly: Knuth's two-sum. */
export function roundingError(total: number, term: number, sum: number): number {
  const added = sum - total
  return total - (sum - added) + (term - added)
}
