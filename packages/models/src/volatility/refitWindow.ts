import { ConfigError } from '@astertrade/core'

/** When a model is fitted again, and to how much; both in bars. */
export interface RefitOptions {
  /** Values it is fitted to. */
  readonly window: number
  /** Bars from one fit to the next. */
  readonly refitEvery: number
}

/** The last values of a series, and when it is time to fit again. */
export interface RefitWindow {
  /** Takes a value; true when a fit is due. */
  add(value: number): boolean
  /** The values so far, at most `window`, oldest first. */
  values(): Float64Array
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/**
 * Fits are due once a quarter of the window is there, and then every `refitEvery` values, sooner while the window fills.
 *
 * @throws ConfigError `BAD_PARAMETER` if a number is out of range.
 */
export function refitWindow({ window, refitEvery }: RefitOptions): RefitWindow {
  const isWhole = Number.isInteger(window) && Number.isInteger(refitEvery)
  if (!isWhole || window < 100 || window > 100_000 || refitEvery < 1) {
    throw new ConfigError(`A window of "${window}" refitted every "${refitEvery}" bars is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Whole numbers: a window from 100 to 100000, such as 1000, and 1 or more bars, such as 250.'],
    })
  }
  const least = Math.max(100, Math.floor(window / 4))
  const values = new Float64Array(window)
  let [count, since] = [0, 0]
  return {
    add(value) {
      const grows = count < window
      if (grows) count++
      else values.copyWithin(0, 1)
      values[count - 1] = value
      since++
      const isDue = (grows && count === least) || (count >= least && since >= refitEvery)
      if (isDue) since = 0
      return isDue
    },
    values: () => values.subarray(0, count),
    snapshot() {
      const state = new Float64Array(window + 2)
      state[0] = count
      state[1] = since
      state.set(values, 2)
      return state
    },
    restore(state) {
      count = state[0]!
      since = state[1]!
      values.set(state.subarray(2))
    },
  }
}
