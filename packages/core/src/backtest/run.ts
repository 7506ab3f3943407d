import type { Bar } from '../bar.js'
import type { Command } from '../command.js'
import type { Kernel } from '../engine/kernel.js'
import type { Opening } from '../events.js'
import { lendBar } from '../lentBar.js'
import type { Timestamp } from '../time.js'
import type { JournalRecorder } from './journalRecorder.js'
import type { SimMarket } from './simMarket.js'
import type { SimVenue } from './simVenue.js'
import type { TradeLog } from './tradeLog.js'

/** A run under way: the engine, its venue, and what listens. */
export interface Run {
  readonly kernel: Kernel
  readonly venue: SimVenue
  readonly log: TradeLog
  readonly recorder: JournalRecorder | undefined
  /** Every opening is stepped, since a target or strategy waits for it; else only those that an order waits for. */
  readonly openings: boolean
  readonly onProgress: ((barsDone: number) => void) | undefined
  barsDone: number
  /** Strategies get bars that throw once their call is over, instead of the cursor. */
  readonly lendsBars: boolean
}

const progressEvery = 65_536

/** Steps what the venue said through the engine until neither has more to say; a call within a call goes on where it stands. */
export function settle(run: Run): void {
  const { kernel, venue, recorder } = run
  for (let event = venue.hear(); event !== undefined; event = venue.hear()) {
    recorder?.event(event)
    const commands = kernel.step(event)
    if (commands.length > 0) hand(run, commands, event.time)
  }
}

function hand(run: Run, commands: readonly Command[], time: Timestamp): void {
  run.recorder?.commands(commands)
  run.venue.take(commands, time)
}

/** Tells the engine of a bar's first price while the market trades at it. */
export function stepOpening(run: Run, slot: number, price: number, time: Timestamp): void {
  const { kernel, venue, recorder } = run
  const event: Opening = { kind: 'opening', instrument: kernel.slots[slot]!.instrument.id, time, price }
  recorder?.event(event)
  const commands = kernel.step(event)
  if (commands.length > 0) {
    hand(run, commands, time)
    venue.settle()
  }
}

/** Meets the levels that a bar reaches; called only where an order waits, since most bars meet nothing. */
export function matchBar(run: Run, slot: number, bar: Bar, openedAt: number): void {
  run.venue.match(slot, bar, openedAt)
  settle(run)
}

/** True while a bar can meet an order of its market. */
export function meetsBar(venue: SimVenue, market: SimMarket): boolean {
  return market.resting.length > 0 || market.waiting.length > 0 || venue.matchesEveryBar
}

/** Shows a bar to the strategies and hands what they caused to the venue. */
export function decide(run: Run, bar: Bar): void {
  const { kernel, recorder } = run
  if (recorder !== undefined) recorder.bar(bar.time)
  const commands = run.lendsBars ? stepLent(kernel, bar) : kernel.step(bar)
  if (commands.length > 0) {
    hand(run, commands, kernel.now)
    settle(run)
  }
}

function stepLent(kernel: Kernel, bar: Bar): readonly Command[] {
  const lent = lendBar(bar)
  const commands = kernel.step(lent)
  lent.takeBack()
  return commands
}

/** Ends a timestamp; what the engine's watches caused reaches the venue before anything else happens. */
export function closeTime(run: Run): void {
  const { kernel } = run
  const commands = kernel.closeTime()
  if (run.recorder !== undefined) run.recorder.closed(kernel.now)
  if (commands.length === 0) return
  hand(run, commands, kernel.now)
  settle(run)
}

/** Counts a bar and says so from time to time. */
export function progress(run: Run): void {
  run.barsDone++
  if (run.barsDone % progressEvery === 0) run.onProgress?.(run.barsDone)
}
