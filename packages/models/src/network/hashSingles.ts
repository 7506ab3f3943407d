import type { Hasher } from '@astertrade/core'

const block = 65_536

/** Adds a column of any numbers to a hash, as doubles and in pieces, so that no copy of the whole is made. */
export function hashSingles(hasher: Hasher, column: ArrayLike<number>): void {
  hasher.number(column.length)
  for (let from = 0; from < column.length; from += block) {
    const length = Math.min(block, column.length - from)
    hasher.column(Float64Array.from({ length }, (_, index) => column[from + index]!))
  }
}
