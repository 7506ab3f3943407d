/**
 * Sum of the last `period` inputs that are all at least 0, amortised O(1), by the blocks of van Herk and Gil–Werman.
 *
 * Sums from each slot of the last full block to its end are kept; the total is one of those and what has come since.
 * Nothing is ever subtracted: no digit is lost after a spike, and the total is 0 exactly when every input is. An input
 * or a total that is not finite empties the window.
 */
export class RollingTotal {
  /** What `advance` takes. */
  input = Number.NaN
  /** The sum; `NaN` while the window is not full. */
  sum = Number.NaN
  private readonly values: Float64Array
  private readonly left: Float64Array
  private block = 0
  private head = 0
  private full: 0 | 1 = 0
  private sumBefore = Number.NaN
  private blockBefore = 0
  private headBefore = 0
  private fullBefore: 0 | 1 = 0

  constructor(period: number) {
    this.values = new Float64Array(period)
    this.left = new Float64Array(period + 1)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return this.full === 1
  }

  /** Takes `input`. */
  advance(): void {
    const { input, head, values, full } = this
    const block = this.block + input
    const sum = full === 1 ? block + this.left[head + 1]! : block
    this.sumBefore = this.sum
    this.blockBefore = this.block
    this.headBefore = head
    this.fullBefore = full
    if (sum - sum !== 0) {
      this.empty()
      return
    }
    values[head] = input
    if (head + 1 === values.length) {
      this.turnBlock()
      this.sum = block
    } else {
      this.block = block
      this.head = head + 1
      if (full === 1) this.sum = sum
    }
  }

  /** The sum as it would be after `advance`. */
  peek(input: number): number {
    const block = this.block + input
    let sum = Number.NaN
    if (this.head + 1 === this.values.length) sum = block
    else if (this.full === 1) sum = block + this.left[this.head + 1]!
    return sum - sum === 0 ? sum : Number.NaN
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    // The sums of a block that is no longer full stay where they are: nothing reads them until it is full again.
    this.sum = this.sumBefore
    this.block = this.blockBefore
    this.head = this.headBefore
    this.full = this.fullBefore
  }

  private turnBlock(): void {
    const { values, left } = this
    for (let at = values.length - 1; at > 0; at--) left[at] = left[at + 1]! + values[at]!
    this.block = 0
    this.head = 0
    this.full = 1
  }

  private empty(): void {
    this.sum = Number.NaN
    this.block = 0
    this.head = 0
    this.full = 0
  }
}

/** Sums of the last `period` values of a column, equal bit for bit to a `RollingTotal`; `out` is another array. */
export function rollingTotals(source: Float64Array, period: number, out: Float64Array): void {
  const left = new Float64Array(period + 1)
  for (let from = 0; from < source.length; ) from = totalsOfRun(source, from, left, out)
}

/** Starts with an empty window and stops after the first value that empties it; returns the index to go on from. */
function totalsOfRun(source: Float64Array, from: number, left: Float64Array, out: Float64Array): number {
  const { length } = source
  const period = left.length - 1
  left.fill(0)
  for (let block = from; block < length; block += period) {
    const end = Math.min(block + period, length)
    const stop = slideBlock(source, block, end, left, out)
    if (block === from) out.fill(Number.NaN, from, Math.min(from + period - 1, stop))
    if (stop < end) {
      out[stop] = Number.NaN
      return stop + 1
    }
    if (end === block + period) {
      for (let slot = period - 1; slot > 0; slot--) left[slot] = left[slot + 1]! + source[block + slot]!
    }
  }
  return length
}

/** The total of each window that ends in the block; returns the index of the first that is not finite, or the end. */
function slideBlock(source: Float64Array, from: number, end: number, left: Float64Array, out: Float64Array): number {
  let sum = 0
  let index = from
  for (let slot = 1; index < end; index++, slot++) {
    sum += source[index]!
    const total = sum + left[slot]!
    if (total - total !== 0) break
    out[index] = total
  }
  return index
}
