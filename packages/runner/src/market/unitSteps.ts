import type { Bars } from '@astertrade/core'

/** Closes that differ by this much are in other units, not at another price. */
const unitRatio = 20
/** Bars on each side that must lie on their side of such a step. */
const lasting = 5

/** A bar whose close parts two levels. */
export interface UnitStep {
  readonly time: number
  readonly close: number
  /** Close of the bar before. */
  readonly before: number
}

/** Looks for the first bar that parts two levels of price as two units would, in a series that comes in pieces. */
export interface UnitSteps {
  /** The first step among what is known well enough, undefined where there is none so far. */
  push(bars: Bars): UnitStep | undefined
  /** The same for the last bars. */
  finish(): UnitStep | undefined
}

/** Starts to look. */
export function createUnitSteps(): UnitSteps {
  let closes = new Float64Array(0)
  let times = new Float64Array(0)
  let next = 1
  const look = (end: number): UnitStep | undefined => {
    for (; next < end; next++) {
      if (parts(closes, next)) return { time: times[next]!, close: closes[next]!, before: closes[next - 1]! }
    }
    return undefined
  }
  return {
    push({ close, time }) {
      // What lies before the bars that were looked at is no longer needed, but for their own surroundings.
      const from = Math.max(0, next - lasting)
      closes = joined(closes.subarray(from), close)
      times = joined(times.subarray(from), time)
      next -= from
      return look(closes.length - lasting)
    },
    finish: () => look(closes.length),
  }
}

function joined(head: Float64Array, tail: Float64Array): Float64Array<ArrayBuffer> {
  const all = new Float64Array(head.length + tail.length)
  all.set(head)
  all.set(tail, head.length)
  return all
}

/** True if the bars around stay on both sides of the step from the bar before. */
function parts(close: Float64Array, index: number): boolean {
  const [before, after] = [close[index - 1]!, close[index]!]
  if (after < before * unitRatio && before < after * unitRatio) return false
  // The geometric middle, so that up and down are alike.
  const middle = Math.sqrt(before * after)
  for (let near = Math.max(0, index - lasting); near < Math.min(close.length, index + lasting); near++) {
    if (close[near]! > middle !== (near >= index ? after > middle : before > middle)) return false
  }
  return true
}
