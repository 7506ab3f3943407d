import type { Duration } from '../../time.js'
import { badInterval, noInterval } from './fileErrors.js'
import type { Rows } from './rows.js'

/** Rows whose steps are looked at. */
const sampleRows = 1_000

/** Learns the length of a bar from the first rows. */
export interface IntervalFinder {
  /** Undefined while nothing was given or found. */
  readonly known: Duration | undefined
  /** True if there are rows, and enough of them to see the interval where it is not known. */
  isReady(rows: Rows): boolean
  /**
   * The interval, from rows in order.
   *
   * @throws DataError `NO_INTERVAL` if it is not given and there is one row; `BAD_INTERVAL` if rows are closer than it says.
   */
  find(rows: Rows): Duration
}

/** Makes the finder of one file, with the interval that is given or none. */
export function createIntervalFinder(given: Duration | undefined, file: string | undefined): IntervalFinder {
  let known = given
  let isChecked = false
  return {
    get known() {
      return known
    },
    isReady: (rows) => rows.length > 0 && (known !== undefined || rows.length >= sampleRows),
    find(rows) {
      if (known !== undefined && isChecked) return known
      const step = commonStep(rows.bars.time.subarray(0, Math.min(rows.length, sampleRows)))
      const interval = known ?? step
      if (Number.isNaN(interval)) throw noInterval(file)
      if (step < interval) throw badInterval(file, step, interval)
      isChecked = !Number.isNaN(step)
      known = interval
      return interval
    },
  }
}

/** Most common positive step between times that follow each other; the shorter of two equally common. NaN without one. */
function commonStep(times: Float64Array): number {
  const sorted = times.slice().sort()
  const counts = new Map<number, number>()
  let best = Number.NaN
  let most = 0
  for (let index = 1; index < sorted.length; index++) {
    const step = sorted[index]! - sorted[index - 1]!
    if (step === 0) continue
    const count = (counts.get(step) ?? 0) + 1
    counts.set(step, count)
    if (count > most || (count === most && step < best)) {
      best = step
      most = count
    }
  }
  return best
}
