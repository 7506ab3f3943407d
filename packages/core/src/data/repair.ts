import { type Bars, barColumns, createBars } from '../bar.js'
import type { Timestamp } from '../time.js'
import { barDefect, isSoundBar } from './barDefect.js'
import type { BarDefect, BarIssue } from './issue.js'
import type { CheckedBars } from './stage.js'

/** What `repairBars` takes. */
export interface RepairOptions {
  /** The present: a bar that closes after it is dropped (default: no check). */
  readonly now?: Timestamp
}

/**
 * Sorts bars by time and drops those that are not sound, repeat a time, or close in the future. Nothing is changed or made
 * up: every bar that is left is a bar that was given. Sound bars in order come back as the same object.
 *
 * Of bars with one time the first stays. `index` of an issue counts in the bars that were given.
 */
export function repairBars(bars: Bars, options: RepairOptions = {}): CheckedBars<BarIssue> {
  const { now = Number.POSITIVE_INFINITY } = options
  const { time, instrument } = bars
  const issues: BarIssue[] = []
  const report = (kind: BarDefect, index: number): void => {
    issues.push({ kind, level: 'repaired', instrument, index, time: time[index]! as Timestamp })
  }
  const kept: number[] = []
  let isOrdered = true
  let highest = Number.NEGATIVE_INFINITY
  for (let index = 0; index < bars.length; index++) {
    const at = time[index]!
    if (!isSoundBar(bars, index)) report(barDefect(bars, index)!.kind, index)
    else if (at > now) report('future', index)
    else {
      if (at < highest) report('outOfOrder', index)
      isOrdered &&= at > highest
      highest = Math.max(highest, at)
      kept.push(index)
    }
  }
  if (kept.length === bars.length && isOrdered) return { bars, issues }
  if (!isOrdered) kept.sort((a, b) => time[a]! - time[b]! || a - b)
  const unique = kept.filter((index, place) => {
    const isFirst = place === 0 || time[index] !== time[kept[place - 1]!]
    if (!isFirst) report('duplicate', index)
    return isFirst
  })
  return { bars: pick(bars, unique), issues }
}

/** The bars at some indices, in that order. */
function pick(bars: Bars, indices: readonly number[]): Bars {
  const picked = createBars(bars.instrument, bars.interval, indices.length)
  for (const name of barColumns) {
    const [from, to] = [bars[name], picked[name]]
    for (const [place, index] of indices.entries()) to[place] = from[index]!
  }
  return picked
}
