/** Lambert's constant: most values then lie between −100 and 100. */
const lambert = 0.015

/**
 * The newest of the last `period` inputs as its distance from their mean over 0.015 mean absolute deviations.
 *
 * The mean is amortised O(1): sums from each slot of the last full block of `period` slots to its end are kept, and that
 * of what has come since, both of distances from the last input of that block, which is in the window all along. The
 * deviations are added up afresh for each input. So what hardly differs is subtracted without error, no error outlives a
 * block, and a window without movement has a deviation of exactly 0. An input that is not finite empties the window.
 */
export class DeviationWindow {
  /** What `advance` takes. */
  input = Number.NaN
  /** The result; `NaN` while the window is not full. */
  value = Number.NaN
  /** The last input of the last full block. */
  shift = Number.NaN
  readonly period: number = 0
  /** Sums from a slot to the end of the last full block. */
  readonly left: Float64Array
  /** Each input stands here twice, `period` slots apart, so that every window lies in one piece. */
  private readonly values: Float64Array
  /** Distance of the newest input from the mean. */
  private distance = Number.NaN
  /** Sum of what has come since the last full block. */
  private block = 0
  private head = 0
  private full: 0 | 1 = 0
  private shiftBefore = Number.NaN
  private blockBefore = 0
  private headBefore = 0
  private fullBefore: 0 | 1 = 0

  constructor(period: number) {
    this.period = period
    this.left = new Float64Array(period + 1)
    this.values = new Float64Array(2 * period)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return this.full === 1
  }

  /** Takes `input`. */
  advance(): void {
    const { input, values, head, period } = this
    this.shiftBefore = this.shift
    this.blockBefore = this.block
    this.headBefore = head
    this.fullBefore = this.full
    if (input - input !== 0) {
      this.head = 0
      this.full = 0
      this.value = Number.NaN
      return
    }
    // An undone input leaves its slot changed: harmless, since the next one takes it before it is read.
    values[head] = input
    values[head + period] = input
    if (head + 1 === period) {
      this.turnBlock(values, 0)
      this.head = 0
      this.full = 1
    } else {
      this.head = head + 1
      if (this.full === 0) return
      this.block += input - this.shift
      this.distance = input - this.shift - (this.left[head + 1]! + this.block) / period
      this.measure(values, head + 1)
    }
  }

  /** The value as it would be after `advance`. */
  peek(input: number): number {
    const { values, head, period, value, distance } = this
    const last = head + 1 === period
    if (input - input !== 0 || !(last || this.full === 1)) return Number.NaN
    if (last) {
      let total = 0
      for (let at = period - 2; at >= 0; at--) total += values[at]! - input
      this.distance = -total / period
    } else {
      const block = this.block + (input - this.shift)
      this.distance = input - this.shift - (this.left[head + 1]! + block) / period
    }
    const newest = values[head + period]!
    values[head + period] = input
    this.measure(values, head + 1)
    const peeked = this.value
    values[head + period] = newest
    this.value = value
    this.distance = distance
    return peeked
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    // Sums of a block that is no longer full stay where they are: nothing reads them until it is full again.
    this.shift = this.shiftBefore
    this.block = this.blockBefore
    this.head = this.headBefore
    this.full = this.fullBefore
  }

  /** Starts a new block after the one that lies in `values` from index `first` on. */
  turnBlock(values: Float64Array, first: number): void {
    const { left, period } = this
    const shift = values[first + period - 1]!
    let total = 0
    for (let slot = period - 2; slot >= 0; slot--) {
      total += values[first + slot]! - shift
      left[slot] = total
    }
    this.shift = shift
    this.block = 0
    this.distance = -total / period
    this.measure(values, first)
  }

  /** The value of the window that starts at index `first`. Two sums at once, which need not wait for each other. */
  private measure(values: Float64Array, first: number): void {
    const { period, distance } = this
    const last = first + period - 1
    const newest = values[last]!
    let even = 0
    let odd = 0
    let at = first
    for (; at < last; at += 2) {
      even += Math.abs(newest - values[at]! - distance)
      odd += Math.abs(newest - values[at + 1]! - distance)
    }
    // Of an odd number of inputs the newest is left over.
    if (at === last) even += Math.abs(distance)
    const deviation = even + odd
    const value = deviation === 0 ? 0 : (period * distance) / (lambert * deviation)
    this.value = value - value === 0 ? value : Number.NaN
  }
}

/** The value of each window of a column, equal bit for bit to a `DeviationWindow`; `out` is another array. */
export function fillDeviations(source: Float64Array, period: number, out: Float64Array): void {
  const window = new DeviationWindow(period)
  for (let from = 0; from < source.length; ) from = deviationsOfRun(window, source, from, out)
}

/** Starts with an empty window and stops after the first value that empties it; returns the index to go on from. */
function deviationsOfRun(window: DeviationWindow, source: Float64Array, from: number, out: Float64Array): number {
  const { period } = window
  const { length } = source
  let stop = finiteEnd(source, from, Math.min(from + period - 1, length))
  out.fill(Number.NaN, from, stop)
  for (let block = from; stop < length; block += period) {
    const input = source[stop]!
    if (input - input !== 0) {
      out[stop] = Number.NaN
      return stop + 1
    }
    // Nothing but the end of a block or a hole stops the slide.
    window.turnBlock(source, block)
    out[stop] = window.value
    const end = Math.min(block + 2 * period - 1, length)
    stop = slideWindow(window, source, block + period, end, out)
  }
  return length
}

/** Index of the first value from `from` on that is not finite, or `end`. */
function finiteEnd(source: Float64Array, from: number, end: number): number {
  let index = from
  for (; index < end; index++) {
    const input = source[index]!
    if (input - input !== 0) break
  }
  return index
}

/** Goes on within a block, to its end or to a value that is not finite; returns the index it stopped at. */
function slideWindow(
  window: DeviationWindow,
  source: Float64Array,
  from: number,
  end: number,
  out: Float64Array,
): number {
  const { period, shift, left } = window
  let sum = 0
  let index = from
  for (let slot = 1; index < end; index++, slot++) {
    const input = source[index]!
    if (input - input !== 0) break
    sum += input - shift
    const distance = input - shift - (left[slot]! + sum) / period
    let even = 0
    let odd = 0
    let at = index - period + 1
    for (; at < index; at += 2) {
      even += Math.abs(input - source[at]! - distance)
      odd += Math.abs(input - source[at + 1]! - distance)
    }
    if (at === index) even += Math.abs(distance)
    const deviation = even + odd
    const value = deviation === 0 ? 0 : (period * distance) / (lambert * deviation)
    out[index] = value - value === 0 ? value : Number.NaN
  }
  return index
}
