/** A sum of squares below this share of its own peak has lost digits to cancellation and is added up afresh. */
export const lossShare = 1 / 64

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
  readonly period: number = 0
  readonly share: number = Number.NaN
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
