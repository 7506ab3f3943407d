/** A median over the latest samples, taken at most once an interval: what a figure usually is, unmoved by what it is now. */
export interface RunningMedian {
  /** Oldest first. */
  readonly samples: readonly number[]
  readonly sampledAt: number
  /** `NaN` while there are too few. */
  readonly median: number
}

const kept = 101
const neededSamples = 11
const intervalMs = 10_000

/** No sample yet. */
export const emptyMedian: RunningMedian = { samples: [], sampledAt: Number.NEGATIVE_INFINITY, median: Number.NaN }

/** Takes a sample if the last one is 10 seconds old; `NaN` below 11 samples, the latest 101 count. */
export function nextMedian(state: RunningMedian, value: number, time: number): RunningMedian {
  if (time - state.sampledAt < intervalMs) return state
  const samples = [...state.samples.slice(1 - kept), value]
  const sorted = Float64Array.from(samples).sort()
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { samples, sampledAt: time, median: samples.length < neededSamples ? Number.NaN : median }
}
