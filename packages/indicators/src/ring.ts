/** The last `length` values, each returned when it leaves. Starts full of `NaN`. */
export class Ring {
  private readonly values: Float64Array
  private head = 0
  private overwritten = Number.NaN

  constructor(length: number) {
    this.values = new Float64Array(length).fill(Number.NaN)
  }

  /** Adds a value and returns the one added `length` calls ago. */
  push(value: number): number {
    const { values, head } = this
    const oldest = values[head]!
    values[head] = value
    this.overwritten = oldest
    this.head = head + 1 === values.length ? 0 : head + 1
    return oldest
  }

  /** What `push` would return. */
  oldest(): number {
    return this.values[this.head]!
  }

  /** Takes the last `push` back; once. */
  undo(): void {
    this.head = (this.head === 0 ? this.values.length : this.head) - 1
    this.values[this.head] = this.overwritten
  }
}
