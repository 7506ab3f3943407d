import { ConfigError } from '@astertrade/core'

/** Spans of labels in bars: a label lives on the bars after `starts` up to and with `ends`. */
export interface LabelBars {
  readonly starts: Int32Array
  /** Each above its start. */
  readonly ends: Int32Array
}

/**
 * Average uniqueness of each label, above 0 and at most 1: the mean over its bars of one over the number of labels alive there.
 *
 * Labels that overlap repeat each other, so each counts for the share of it that is its own. Linear in labels and bars. López de Prado,
 * Advances in Financial Machine Learning (2018), section 4.4.
 *
 * @throws ConfigError `BAD_SPANS` if lengths differ, a start is negative, or an end is not above its start.
 * @example
 * averageUniqueness({ starts: Int32Array.of(0, 1, 4), ends: Int32Array.of(2, 3, 5) }) // => [0.75, 0.75, 1]
 */
export function averageUniqueness({ starts, ends }: LabelBars): Float64Array {
  let last = 0
  for (let label = 0; label < Math.max(starts.length, ends.length); label++) {
    const [start, end] = [starts[label]!, ends[label]!]
    if (!(start >= 0 && end > start)) {
      throw new ConfigError(`Label ${label} spans from bar "${start}" to bar "${end}".`, {
        code: 'BAD_SPANS',
        hints: ['One start and one end above it for each label, in bars from 0.'],
      })
    }
    last = Math.max(last, end)
  }
  const alive = new Int32Array(last + 2)
  for (let label = 0; label < starts.length; label++) {
    alive[starts[label]! + 1]!++
    alive[ends[label]! + 1]!--
  }
  // shares[bar] sums 1 / (labels alive) up to and with that bar.
  const shares = new Float64Array(last + 1)
  for (let bar = 1, count = 0; bar <= last; bar++) {
    count += alive[bar]!
    shares[bar] = shares[bar - 1]! + (count > 0 ? 1 / count : 0)
  }
  return Float64Array.from(starts, (start, label) => (shares[ends[label]!]! - shares[start]!) / (ends[label]! - start))
}
