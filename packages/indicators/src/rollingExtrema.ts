import type { BarColumns, BarInput } from './indicator.js'

/**
 * Highest high and lowest low of the last `period` bars, amortised O(1), by the blocks of van Herk and Gil–Werman.
 *
 * Each full block of `period` slots is turned into the extrema from a slot to the end of the block; the window is then
 * what is left of that block and what has come since. A non-finite input empties the window. It takes the bar itself: two
 * numbers would be allocated at a call the compiler does not inline.
 */
export class RollingExtrema {
  /** Highest high and lowest low of the window; `NaN` while it is not full. */
  max = Number.NaN
  min = Number.NaN
  private readonly period: number = 0
  private readonly highs: Float64Array
  private readonly lows: Float64Array
  private top = Number.NaN
  private bottom = Number.NaN
  private head = 0
  private blocks: 0 | 1 = 0
  private topBefore = Number.NaN
  private bottomBefore = Number.NaN
  private headBefore = 0
  private blocksBefore: 0 | 1 = 0

  constructor(period: number) {
    this.period = period
    this.highs = new Float64Array(period).fill(Number.NEGATIVE_INFINITY)
    this.lows = new Float64Array(period).fill(Number.POSITIVE_INFINITY)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return this.blocks === 1
  }

  next(bar: BarInput<'high' | 'low'>): void {
    const { high, low } = bar
    const { highs, lows, head } = this
    this.topBefore = this.top
    this.bottomBefore = this.bottom
    this.headBefore = head
    this.blocksBefore = this.blocks
    const range = high - low
    if (range - range !== 0) {
      this.empty()
      return
    }
    if (head === 0) {
      this.turnBlock()
      this.top = high
      this.bottom = low
    }
    if (high > this.top) this.top = high
    if (low < this.bottom) this.bottom = low
    // An undone bar leaves its slot changed: harmless, since a slot is read only in the block before its own.
    highs[head] = high
    lows[head] = low
    if (head + 1 === this.period) {
      this.head = 0
      this.blocks = 1
      this.max = this.top
      this.min = this.bottom
      return
    }
    this.head = head + 1
    if (this.blocks === 0) return
    let max = this.top
    let min = this.bottom
    if (highs[head + 1]! > max) max = highs[head + 1]!
    if (lows[head + 1]! < min) min = lows[head + 1]!
    this.max = max
    this.min = min
  }

  /** The highest high as it would be after `next`. */
  peekMax(bar: BarInput<'high' | 'low'>): number {
    if (!this.fillsWindow(bar)) return Number.NaN
    const { high } = bar
    const { highs, head, period, top } = this
    let left = Number.NEGATIVE_INFINITY
    for (let at = head === 0 ? period - 1 : Math.min(head + 1, period - 1); at > head; at--) {
      if (highs[at]! > left) left = highs[at]!
    }
    let max = head > 0 ? top : high
    if (high > max) max = high
    if (left > max) max = left
    return max
  }

  /** The lowest low as it would be after `next`. */
  peekMin(bar: BarInput<'high' | 'low'>): number {
    if (!this.fillsWindow(bar)) return Number.NaN
    const { low } = bar
    const { lows, head, period, bottom } = this
    let left = Number.POSITIVE_INFINITY
    for (let at = head === 0 ? period - 1 : Math.min(head + 1, period - 1); at > head; at--) {
      if (lows[at]! < left) left = lows[at]!
    }
    let min = head > 0 ? bottom : low
    if (low < min) min = low
    if (left < min) min = left
    return min
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.top = this.topBefore
    this.bottom = this.bottomBefore
    this.head = this.headBefore
    this.blocks = this.blocksBefore
  }

  private fillsWindow({ high, low }: BarInput<'high' | 'low'>): boolean {
    const range = high - low
    return range - range === 0 && (this.blocks === 1 || this.head + 1 === this.period)
  }

  /** What the last block holds becomes the extrema from each slot to its end. */
  private turnBlock(): void {
    const { highs, lows } = this
    for (let at = this.period - 2; at > 0; at--) {
      if (!(highs[at]! > highs[at + 1]!)) highs[at] = highs[at + 1]!
      if (!(lows[at]! < lows[at + 1]!)) lows[at] = lows[at + 1]!
    }
  }

  private empty(): void {
    this.head = 0
    this.blocks = 0
    this.max = this.min = Number.NaN
  }
}

type HighLow = BarColumns<'high' | 'low'>

/** Index of the highest high and of the lowest low from each slot of a block to its end. */
interface Suffixes {
  readonly high: Int32Array
  readonly low: Int32Array
}

/** Extrema of the last `period` bars of two columns, equal bit for bit to those of a `RollingExtrema`. */
export function rollingExtrema(bars: HighLow, period: number, out: HighLow): void {
  const { length } = bars.high
  let left: Suffixes = { high: new Int32Array(period + 1), low: new Int32Array(period + 1) }
  let next: Suffixes = { high: new Int32Array(period + 1), low: new Int32Array(period + 1) }
  for (let from = 0; from < length; ) {
    const end = finiteEnd(bars, from)
    left.high.fill(from)
    left.low.fill(from)
    for (let block = from; block < end; block += period) {
      // Nothing is left of the block before at the end of this one: a bar that is in the window anyway.
      left.high[period] = left.low[period] = block
      slideBlock(bars, block, Math.min(block + period, end), left, next, out)
      const turned = left
      left = next
      next = turned
    }
    const cold = Math.min(from + period - 1, end)
    out.high.fill(Number.NaN, from, cold)
    out.low.fill(Number.NaN, from, cold)
    if (end < length) out.high[end] = out.low[end] = Number.NaN
    from = end + 1
  }
}

/** Index of the first bar from `from` on that is not finite, or the length. */
function finiteEnd({ high, low }: HighLow, from: number): number {
  let index = from
  for (; index < high.length; index++) {
    const range = high[index]! - low[index]!
    if (range - range !== 0) break
  }
  return index
}

/**
 * The extrema of each window that ends in the block: of the block so far, and of what is left of the one before. Meanwhile the
 * block is gone through backwards for the next one.
 *
 * A price that may be the highest is a coin toss, and a wrong guess costs more than the rest of the bar. So nothing here
 * branches: an index moves by its distance, masked with the result of the comparison.
 */
function slideBlock(bars: HighLow, from: number, end: number, left: Suffixes, next: Suffixes, out: HighLow): void {
  const { high, low } = bars
  const { high: leftHigh, low: leftLow } = left
  const { high: nextHigh, low: nextLow } = next
  const { high: max, low: min } = out
  let top = from
  let bottom = from
  let lastTop = end - 1
  let lastBottom = end - 1
  for (let slot = 0, back = end - 1; back >= from; slot++, back--) {
    const index = from + slot
    top += (index - top) & -Number(high[index]! > high[top]!)
    bottom += (index - bottom) & -Number(low[index]! < low[bottom]!)
    lastTop += (back - lastTop) & -Number(high[back]! > high[lastTop]!)
    lastBottom += (back - lastBottom) & -Number(low[back]! < low[lastBottom]!)
    const highest = leftHigh[slot + 1]!
    const lowest = leftLow[slot + 1]!
    max[index] = high[top + ((highest - top) & -Number(high[highest]! > high[top]!))]!
    min[index] = low[bottom + ((lowest - bottom) & -Number(low[lowest]! < low[bottom]!))]!
    nextHigh[back - from] = lastTop
    nextLow[back - from] = lastBottom
  }
}
