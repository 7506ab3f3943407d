import type { Bars } from '../bar.js'
import type { Timestamp } from '../time.js'
import { type Calendar, calendarOf } from './calendar.js'
import { type CorruptionOptions, findCorruption } from './corruption.js'
import { fillGaps } from './fill.js'
import { findGaps } from './gaps.js'
import type { DataIssue } from './issue.js'
import { measureQuality, type Quality } from './quality.js'
import { repairBars } from './repair.js'
import type { CheckedBars, Stage } from './stage.js'
import { validateBars } from './validate.js'

/**
 * Runs stages one after the other: each gets the bars of the one before, and all issues come back in order.
 *
 * @example
 * runStages(bars, [(bars) => repairBars(bars), (bars) => resampleBars(bars, { interval: '1h' })])
 */
export function runStages(bars: Bars, stages: readonly Stage[]): CheckedBars {
  const issues: DataIssue[] = []
  let current = bars
  for (const stage of stages) {
    const result = stage(current)
    current = result.bars
    for (const issue of result.issues) issues.push(issue)
  }
  return { bars: current, issues }
}

/** What `cleanBars` takes. */
export interface CleanOptions {
  /** The present: a bar that closes after it is dropped (default: no check). */
  readonly now?: Timestamp
  /** When bars are expected (default: weekdays for days of which none is at a weekend, else always). */
  readonly calendar?: Calendar
  /** Whether gaps stay, or short ones are filled by carrying the close (default `none`). */
  readonly fill?: 'none' | 'carry'
  /** Longest gap that is filled, in bars (default 60). */
  readonly carryMax?: number
  /** Limits of what looks wrong. */
  readonly corruption?: CorruptionOptions
}

/** A series that is in order and sound, and what is known of it. */
export interface CleanBars extends CheckedBars {
  /** 1 for each bar that was made, 0 for each that was given; aligned to `bars`. */
  readonly synthetic: Uint8Array
  /** Of the real bars, before any gap was filled. */
  readonly quality: Quality
}

/**
 * The whole pipeline: repairs, finds gaps, looks for what seems wrong, and fills short gaps where that is asked for.
 *
 * After it bars are sound and strictly in order; whatever was dropped, is missing or looks wrong is an issue.
 *
 * @throws ConfigError `BAD_INTERVAL` if the interval is not a positive integer.
 */
export function cleanBars(bars: Bars, options: CleanOptions = {}): CleanBars {
  const { now, fill = 'none', carryMax } = options
  const repaired = repairBars(bars, { ...(now !== undefined && { now }) })
  const calendar = options.calendar ?? calendarOf(repaired.bars)
  const checked = runStages(repaired.bars, [
    validateBars,
    (series) => findGaps(series, { calendar }),
    (series) => findCorruption(series, options.corruption),
  ])
  const filled = fillGaps(repaired.bars, { calendar, carryMax: fill === 'none' ? 0 : (carryMax ?? 60) })
  return {
    bars: filled.bars,
    synthetic: filled.synthetic,
    issues: [...repaired.issues, ...checked.issues, ...filled.issues],
    quality: measureQuality(repaired.bars, { calendar }),
  }
}
