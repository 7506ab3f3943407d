/** A sum of squares below this share of its own peak has lost digits to cancellation and is added up afresh. */
const lossShare = 1 / 64

/**
 * Mean and squared deviations of the last `period` inputs, amortised O(1).
 *
 * Sums run over `x − shift`, with the mean of the window as the shift, and are added up afresh each time the window has
 * turned over or cancellation has set in. So tiny and huge prices and the bars after a spike come out right, and a window
 * without movement has exactly its price as mean and exactly 0 deviation. A non-finite input empties the window.
 */
export class RollingMoments {
  /** What `advance` takes. */
  input = Number.NaN
  shift = Number.NaN
  /** Sum of `x − shift`. */
  sum = Number.NaN
  /** Sum of `(x − shift)²`, and the largest it was since the sums were last added up. */
  square = Number.NaN
  peak = Number.NaN
  readonly period: number
  readonly share: number
  private readonly ring: Float64Array
  private head = 0
  private overwritten = 0
  private shiftBefore = Number.NaN
  private sumBefore = Number.NaN
  private squareBefore = Number.NaN
  private peakBefore = Number.NaN
  private headBefore = 0

  constructor(period: number) {
    this.ring = new Float64Array(period)
    this.period = period
    this.share = 1 / period
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return !Number.isNaN(this.square)
  }

  /** Mean of the window; `NaN` while it is not full. */
  get mean(): number {
    return this.shift + this.sum * this.share
  }

  /** Sum of squared deviations from the mean, at least 0; `NaN` while the window is not full. */
  get squares(): number {
    return Math.max(this.square - this.sum * this.sum * this.share, 0)
  }

  /** Population standard deviation; `NaN` while the window is not full. */
  get deviation(): number {
    return Math.sqrt(this.squares * this.share)
  }

  /** Takes `input`. */
  advance(): void {
    const { ring, head, shift, input } = this
    const oldest = ring[head]!
    const delta = input - shift
    const gone = oldest - shift
    this.overwritten = oldest
    this.shiftBefore = shift
    this.sumBefore = this.sum
    this.squareBefore = this.square
    this.peakBefore = this.peak
    this.headBefore = head
    const sum = this.sum + (delta - gone)
    const square = this.square + (delta * delta - gone * gone)
    const squares = square - sum * sum * this.share
    let { peak } = this
    if (square > peak) peak = square
    if (squares >= peak * lossShare && head + 1 < ring.length) {
      ring[head] = input
      this.head = head + 1
      this.sum = sum
      this.square = square
      this.peak = peak
    } else this.advanceRarely()
  }

  /** The mean, the squares or the deviation as they would be after `advance`. */
  peek(input: number, moment: 'mean' | 'squares' | 'deviation'): number {
    const { input: inputBefore, overwritten, shiftBefore, sumBefore, squareBefore, peakBefore, headBefore } = this
    this.input = input
    this.advance()
    const result = this[moment]
    this.undo()
    this.input = inputBefore
    this.overwritten = overwritten
    this.shiftBefore = shiftBefore
    this.sumBefore = sumBefore
    this.squareBefore = squareBefore
    this.peakBefore = peakBefore
    this.headBefore = headBefore
    return result
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.shift = this.shiftBefore
    this.sum = this.sumBefore
    this.square = this.squareBefore
    this.peak = this.peakBefore
    this.head = this.headBefore
    this.ring[this.head] = this.overwritten
  }

  /** Adds `period` values up afresh, from index `first` on and over the end of the array; without a finite sum, empties. */
  refresh(values: Float64Array, first: number): void {
    const { period } = this
    const origin = values[first]!
    let sum = 0
    let square = 0
    for (let count = 0, at = first; count < period; count++) {
      const delta = values[at]! - origin
      sum += delta
      square += delta * delta
      at = at + 1 === values.length ? 0 : at + 1
    }
    // The origin lies in the window, so moving the sums to the mean loses at most a factor of period + 1.
    const shift = origin + sum * this.share
    const move = shift - origin
    this.shift = shift
    this.square = square - move * (2 * sum - period * move)
    this.sum = sum - period * move
    this.peak = this.square
    if (this.square - this.square !== 0) this.empty()
  }

  /** Forgets everything. */
  empty(): void {
    this.shift = this.sum = this.square = this.peak = Number.NaN
    this.head = 0
  }

  /** The window is not full, has turned over or has lost digits, or the input is not finite. */
  private advanceRarely(): void {
    const { ring, head, input } = this
    if (input - input !== 0) {
      this.empty()
      return
    }
    const last = head + 1 === ring.length
    const full = this.isReady
    ring[head] = input
    this.head = last ? 0 : head + 1
    if (full || last) this.refresh(ring, this.head)
  }
}

/** Means and standard deviations; the two may be one array, which then keeps the deviations. */
interface Deviations {
  readonly means: Float64Array
  readonly deviations: Float64Array
}

/**
 * Means of the last `period` values of a column, and roots of `scale` times their squares, equal bit for bit to those of a
 * `RollingMoments`.
 */
export function rollingDeviations(source: Float64Array, period: number, scale: number, out: Deviations): void {
  const window = new RollingMoments(period)
  for (let from = 0; from < source.length; ) from = deviationsOfRun(window, source, from, scale, out)
}

/** Starts with an empty window and stops after the first value that empties it; returns the index to go on from. */
function deviationsOfRun(
  window: RollingMoments,
  source: Float64Array,
  from: number,
  scale: number,
  out: Deviations,
): number {
  const { period } = window
  const { means, deviations } = out
  let turn = from + period - 1
  let index = from
  for (; index < source.length; index++) {
    means[index] = Number.NaN
    deviations[index] = Number.NaN
    const input = source[index]!
    if (input - input !== 0) return index + 1
    if (index === turn) break
  }
  while (index < source.length) {
    const input = source[index]!
    if (input - input === 0) window.refresh(source, index - period + 1)
    else window.empty()
    means[index] = window.mean
    deviations[index] = Math.sqrt(window.squares * scale)
    if (!window.isReady) return index + 1
    if (index === turn) turn += period
    index = slideWindow(window, source, index + 1, Math.min(turn, source.length), scale, out)
  }
  return index
}

/** Goes on from a fresh window, up to `end` or to a value that needs the sums afresh; returns the index it stopped at. */
function slideWindow(
  window: RollingMoments,
  source: Float64Array,
  from: number,
  end: number,
  scale: number,
  out: Deviations,
): number {
  const { period, shift, share } = window
  const { means, deviations } = out
  let { sum, square, peak } = window
  let index = from
  for (; index < end; index++) {
    const delta = source[index]! - shift
    const gone = source[index - period]! - shift
    const sumNext = sum + (delta - gone)
    const squareNext = square + (delta * delta - gone * gone)
    const squares = squareNext - sumNext * sumNext * share
    if (squareNext > peak) peak = squareNext
    if (!(squares >= peak * lossShare)) break
    sum = sumNext
    square = squareNext
    means[index] = shift + sumNext * share
    deviations[index] = Math.sqrt(squares * scale)
  }
  return index
}
