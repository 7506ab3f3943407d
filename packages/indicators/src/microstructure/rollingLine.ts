/** Moments of points: means of x and of y, sums of squared deviations of x, of products of the two, of squares of y. */
const width = 5

/**
 * Least-squares line with an intercept through the last `period` points, amortised O(1).
 *
 * Moments of the points from each slot to the end of the last full block of `period` slots are kept, and those of the
 * points that have come since; the window is the two together (Chan, Golub & LeVeque, Updating Formulae, 1979). Nothing
 * is subtracted but means, so no digit is lost after a spike, and points that do not move deviate by exactly 0. A point
 * that is not finite empties the window.
 */
export class RollingLine {
  /** What `advance` takes. */
  x = Number.NaN
  y = Number.NaN
  /** Slope of y on x, 0 where x does not move; `NaN` while the window is not full. */
  slope = Number.NaN
  /** Share of the movement of y that the line explains, 0…1; 0 where one of the two does not move. */
  fit = Number.NaN
  private readonly period: number = 0
  private readonly xs: Float64Array
  private readonly ys: Float64Array
  /** Moments of the last full block, from each slot to its end. */
  private readonly left: Float64Array
  private readonly block = new Float64Array(width)
  private readonly blockBefore = new Float64Array(width)
  private head = 0
  private full: 0 | 1 = 0
  private headBefore = 0
  private fullBefore: 0 | 1 = 0

  constructor(period: number) {
    this.period = period
    this.xs = new Float64Array(period)
    this.ys = new Float64Array(period)
    this.left = new Float64Array(width * (period + 1))
  }

  /** True while the window is full of finite points. */
  get isReady(): boolean {
    return this.full === 1
  }

  /** Takes the point `x`, `y`. */
  advance(): void {
    const { x, y, head, block, blockBefore } = this
    for (let at = 0; at < width; at++) blockBefore[at] = block[at]!
    this.headBefore = head
    this.fullBefore = this.full
    if (x - x + (y - y) !== 0) {
      this.empty()
      return
    }
    this.xs[head] = x
    this.ys[head] = y
    this.addPoint()
    this.draw()
    if (head + 1 === this.period) this.turnBlock()
    else this.head = head + 1
  }

  /** The slope as it would be after `advance`. */
  peek(x: number, y: number): number {
    if (x - x + (y - y) !== 0) return Number.NaN
    const { block, x: xBefore, y: yBefore, slope, fit } = this
    const [a, b, c, d, e] = block as unknown as readonly [number, number, number, number, number]
    this.x = x
    this.y = y
    this.addPoint()
    this.draw()
    const peeked = this.slope
    block[0] = a
    block[1] = b
    block[2] = c
    block[3] = d
    block[4] = e
    this.x = xBefore
    this.y = yBefore
    this.slope = slope
    this.fit = fit
    return peeked
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    const { block, blockBefore } = this
    // Moments of a block that is no longer full stay where they are: nothing reads them until it is full again.
    for (let at = 0; at < width; at++) block[at] = blockBefore[at]!
    this.head = this.headBefore
    this.full = this.fullBefore
  }

  /** Adds the point to the block (Welford's step). */
  private addPoint(): void {
    const { x, y, block } = this
    const share = 1 / (this.head + 1)
    const dx = x - block[0]!
    const dy = y - block[1]!
    const meanX = block[0]! + dx * share
    const meanY = block[1]! + dy * share
    block[0] = meanX
    block[1] = meanY
    block[2]! += dx * (x - meanX)
    block[3]! += dx * (y - meanY)
    block[4]! += dy * (y - meanY)
  }

  /** The line through the block and what is left of the last one. */
  private draw(): void {
    const { head, period, block, left } = this
    const count = head + 1
    if (this.full === 0 && count < period) {
      this.slope = this.fit = Number.NaN
      return
    }
    const at = width * count
    const weight = (count * (period - count)) / period
    const dx = left[at]! - block[0]!
    const dy = left[at + 1]! - block[1]!
    const xx = left[at + 2]! + block[2]! + dx * dx * weight
    const xy = left[at + 3]! + block[3]! + dx * dy * weight
    const yy = left[at + 4]! + block[4]! + dy * dy * weight
    const slope = xx === 0 ? 0 : xy / xx
    const fit = xx === 0 || yy === 0 ? 0 : slope * (xy / yy)
    const finite = slope - slope + (fit - fit) === 0
    this.slope = finite ? slope : Number.NaN
    this.fit = finite ? Math.min(Math.max(fit, 0), 1) : Number.NaN
  }

  /** Starts a new block, with the moments of the one that is complete from each slot to its end. */
  private turnBlock(): void {
    const { xs, ys, left, period } = this
    for (let slot = period - 1; slot > 0; slot--) {
      const at = width * slot
      const share = 1 / (period - slot)
      const dx = xs[slot]! - left[at + width]!
      const dy = ys[slot]! - left[at + width + 1]!
      const meanX = left[at + width]! + dx * share
      const meanY = left[at + width + 1]! + dy * share
      left[at] = meanX
      left[at + 1] = meanY
      left[at + 2] = left[at + width + 2]! + dx * (xs[slot]! - meanX)
      left[at + 3] = left[at + width + 3]! + dx * (ys[slot]! - meanY)
      left[at + 4] = left[at + width + 4]! + dy * (ys[slot]! - meanY)
    }
    this.block.fill(0)
    this.head = 0
    this.full = 1
  }

  private empty(): void {
    this.block.fill(0)
    this.head = 0
    this.full = 0
    this.slope = this.fit = Number.NaN
  }
}
