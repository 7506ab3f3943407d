/**
 * Mean of the last `period` inputs with weights 1, 2, … `period`, the newest weighing most; amortised O(1).
 *
 * The window is what is left of the last full block of `period` slots and what has come since; weighted sums from each
 * slot to the end of that block are kept. All sums run over `x − shift`, with the last input of that block as the
 * shift, so a window without movement has exactly its price as mean, and no error outlives a block. An input or a mean
 * that is not finite empties the window.
 */
export class WeightedMean {
  /** What `advance` takes. */
  input = Number.NaN
  /** The mean; `NaN` while the window is not full. */
  value = Number.NaN
  /** `NaN` while no block is full. */
  shift = Number.NaN
  readonly period: number = 0
  /** Sum of the weights. */
  readonly weight: number = Number.NaN
  /** Weighted sums from a slot to the end of the last full block, the slot itself weighing 1. */
  readonly left: Float64Array
  private readonly values: Float64Array
  private sum = 0
  private moment = 0
  private head = 0
  private valueBefore = Number.NaN
  private shiftBefore = Number.NaN
  private sumBefore = 0
  private momentBefore = 0
  private headBefore = 0

  constructor(period: number) {
    this.period = period
    this.weight = (period * (period + 1)) / 2
    this.left = new Float64Array(period + 1)
    this.values = new Float64Array(period)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return !Number.isNaN(this.value)
  }

  /** Takes `input`. */
  advance(): void {
    const { input, head, period, shift } = this
    const delta = input - shift
    const sum = this.sum + delta
    const moment = this.moment + head * delta
    const value = shift + (this.left[head + 1]! + ((period - head) * sum + moment)) / this.weight
    this.valueBefore = this.value
    this.shiftBefore = shift
    this.sumBefore = this.sum
    this.momentBefore = this.moment
    this.headBefore = head
    if (value - value === 0 && head + 1 < period) {
      this.values[head] = input
      this.sum = sum
      this.moment = moment
      this.value = value
      this.head = head + 1
    } else this.advanceRarely()
  }

  /** The value as it would be after `advance`. */
  peek(input: number): number {
    const { head, period } = this
    const delta = input - this.shift
    const sum = this.sum + delta
    const moment = this.moment + head * delta
    let value = this.shift + (this.left[head + 1]! + ((period - head) * sum + moment)) / this.weight
    if (head + 1 === period) {
      let tail = 0
      let total = 0
      for (let at = head - 1; at >= 0; at--) {
        tail += this.values[at]! - input
        total += tail
      }
      value = input + total / this.weight
    }
    return value - value === 0 ? value : Number.NaN
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.value = this.valueBefore
    this.shift = this.shiftBefore
    this.sum = this.sumBefore
    this.moment = this.momentBefore
    this.head = this.headBefore
  }

  /** Starts a new block after the one that lies in `values` from index `first` on; without a finite mean, empties. */
  turnBlock(values: Float64Array, first: number): void {
    const { left, period, weight } = this
    const shift = values[first + period - 1]!
    let tail = 0
    let total = 0
    for (let slot = period - 1; slot >= 0; slot--) {
      tail += values[first + slot]! - shift
      total += tail
      left[slot] = total
    }
    const value = shift + total / weight
    this.sum = 0
    this.moment = 0
    this.head = 0
    this.shift = shift
    this.value = value
    if (value - value !== 0) this.empty()
  }

  /** The window is not full, a block is complete, or the input or the mean is not finite. */
  private advanceRarely(): void {
    const { input, head, values, period } = this
    const cold = Number.isNaN(this.shift)
    const last = head + 1 === period
    if (input - input !== 0 || !(cold || last)) {
      this.empty()
      return
    }
    values[head] = input
    if (last) this.turnBlock(values, 0)
    else this.head = head + 1
  }

  private empty(): void {
    this.value = this.shift = Number.NaN
    this.sum = 0
    this.moment = 0
    this.head = 0
  }
}

/** Weighted means of the last `period` values, equal bit for bit to a `WeightedMean`; `out` is another array. */
export function weightedMeans(source: Float64Array, period: number, out: Float64Array): void {
  const window = new WeightedMean(period)
  for (let from = 0; from < source.length; ) from = meansOfRun(window, source, from, out)
}

/** Starts with an empty window and stops after the first value that empties it; returns the index to go on from. */
function meansOfRun(window: WeightedMean, source: Float64Array, from: number, out: Float64Array): number {
  const { period } = window
  const { length } = source
  const cold = Math.min(from + period - 1, length)
  let index = from
  for (; index < cold; index++) {
    out[index] = Number.NaN
    const input = source[index]!
    if (input - input !== 0) return index + 1
  }
  while (index < length) {
    window.turnBlock(source, index - period + 1)
    out[index] = window.value
    if (!window.isReady) return index + 1
    const end = Math.min(index + period, length)
    index = slideWindow(window, source, index + 1, end, out)
    if (index === end) continue
    out[index] = Number.NaN
    return index + 1
  }
  return length
}

/** Goes on from a full block while means are finite; returns the index it stopped at. */
function slideWindow(window: WeightedMean, source: Float64Array, from: number, end: number, out: Float64Array): number {
  const { period, weight, shift, left } = window
  let sum = 0
  let moment = 0
  let index = from
  for (let slot = 0; index < end; index++, slot++) {
    const delta = source[index]! - shift
    sum += delta
    moment += slot * delta
    const value = shift + (left[slot + 1]! + ((period - slot) * sum + moment)) / weight
    if (value - value !== 0) break
    out[index] = value
  }
  return index
}
