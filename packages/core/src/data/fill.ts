import { type Bars, barColumns, createBars } from '../bar.js'
import type { Timestamp } from '../time.js'
import { type Calendar, calendarOf } from './calendar.js'
import { slotsBetween } from './gaps.js'
import type { SyntheticIssue } from './issue.js'
import { type CheckedBars, checkInterval } from './stage.js'

/** What `fillGaps` takes. */
export interface FillOptions {
  /** Longest gap that is filled, in bars (default 60); a longer one stays a gap. */
  readonly carryMax?: number
  /** When bars are expected (default: as in `findGaps`). */
  readonly calendar?: Calendar
}

/** Bars of which some were made. */
export interface FilledBars extends CheckedBars<SyntheticIssue> {
  /** 1 for each bar that was made, 0 for each that was given; aligned to `bars`. */
  readonly synthetic: Uint8Array
}

const defaults = { carryMax: 60 } as const

/**
 * Fills short gaps: the last close is carried through open, high, low and close, volume is 0. Every such bar is marked, so
 * that nothing trades on it unawares; real bars are not touched. Bars must be in order.
 *
 * @throws ConfigError `BAD_INTERVAL` if the interval is not a positive integer.
 */
export function fillGaps(bars: Bars, options: FillOptions = {}): FilledBars {
  checkInterval(bars)
  const { carryMax = defaults.carryMax, calendar = calendarOf(bars) } = options
  const { time, interval, instrument } = bars
  /** For each bar to come its time, and the index of the given bar it is or comes from. */
  const times: number[] = []
  const sources: number[] = []
  const issues: SyntheticIssue[] = []
  for (let index = 0; index < bars.length; index++) {
    const slots = index === 0 ? 0 : slotsBetween(time[index - 1]!, time[index]!, interval)
    const made: number[] = []
    for (let slot = 1; slot <= slots && slots <= carryMax; slot++) {
      const close = time[index - 1]! + slot * interval
      if (calendar((close - interval) as Timestamp)) made.push(close)
    }
    for (const close of made) {
      times.push(close)
      sources.push(index - 1)
    }
    const [from, to] = [made[0] as Timestamp, made.at(-1) as Timestamp]
    if (made.length > 0) issues.push({ kind: 'synthetic', level: 'repaired', instrument, from, to, count: made.length })
    times.push(time[index]!)
    sources.push(index)
  }
  return { ...build(bars, times, sources), issues }
}

function build(bars: Bars, times: readonly number[], sources: readonly number[]): Omit<FilledBars, 'issues'> {
  const synthetic = new Uint8Array(times.length)
  if (times.length === bars.length) return { bars, synthetic }
  const filled = createBars(bars.instrument, bars.interval, times.length)
  for (const [place, source] of sources.entries()) {
    const isMade = times[place] !== bars.time[source]
    synthetic[place] = isMade ? 1 : 0
    for (const name of barColumns) filled[name][place] = bars[isMade ? 'close' : name][source]!
    filled.time[place] = times[place]!
    if (isMade) filled.volume[place] = 0
  }
  return { bars: filled, synthetic }
}
