/**
 * The two leading spans of Ichimoku's chart, on their way from where they are computed to where they are shown.
 *
 * It takes and leaves them in fields: see ExponentialAverage for what a number costs at a call.
 */
export class SpanDelay {
  /** Before `advance` the spans just computed, after it those of `length` bars ago. */
  a = Number.NaN
  b = Number.NaN
  private readonly pastA: Float64Array
  private readonly pastB: Float64Array
  private head = 0
  private aBefore = Number.NaN
  private bBefore = Number.NaN

  constructor(length: number) {
    this.pastA = new Float64Array(length).fill(Number.NaN)
    this.pastB = new Float64Array(length).fill(Number.NaN)
  }

  /** Takes both spans and leaves the former ones. */
  advance(): void {
    const { pastA, pastB, head } = this
    if (pastA.length === 0) return
    const a = pastA[head]!
    const b = pastB[head]!
    pastA[head] = this.a
    pastB[head] = this.b
    this.a = this.aBefore = a
    this.b = this.bBefore = b
    this.head = head + 1 === pastA.length ? 0 : head + 1
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    const { pastA, pastB } = this
    if (pastA.length === 0) return
    this.head = (this.head === 0 ? pastA.length : this.head) - 1
    pastA[this.head] = this.aBefore
    pastB[this.head] = this.bBefore
  }
}
