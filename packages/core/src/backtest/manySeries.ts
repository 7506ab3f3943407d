import { advanceBar, type Bars, type SealedBar, sealedBar } from '../bar.js'
import { createMerge, type Merge, needsRows } from '../merge.js'
import type { Timestamp } from '../time.js'
import { closeTime, decide, matchBar, meetsBar, progress, type Run } from './run.js'

/** Plays several series in time order; at one time all closes come before the openings. */
export class ManySeries {
  private readonly run: Run
  private readonly merge: Merge
  private readonly cursors: SealedBar[]
  private readonly intervals: number[]
  /** Time of the bar whose opening was met last, by series: it is met once. */
  private readonly opened: Float64Array
  /** Close of the last bar, by series: the next one opens no earlier. */
  private readonly closedAt: Float64Array
  /** Series that open before the next bars, in order, and when. */
  private readonly due: Int32Array
  private readonly dueAt: Float64Array
  /** Time of the last bars, closed when the next time comes. */
  private last = Number.NEGATIVE_INFINITY
  /** The time before that: an opening that lies before it is over. */
  private before = Number.NEGATIVE_INFINITY

  constructor(run: Run, series: readonly Bars[], source: 'whole' | 'chunks') {
    this.run = run
    this.merge = createMerge(
      series.map((bars) => bars.time),
      source,
    )
    this.cursors = series.map((bars, slot) => ready(sealedBar(bars, slot)))
    this.intervals = series.map((bars) => bars.interval)
    this.opened = new Float64Array(series.length).fill(Number.NaN)
    this.due = new Int32Array(series.length)
    this.dueAt = new Float64Array(series.length)
    this.closedAt = new Float64Array(series.length).fill(Number.NEGATIVE_INFINITY)
  }

  /** Gives a drained series its next bars, or none at its end. */
  extend(slot: number, bars: Bars | undefined): void {
    if (bars !== undefined) this.cursors[slot] = ready(sealedBar(bars, slot))
    this.merge.extend(slot, bars?.time)
  }

  /** Plays on; answers the slot of a series that needs bars before the rest can go on, -1 at the end. */
  play(): number {
    const { run, merge, cursors } = this
    while (merge.top >= 0) {
      const slot = merge.top
      const { time } = merge
      if (time === needsRows) return slot
      if (time !== this.last) this.turn(time)
      const bar = cursors[slot]!
      const market = run.venue.markets[slot]!
      if (meetsBar(run.venue, market)) matchBar(run, slot, bar, this.openingOf(slot, time))
      else market.last = bar.close
      decide(run, bar)
      if (run.log.openTrips > 0) run.log.markSlot(slot, bar)
      this.closedAt[slot] = time
      merge.pop()
      advanceBar(bar)
      progress(run)
    }
    this.close()
    return -1
  }

  /** Ends the last time and meets every opening before the next one. */
  private turn(time: number): void {
    const { run } = this
    this.close()
    this.before = this.last
    this.last = time
    if (run.openings || run.venue.waitingCount > 0) this.open(time)
  }

  private close(): void {
    if (this.last !== Number.NEGATIVE_INFINITY) closeTime(this.run)
  }

  /** Meets openings in the order of their times, then of the series, as long as one comes before `time`. */
  private open(time: number): void {
    const { run, due, opened } = this
    let length = this.findDue(time)
    for (let index = 0; index < length; ) {
      const slot = due[index]!
      const next = this.merge.nextTime(slot)
      index++
      // Its order may have been taken back meanwhile.
      if (!run.openings && !run.venue.waits(slot)) continue
      const { placedCount } = run.kernel
      opened[slot] = next
      run.venue.open(slot, this.cursors[slot]!, this.openingOf(slot, next) as Timestamp)
      // An order of the answer may wait for an opening that was not listed.
      if (run.openings || run.kernel.placedCount === placedCount) continue
      length = this.findDue(time)
      index = 0
    }
  }

  /** Lists the series with an opening to meet before `time`, by opening and then by series; answers how many there are. */
  private findDue(time: number): number {
    const { due, dueAt, cursors, run } = this
    let length = 0
    for (let slot = 0; slot < cursors.length; slot++) {
      if (!run.openings && !run.venue.waits(slot)) continue
      const next = this.merge.nextTime(slot)
      if (next === Number.POSITIVE_INFINITY || next === this.opened[slot]) continue
      const at = this.openingOf(slot, next)
      if (!(at >= this.before && at < time)) continue
      let place = length++
      for (; place > 0 && dueAt[place - 1]! > at; place--) {
        due[place] = due[place - 1]!
        dueAt[place] = dueAt[place - 1]!
      }
      due[place] = slot
      dueAt[place] = at
    }
    return length
  }

  private openingOf(slot: number, time: number): number {
    return Math.max(time - this.intervals[slot]!, this.closedAt[slot]!)
  }
}

/** Moves to the first bar. */
function ready(bar: SealedBar): SealedBar {
  advanceBar(bar)
  return bar
}
