/**
 * How many bars ago the largest of the last `length` inputs came, amortised O(1); of equal ones the newest counts.
 *
 * Candidates lie in a ring from the oldest and largest to the newest: an input removes those it is not below, for they
 * can never be the largest again. So a step moves both ends and overwrites one slot, which is all there is to undo.
 */
export class ExtremeAge {
  /** What `advance` takes, a finite number. */
  input = Number.NaN
  /** Bars since the largest input, 0 for the newest; `NaN` while the window is not full. */
  age = Number.NaN
  private readonly values: Float64Array
  /** Which input each candidate was, counted since the window was last empty. */
  private readonly serials: Float64Array
  private first = 0
  private size = 0
  private seen = 0
  private firstBefore = 0
  private sizeBefore = 0
  private seenBefore = 0
  private valueBefore = 0
  private serialBefore = 0

  constructor(length: number) {
    this.values = new Float64Array(length)
    this.serials = new Float64Array(length)
  }

  /** True while the window is full. */
  get isReady(): boolean {
    return this.seen >= this.values.length
  }

  /** Takes `input`. */
  advance(): void {
    const { input, values, serials, seen } = this
    const { length } = values
    this.remember()
    let { first, size } = this
    if (size > 0 && serials[first]! <= seen - length) {
      first = first + 1 === length ? 0 : first + 1
      size--
    }
    let slot = first + size
    if (slot >= length) slot -= length
    while (size > 0) {
      const last = (slot === 0 ? length : slot) - 1
      if (values[last]! > input) break
      slot = last
      size--
    }
    this.valueBefore = values[slot]!
    this.serialBefore = serials[slot]!
    values[slot] = input
    serials[slot] = seen
    this.first = first
    this.size = size + 1
    this.seen = seen + 1
    this.age = seen + 1 >= length ? seen - serials[first]! : Number.NaN
  }

  /** The age as it would be after `advance`. */
  peek(input: number): number {
    const { values, serials, seen, size } = this
    const { length } = values
    if (seen + 1 < length) return Number.NaN
    if (size === 0) return 0
    const expired = serials[this.first]! <= seen - length
    if (expired && size === 1) return 0
    const oldest = expired ? (this.first + 1) % length : this.first
    return values[oldest]! > input ? seen - serials[oldest]! : 0
  }

  /** Forgets everything; counts as a step for `undo`. */
  empty(): void {
    this.remember()
    this.size = 0
    this.seen = 0
    this.age = Number.NaN
  }

  /** Takes the last step back; once. */
  undo(): void {
    const { values, size } = this
    if (size > 0) {
      const slot = (this.first + size - 1) % values.length
      values[slot] = this.valueBefore
      this.serials[slot] = this.serialBefore
    }
    this.first = this.firstBefore
    this.size = this.sizeBefore
    this.seen = this.seenBefore
  }

  private remember(): void {
    this.firstBefore = this.first
    this.sizeBefore = this.size
    this.seenBefore = this.seen
  }
}
