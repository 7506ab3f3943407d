import type { BarInput } from '../indicator.js'
import type { NanPolicy } from '../parameters.js'

/** How the stop accelerates and which way it starts. */
export interface SarSpec {
  readonly start: number
  readonly step: number
  readonly max: number
  readonly initial: 'auto' | 'long' | 'short'
  readonly nan: NanPolicy
}

/** Wilder's parabolic stop, bar by bar. A bar that is not finite gives `NaN` and is passed over. */
export class SarState {
  /** The stop of the last bar. */
  value = Number.NaN
  readonly spec: SarSpec
  /** The stop of the next bar. */
  stop = Number.NaN
  extreme = Number.NaN
  acceleration = Number.NaN
  side: 1 | -1 = 1
  high = Number.NaN
  low = Number.NaN
  private seen: 0 | 1 | 2 = 0
  private valueBefore = Number.NaN
  private stopBefore = Number.NaN
  private extremeBefore = Number.NaN
  private accelerationBefore = Number.NaN
  private sideBefore: 1 | -1 = 1
  private highBefore = Number.NaN
  private lowBefore = Number.NaN
  private seenBefore: 0 | 1 | 2 = 0

  constructor(spec: SarSpec) {
    this.spec = spec
  }

  /** True from the second finite bar on. */
  get isReady(): boolean {
    return this.seen === 2
  }

  next(bar: BarInput<'high' | 'low'>): void {
    const range = bar.high - bar.low
    this.save()
    this.value = Number.NaN
    if (range - range !== 0) {
      // Nothing finite ever follows from a stop without a value.
      if (this.spec.nan === 'propagate' && this.seen > 0) this.stop = this.high = this.low = Number.NaN
      return
    }
    if (this.seen === 1) this.begin(bar)
    if (this.seen === 2) this.advance(bar)
    else this.seen = 1
    this.high = bar.high
    this.low = bar.low
  }

  /** The stop as it would be after `next`. */
  peek({ high, low }: BarInput<'high' | 'low'>): number {
    const range = high - low
    if (range - range !== 0 || this.seen === 0) return Number.NaN
    if (this.seen === 1) {
      if (this.sideOf(high, low) === 1) return low <= this.low ? high : this.low
      return high >= this.high ? low : this.high
    }
    if (this.side === 1) return low <= this.stop ? largest(this.extreme, this.high, high) : this.stop
    return high >= this.stop ? -largest(-this.extreme, -this.low, -low) : this.stop
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.value = this.valueBefore
    this.stop = this.stopBefore
    this.extreme = this.extremeBefore
    this.acceleration = this.accelerationBefore
    this.side = this.sideBefore
    this.high = this.highBefore
    this.low = this.lowBefore
    this.seen = this.seenBefore
  }

  /** Down if the first move down exceeds the one up, as in TA-Lib; or as told. */
  private sideOf(high: number, low: number): 1 | -1 {
    const { initial } = this.spec
    if (initial !== 'auto') return initial === 'long' ? 1 : -1
    const down = this.low - low
    return down > 0 && down > high - this.high ? -1 : 1
  }

  /** The second bar: the stop is the extreme of the first one, against the trade. */
  private begin({ high, low }: BarInput<'high' | 'low'>): void {
    this.side = this.sideOf(high, low)
    this.stop = this.side === 1 ? this.low : this.high
    this.extreme = this.side === 1 ? high : low
    this.acceleration = this.spec.start
    this.high = high
    this.low = low
    this.seen = 2
  }

  /** Prices of a short trade are looked at upside down, so one rule serves both sides; a sign costs no rounding. */
  private advance({ high, low }: BarInput<'high' | 'low'>): void {
    const { spec, side } = this
    const long = side === 1
    const top = long ? high : -low
    const bottom = long ? low : -high
    const topBefore = long ? this.high : -this.low
    const bottomBefore = long ? this.low : -this.high
    let stop = side * this.stop
    let extreme = side * this.extreme
    let value = stop
    if (bottom <= stop) {
      value = extreme
      if (topBefore > value) value = topBefore
      if (top > value) value = top
      stop = value + spec.start * (bottom - value)
      if (topBefore > stop) stop = topBefore
      if (top > stop) stop = top
      extreme = bottom
      this.acceleration = spec.start
      this.side = long ? -1 : 1
    } else {
      if (top > extreme) {
        extreme = top
        this.acceleration = Math.min(this.acceleration + spec.step, spec.max)
      }
      stop += this.acceleration * (extreme - stop)
      if (bottomBefore < stop) stop = bottomBefore
      if (bottom < stop) stop = bottom
    }
    this.value = side * value
    this.stop = side * stop
    this.extreme = side * extreme
  }

  private save(): void {
    this.valueBefore = this.value
    this.stopBefore = this.stop
    this.extremeBefore = this.extreme
    this.accelerationBefore = this.acceleration
    this.sideBefore = this.side
    this.highBefore = this.high
    this.lowBefore = this.low
    this.seenBefore = this.seen
  }
}

/** The first, or the largest of the others above it; `NaN` if the first is. */
function largest(first: number, second: number, third: number): number {
  let result = first
  if (second > result) result = second
  if (third > result) result = third
  return result
}
