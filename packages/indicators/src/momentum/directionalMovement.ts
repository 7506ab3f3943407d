import type { BarInput } from '../indicator.js'
import type { NanPolicy } from '../parameters.js'
import { type AverageSpec, ExponentialAverage, vanished } from '../smoothing.js'

/** TA-Lib's start of Wilder's sums: `period − 1` bars added up, and the first value one bar later. */
function directionalSpec(period: number, nan: NanPolicy): AverageSpec {
  return { alpha: 1 / period, seedLength: period - 1, seedDivisor: period, firstValue: 'after', nan }
}

/** The rise of the highs where it is above the fall of the lows and above 0; the other way round for the fall. */
export function movement(move: number, opposite: number): number {
  return move * (Number(move > opposite) * Number(move > 0))
}

/** A directional indicator, 0…100; `NaN` beyond the largest double, where a high lies below its low. */
export function directional(average: number, range: number): number {
  const percent = range < vanished ? 0 : 100 * (average / range)
  return percent + (percent - percent)
}

/** The directional index, 0…100; the ranges cancel. */
export function directionalIndex(plus: number, minus: number): number {
  const sum = plus + minus
  return sum < vanished ? 0 : 100 * (Math.abs(plus - minus) / sum)
}

type MovementInput = BarInput<'high' | 'low' | 'close'>

/** Wilder's averages of both directional movements and of the true range. A bar that is not finite is passed over. */
export class DirectionalMovement {
  readonly plus: ExponentialAverage
  readonly minus: ExponentialAverage
  readonly range: ExponentialAverage
  /** The directional index of the last bar. */
  index = Number.NaN
  high = Number.NaN
  low = Number.NaN
  close = Number.NaN
  private highBefore = Number.NaN
  private lowBefore = Number.NaN
  private closeBefore = Number.NaN

  constructor(period: number, nan: NanPolicy) {
    this.plus = new ExponentialAverage(directionalSpec(period, nan))
    this.minus = new ExponentialAverage(directionalSpec(period, nan))
    this.range = new ExponentialAverage(directionalSpec(period, nan))
  }

  next(bar: MovementInput): void {
    const { high, low, close } = bar
    this.highBefore = this.high
    this.lowBefore = this.low
    this.closeBefore = this.close
    const probe = high - low + close
    // 0, or NaN for a bar that is not finite, which then reaches all three averages.
    const hole = probe - probe
    const up = high - this.high + hole
    const down = this.low - low + hole
    // movement and span, written out: see ExponentialAverage for what a number costs at a call.
    this.plus.input = up * (Number(up > down) * Number(up > 0))
    this.minus.input = down * (Number(down > up) * Number(down > 0))
    this.range.input = 0.5 * (Math.abs(high - low) + Math.abs(high - this.close) + Math.abs(low - this.close)) + hole
    this.plus.advance()
    this.minus.advance()
    this.range.advance()
    this.updateIndex()
    if (hole !== 0) return
    this.high = high
    this.low = low
    this.close = close
  }

  get plusDi(): number {
    return directional(this.plus.value, this.range.value)
  }

  get minusDi(): number {
    return directional(this.minus.value, this.range.value)
  }

  /** The directional index as it would be after `next`. */
  peekIndex({ high, low, close }: MovementInput): number {
    const probe = high - low + close
    if (probe - probe !== 0) return Number.NaN
    const up = high - this.high
    const down = this.low - low
    return directionalIndex(this.plus.peek(movement(up, down)), this.minus.peek(movement(down, up)))
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.high = this.highBefore
    this.low = this.lowBefore
    this.close = this.closeBefore
    this.plus.undo()
    this.minus.undo()
    this.range.undo()
  }

  private updateIndex(): void {
    const plus = this.plus.value
    const minus = this.minus.value
    this.index = plus + minus < vanished ? 0 : 100 * (Math.abs(plus - minus) / (plus + minus))
  }
}
