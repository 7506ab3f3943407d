import type { DrawdownEpisode, DrawdownSummary } from './drawdownEpisodes.js'

/** Follows a curve row by row and knows its drawdowns, in constant memory. */
export interface DrawdownTracker {
  /** Takes the next row; times rise. */
  add(time: number, equity: number): void
  /** All episodes so far, one still under water included. */
  summary(): DrawdownSummary
  /** Tells of an episode still under water, once there are no more rows. */
  finish(): void
}

/** Starts a tracker that hears of each episode when it ends. */
export function createDrawdownTracker(onEpisode?: (episode: DrawdownEpisode) => void): DrawdownTracker {
  const total = { episodes: 0, maxDepth: 0, depths: 0, maxDuration: 0, durations: 0 }
  let [peak, peakTime] = [Number.NaN, Number.NaN]
  let [trough, troughTime] = [Number.NaN, Number.NaN]
  let last = Number.NaN
  const episode = (endTime: number, recovered: boolean): DrawdownEpisode => ({
    peakTime,
    troughTime,
    endTime,
    recovered,
    depth: (peak - trough) / peak,
  })
  return {
    add(time, equity) {
      last = time
      if (equity >= peak || Number.isNaN(peak)) {
        if (trough < peak) {
          const ended = episode(time, true)
          count(total, ended)
          onEpisode?.(ended)
        }
        peak = equity
        peakTime = time
        trough = equity
      } else if (equity < trough) {
        trough = equity
        troughTime = time
      }
    },
    summary() {
      const all = { ...total }
      if (trough < peak) count(all, episode(last, false))
      const { episodes, maxDepth, depths, maxDuration, durations } = all
      const divisor = Math.max(episodes, 1)
      return { episodes, maxDepth, averageDepth: depths / divisor, maxDuration, averageDuration: durations / divisor }
    },
    finish() {
      if (trough < peak) onEpisode?.(episode(last, false))
    },
  }
}

interface Totals {
  episodes: number
  maxDepth: number
  depths: number
  maxDuration: number
  durations: number
}

function count(total: Totals, { peakTime, endTime, depth }: DrawdownEpisode): void {
  const duration = endTime - peakTime
  total.episodes += 1
  total.depths += depth
  total.durations += duration
  if (depth > total.maxDepth) total.maxDepth = depth
  if (duration > total.maxDuration) total.maxDuration = duration
}
