import { normalQuantile } from '../../elementary.js'
import { mean, standardDeviation } from '../../stats/moments.js'
import { observed } from '../../stats/observed.js'
import { sortedQuantile } from '../../stats/quantile.js'

/** How daily returns are spread. */
export interface Distribution {
  readonly days: number
  readonly mean: number
  readonly standardDeviation: number
  /** Lower edge of the first bin and width of each; what lies beyond is counted in the outer bins. */
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
  /** Quantiles of the standard normal and of the standardised returns. */
  readonly normal: readonly number[]
  readonly actual: readonly number[]
}

const bins = 40
const quantilesMax = 200

/** Counts daily returns in bins, and sets their quantiles against those of a normal distribution. */
export function distribution(returns: ArrayLike<number>): Distribution {
  const sorted = observed(returns).sort()
  const center = mean(sorted)
  const deviation = standardDeviation(sorted)
  const reach = Math.max(-sortedQuantile(sorted, 0.005), sortedQuantile(sorted, 0.995), 0) || 0.01
  const width = (2 * reach) / bins
  const counts = new Array<number>(bins).fill(0)
  for (const value of sorted) {
    const bin = Math.floor((value + reach) / width)
    counts[Math.max(0, Math.min(bins - 1, bin))]! += 1
  }
  const points = deviation > 0 ? Math.min(quantilesMax, sorted.length) : 0
  const shares = Array.from({ length: points }, (_, i) => (i + 0.5) / points)
  return {
    days: sorted.length,
    mean: center,
    standardDeviation: deviation,
    from: -reach,
    width,
    counts,
    normal: shares.map(normalQuantile),
    actual: shares.map((share) => (sortedQuantile(sorted, share) - center) / deviation),
  }
}
