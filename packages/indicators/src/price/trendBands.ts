import type { BarInput } from '../indicator.js'

type TrendInput = BarInput<'high' | 'low' | 'close'>

/** The two bands of a supertrend and which of them holds, bar by bar. Without a finite range a bar is passed over. */
export class TrendBands {
  /** Average range that `next` takes with the bar. */
  range = Number.NaN
  /** The band that holds; `NaN` while there is none and after a bar that was passed over. */
  line = Number.NaN
  /** 1 above the lower band, −1 below the upper one. */
  direction = Number.NaN
  private readonly k: number = Number.NaN
  private upper = Number.NaN
  private lower = Number.NaN
  private side: 1 | -1 = 1
  private close = Number.NaN
  private upperBefore = Number.NaN
  private lowerBefore = Number.NaN
  private sideBefore: 1 | -1 = 1
  private closeBefore = Number.NaN

  constructor(k: number) {
    this.k = k
  }

  next({ high, low, close }: TrendInput): void {
    this.upperBefore = this.upper
    this.lowerBefore = this.lower
    this.sideBefore = this.side
    this.closeBefore = this.close
    const middle = 0.5 * high + 0.5 * low
    const distance = this.k * this.range
    const previous = this.close
    // tightened and sideOf, written out: see ExponentialAverage for what a number costs at a call.
    let upper = middle + distance
    let lower = middle - distance
    if (upper >= this.upper && previous <= this.upper) upper = this.upper
    if (lower <= this.lower && previous >= this.lower) lower = this.lower
    const probe = upper - lower
    this.line = Number.NaN
    this.direction = Number.NaN
    if (probe - probe !== 0) return
    let border = middle
    if (!Number.isNaN(this.upper)) border = this.side === 1 ? lower : upper
    if (close > border) this.side = 1
    else if (close < border) this.side = -1
    this.upper = upper
    this.lower = lower
    this.close = close
    this.line = this.side === 1 ? lower : upper
    this.direction = this.side
  }

  /** The line as it would be after `next` with this range. */
  peek({ high, low, close }: TrendInput, range: number): number {
    const middle = 0.5 * high + 0.5 * low
    const distance = this.k * range
    const upper = tightened(middle + distance, this.upper, this.close)
    const lower = -tightened(distance - middle, -this.lower, -this.close)
    const probe = upper - lower
    if (probe - probe !== 0) return Number.NaN
    const border = this.side === 1 ? lower : upper
    return sideOf(close, Number.isNaN(this.upper) ? middle : border, this.side) === 1 ? lower : upper
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.upper = this.upperBefore
    this.lower = this.lowerBefore
    this.side = this.sideBefore
    this.close = this.closeBefore
  }
}

/** An upper band that only falls until a close has crossed it; the first as it is. A lower band is one upside down. */
function tightened(next: number, band: number, close: number): number {
  return next >= band && close <= band ? band : next
}

/** The other side beyond the border; a close on it changes nothing. */
function sideOf(close: number, border: number, side: 1 | -1): 1 | -1 {
  if (close > border) return 1
  return close < border ? -1 : side
}
