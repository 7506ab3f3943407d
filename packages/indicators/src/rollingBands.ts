import { lossShare } from './rollingMoments.js'

/** What becomes of the moments of a window. */
interface BandShape {
  readonly period: number
  /** The deviation is the root of `scale` times the squares. */
  readonly scale: number
  /** 1 for bands around the mean, 0 for bands around 0: the upper one with `k` 1 is then the deviation itself. */
  readonly center: 0 | 1
  /** Width of a band in deviations. */
  readonly k: number
}

/** Where the bands go. Some may be one array, which then keeps what is written last: the mean, the lower or the upper band. */
interface BandColumns {
  readonly means: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** The moments of a window around `shift`, as in `RollingMoments`. */
interface Moments {
  readonly shift: number
  readonly sum: number
  readonly square: number
}

/** Means and bands of the last `period` values of a column, equal bit for bit to those of a `RollingMoments`. */
export function rollingBands(source: Float64Array, shape: BandShape, out: BandColumns): void {
  for (let from = 0; from < source.length; ) from = bandsOfRun(source, from, shape, out)
}

/** Starts with an empty window and stops after the first value that empties it; returns the index to go on from. */
function bandsOfRun(source: Float64Array, from: number, shape: BandShape, out: BandColumns): number {
  const { length } = source
  const { period } = shape
  const { means, lower, upper } = out
  let turn = from + period - 1
  let index = from
  for (; index < length; index++) {
    means[index] = lower[index] = upper[index] = Number.NaN
    const input = source[index]!
    if (input - input !== 0) return index + 1
    if (index === turn) break
  }
  while (index < length) {
    const fresh = index
    if (index === turn) turn += period
    index = bandsOfBlock(source, index, Math.min(turn, length), shape, out)
    if (Number.isNaN(means[fresh]!)) return index
  }
  return index
}

/**
 * Adds up the window that ends at `from` afresh and slides it to `end`; returns the index it stopped at.
 *
 * The largest sum of squares so far, which tells when digits are lost, is a branch that cannot be guessed and costs as much
 * as all the rest. Here it is what was ever added, which is never below it; where that does not settle the matter by a
 * factor of 2, which covers all rounding, the block is slid again with the largest sum itself.
 */
function bandsOfBlock(source: Float64Array, from: number, end: number, shape: BandShape, out: BandColumns): number {
  const { period, scale, center, k } = shape
  const { means, lower, upper } = out
  const share = 1 / period
  const fresh = freshMoments(source, from - period + 1, period)
  const { shift } = fresh
  let { sum, square } = fresh
  let added = Math.abs(square)
  let squares = Math.max(square - sum * sum * share, 0)
  for (let index = from; ; ) {
    const mean = shift + sum * share
    const width = k * Math.sqrt(squares * scale)
    means[index] = mean
    lower[index] = center * mean - width
    upper[index] = center * mean + width
    index++
    if (index >= end) return end
    const delta = source[index]! - shift
    const gone = source[index - period]! - shift
    const weight = delta * delta
    sum += delta - gone
    square += weight - gone * gone
    added += weight
    squares = square - sum * sum * share
    if (!(squares >= added * (2 * lossShare))) return slideExactly(source, from + 1, end, fresh, shape, out)
  }
}

/** Goes on from a fresh window, up to `end` or to a value that needs the sums afresh; returns the index it stopped at. */
function slideExactly(
  source: Float64Array,
  from: number,
  end: number,
  fresh: Moments,
  shape: BandShape,
  out: BandColumns,
): number {
  const { period, scale, center, k } = shape
  const { means, lower, upper } = out
  const { shift } = fresh
  const share = 1 / period
  let { sum, square } = fresh
  let peak = square
  let index = from
  for (; index < end; index++) {
    const delta = source[index]! - shift
    const gone = source[index - period]! - shift
    sum += delta - gone
    square += delta * delta - gone * gone
    const squares = square - sum * sum * share
    if (square > peak) peak = square
    if (!(squares >= peak * lossShare)) break
    const mean = shift + sum * share
    const width = k * Math.sqrt(squares * scale)
    means[index] = mean
    lower[index] = center * mean - width
    upper[index] = center * mean + width
  }
  return index
}

/** The moments of `period` values from index `first` on, around their mean; all `NaN` where they are not finite. */
function freshMoments(source: Float64Array, first: number, period: number): Moments {
  const origin = source[first]!
  const end = first + period
  let sum = 0
  let square = 0
  for (let at = first; at < end; at++) {
    const delta = source[at]! - origin
    sum += delta
    square += delta * delta
  }
  const shift = origin + sum * (1 / period)
  const move = shift - origin
  square -= move * (2 * sum - period * move)
  // 0, or NaN.
  const hole = square - square
  return { shift: shift + hole, sum: sum - period * move, square }
}
