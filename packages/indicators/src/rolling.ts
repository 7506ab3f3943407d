/**
 * Sum of the last `period` inputs in O(1).
 *
 * The running sum is replaced, each time the window has turned over, by one that was added up afresh, so its error stays
 * that of 2·period additions. A sum that is not finite empties the window: the next one comes `period` inputs later.
 */
export class RollingSum {
  /** What `advance` takes. */
  input = Number.NaN
  /** The sum; `NaN` while the window is not full. */
  sum = Number.NaN
  private readonly ring: Float64Array
  private fresh = 0
  private head = 0
  private overwritten = Number.NaN
  private sumBefore = Number.NaN
  private freshBefore = 0
  private headBefore = 0
  private slotBefore = 0

  constructor(period: number) {
    this.ring = new Float64Array(period)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return !Number.isNaN(this.sum)
  }

  /** Takes `input`. */
  advance(): void {
    const { ring, head, input } = this
    const oldest = ring[head]!
    const previous = this.sum
    const sum = previous + (input - oldest)
    if (sum - sum === 0) {
      const fresh = this.fresh
      this.overwritten = oldest
      this.sumBefore = previous
      this.freshBefore = fresh
      this.fresh = fresh + input
      this.sum = sum
      ring[head] = input
      if (head + 1 === ring.length) this.turnOver()
      else this.head = head + 1
    } else this.advanceRarely()
  }

  /** The sum as it would be after `advance`. */
  peek(input: number): number {
    const { ring, head } = this
    const sum = head + 1 === ring.length ? this.fresh + input : this.sum + (input - ring[head]!)
    return sum - sum === 0 ? sum : Number.NaN
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.sum = this.sumBefore
    this.fresh = this.freshBefore
    if (Number.isNaN(this.overwritten)) {
      this.head = this.headBefore
      this.ring[this.head] = this.slotBefore
    } else {
      this.head = (this.head === 0 ? this.ring.length : this.head) - 1
      this.ring[this.head] = this.overwritten
    }
  }

  /** The sum added up afresh takes over; one that is not finite empties the window. */
  private turnOver(): void {
    const { fresh } = this
    this.sum = fresh - fresh === 0 ? fresh : Number.NaN
    this.fresh = 0
    this.head = 0
  }

  /** The window is not full, or the sum is not finite. */
  private advanceRarely(): void {
    const { ring, head, input } = this
    const last = head + 1 === ring.length
    const full = this.isReady
    this.overwritten = Number.NaN
    this.sumBefore = this.sum
    this.freshBefore = this.fresh
    this.headBefore = head
    this.slotBefore = ring[head]!
    this.fresh += input
    const finite = this.fresh - this.fresh === 0
    if (finite) ring[head] = input
    if (finite && full && !last) this.fresh = Number.NaN
    if (last || !finite || full) this.turnOver()
    else this.head = head + 1
  }
}

/** Means of the last `period` values of a column, equal bit for bit to a `RollingSum` over `period`. */
export function rollingMeans(source: Float64Array, period: number, out: Float64Array): void {
  for (let from = 0; from < source.length; ) from = meansOfRun(source, from, period, out)
}

/** Starts with an empty window and stops after the first value without a finite sum; returns the index to go on from. */
function meansOfRun(source: Float64Array, from: number, period: number, out: Float64Array): number {
  const { length } = source
  const full = fillWindow(source, from, period, out)
  if (full - from < period) return full + 1
  let sum = out[full - 1]!
  out[full - 1] = sum / period
  for (let block = full; block < length; block += period) {
    const turn = block + period - 1
    const end = Math.min(turn, length)
    let fresh = 0
    let index = block
    // Two at a time: half the checks that V8 makes once per round.
    for (; index + 1 < end; index += 2) {
      const first = source[index]!
      const second = source[index + 1]!
      const between = sum + (first - source[index - period]!)
      sum = between + (second - source[index + 1 - period]!)
      fresh = fresh + first + second
      out[index] = between / period
      out[index + 1] = sum / period
    }
    if (index < end) {
      sum += source[index]! - source[index - period]!
      fresh += source[index]!
      out[index] = sum / period
    }
    // A sum that is not finite stays so to the end of the block.
    if (sum - sum === 0 && turn < length) {
      sum = fresh + source[turn]!
      out[turn] = sum / period
    }
    if (sum - sum !== 0) return firstHole(out, block)
  }
  return length
}

/** Puts `NaN` in the place of the first value from `from` on that is not finite; returns the index after it. */
function firstHole(out: Float64Array, from: number): number {
  let index = from
  while (out[index]! - out[index]! === 0) index++
  out[index] = Number.NaN
  return index + 1
}

/** Adds up the first window; returns the index of the value that broke it off, or the one after it with the sum left in `out`. */
function fillWindow(source: Float64Array, from: number, period: number, out: Float64Array): number {
  const end = Math.min(from + period, source.length)
  let sum = 0
  let index = from
  for (; index < end; index++) {
    out[index] = Number.NaN
    sum += source[index]!
    if (sum - sum !== 0) break
  }
  if (index === from + period) out[index - 1] = sum
  return index
}
