import { createDrawdownTracker } from './drawdownTracker.js'
import { checkSameLength } from './observed.js'

/** A time below the highest equity so far, from the last row at the peak to the first row back at it. */
export interface DrawdownEpisode {
  /** Milliseconds UTC. */
  readonly peakTime: number
  readonly troughTime: number
  /** First row back at the peak, or the last row of the curve. */
  readonly endTime: number
  readonly recovered: boolean
  /** Positive: 0.25 is a quarter below the peak. */
  readonly depth: number
}

/** How many episodes to keep. */
export interface EpisodeOptions {
  /** The deepest of so many; ties go to the earlier (default: all). */
  readonly deepest?: number
}

/** All episodes of a curve in four figures; 0 where equity never fell. */
export interface DrawdownSummary {
  readonly episodes: number
  readonly maxDepth: number
  readonly averageDepth: number
  /** Milliseconds. */
  readonly maxDuration: number
  readonly averageDuration: number
}

/**
 * The drawdowns of an equity curve in the order of their depth.
 *
 * @param time - Milliseconds UTC, rising.
 * @throws ConfigError `LENGTH_MISMATCH` if times and equity differ in number.
 * @example
 * drawdownEpisodes([1, 2, 3, 4], [100, 80, 90, 100])
 * // => [{ peakTime: 1, troughTime: 2, endTime: 4, recovered: true, depth: 0.2 }]
 */
export function drawdownEpisodes(
  time: ArrayLike<number>,
  equity: ArrayLike<number>,
  { deepest = Number.POSITIVE_INFINITY }: EpisodeOptions = {},
): readonly DrawdownEpisode[] {
  checkSameLength(time, equity)
  const episodes: DrawdownEpisode[] = []
  const tracker = createDrawdownTracker((episode) => episodes.push(episode))
  for (let i = 0; i < equity.length; i++) tracker.add(time[i]!, equity[i]!)
  tracker.finish()
  return episodes.sort((a, b) => b.depth - a.depth || a.peakTime - b.peakTime).slice(0, deepest)
}

/**
 * Depth and duration of all drawdowns of an equity curve, in one pass.
 *
 * @param time - Milliseconds UTC, rising.
 * @throws ConfigError `LENGTH_MISMATCH` if times and equity differ in number.
 * @example
 * drawdownSummary([1, 2, 3, 4], [100, 80, 90, 100]).averageDuration // => 3
 */
export function drawdownSummary(time: ArrayLike<number>, equity: ArrayLike<number>): DrawdownSummary {
  checkSameLength(time, equity)
  const tracker = createDrawdownTracker()
  for (let i = 0; i < equity.length; i++) tracker.add(time[i]!, equity[i]!)
  return tracker.summary()
}
