/** The place of the first value that is no finite number, or -1. */
export function firstFlaw(values: ArrayLike<number>): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i
  return -1
}
