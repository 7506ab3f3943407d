import { advanceBar, type Bars, sealedBar } from '../bar.js'
import type { Timestamp } from '../time.js'
import { closeTime, decide, matchBar, meetsBar, progress, type Run } from './run.js'

/** Plays one series: no promise and no allocation per bar. */
export function playOne(run: Run, bars: Bars, startedAt: number): void {
  const { venue, log, openings } = run
  const market = venue.markets[0]!
  const { time: times, interval, length } = bars
  const bar = sealedBar(bars, 0)
  // The plus tells the compiler that it is a number: else each bar would box it.
  let before = +startedAt
  for (let index = 0; index < length; index++) {
    advanceBar(bar)
    const time = times[index]! as Timestamp
    const openedAt = Math.max(time - interval, before) as Timestamp
    if (openings || venue.waitingCount > 0) venue.open(0, bar, openedAt)
    if (meetsBar(venue, market)) matchBar(run, 0, bar, openedAt)
    else market.last = bar.close
    decide(run, bar)
    if (log.openTrips > 0) log.markSlot(0, bar)
    closeTime(run)
    before = time
    progress(run)
  }
}
