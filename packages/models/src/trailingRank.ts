import { ConfigError } from '@astertrade/core'

/** Where a value stands among those before it. */
export interface TrailingRank {
  /** Values remembered, at most `capacity`. */
  readonly count: number
  /** Share of the remembered values below `value`, ties by half; `NaN` before the first. */
  of(value: number): number
  /** Remembers a value, and forgets the oldest of more than `capacity`. */
  add(value: number): void
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/**
 * The empirical distribution of the last `capacity` values: a percentile is asked of the past, then the value joins it.
 *
 * @throws ConfigError `BAD_PARAMETER` if `capacity` is no whole number from 2 to 100000.
 */
export function trailingRank(capacity: number): TrailingRank {
  if (!Number.isInteger(capacity) || capacity < 2 || capacity > 100_000) {
    throw new ConfigError(`A distribution of "${capacity}" values is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 2 to 100000, such as 500.'],
    })
  }
  const values = new Float64Array(capacity)
  let [count, head] = [0, 0]
  return {
    get count() {
      return count
    },
    of(value) {
      let [below, equal] = [0, 0]
      for (let at = 0; at < count; at++) {
        if (values[at]! < value) below++
        else if (values[at] === value) equal++
      }
      return (below + equal / 2) / count
    },
    add(value) {
      values[head] = value
      head = head + 1 === capacity ? 0 : head + 1
      if (count < capacity) count++
    },
    snapshot() {
      const state = new Float64Array(capacity + 2)
      state[0] = count
      state[1] = head
      state.set(values, 2)
      return state
    },
    restore(state) {
      count = state[0]!
      head = state[1]!
      values.set(state.subarray(2))
    },
  }
}
