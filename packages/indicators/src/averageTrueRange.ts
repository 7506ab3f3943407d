import type { BarColumns, BarInput } from './indicator.js'
import type { NanPolicy } from './parameters.js'
import { type RollingSum, rollingMeans } from './rolling.js'
import { smoothColumn } from './smoothColumn.js'
import { ExponentialAverage, settlingLength, wilderSpec } from './smoothing.js'
import { type FirstTrueRange, trueRange, trueRanges } from './trueRange.js'

/** How true ranges are averaged. */
export interface TrueRangeSpec {
  readonly period: number
  readonly firstTrueRange: FirstTrueRange
  /** For Wilder's average only. */
  readonly nan: NanPolicy
}

/** Wilder's average, or the simple mean, of true ranges. A bar that is not finite gives `NaN` and is passed over. */
export class AverageTrueRange {
  /** The average; `NaN` while cold and after a bar that is not finite. */
  value = Number.NaN
  private readonly spec: TrueRangeSpec
  private readonly average: ExponentialAverage
  private readonly window: RollingSum | undefined
  private last = Number.NaN
  private lastBefore = Number.NaN

  /** @param window - of `spec.period` inputs, for the simple mean: given, so that who needs none does not load it */
  constructor(spec: TrueRangeSpec, window?: RollingSum) {
    this.spec = spec
    this.average = new ExponentialAverage(wilderSpec(spec.period, spec.nan))
    this.window = window
  }

  /** Finite bars until the first value. */
  get warmup(): number {
    return this.spec.period + (this.spec.firstTrueRange === 'skip' ? 1 : 0)
  }

  /** Finite bars until the first average no longer matters. */
  get stableAfter(): number {
    return this.warmup + (this.window ? 0 : settlingLength(this.average.beta))
  }

  /** True once enough finite bars were seen. */
  get isReady(): boolean {
    return this.window ? this.window.isReady : this.average.isReady
  }

  next({ high, low, close }: BarInput<'high' | 'low' | 'close'>): void {
    const { average, window, last } = this
    const probe = high - low + close
    this.lastBefore = last
    // trueRange, written out: see ExponentialAverage for what a number costs at a call.
    let range = 0.5 * (Math.abs(high - low) + Math.abs(high - last) + Math.abs(low - last))
    if (Number.isNaN(last) && this.spec.firstTrueRange === 'range') range = Math.abs(high - low)
    average.input = range + (probe - probe)
    if (probe - probe === 0) this.last = close
    if (window) {
      window.input = average.input
      window.advance()
      this.value = window.sum / this.spec.period
    } else {
      average.advance()
      this.value = average.value
    }
  }

  /** The value as it would be after `next`. */
  peek({ high, low, close }: BarInput<'high' | 'low' | 'close'>): number {
    const probe = high - low + close
    const range = trueRange(high, low, this.last, this.spec.firstTrueRange) + (probe - probe)
    return this.window ? this.window.peek(range) / this.spec.period : this.average.peek(range)
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.last = this.lastBefore
    this.average.undo()
    this.window?.undo()
  }
}

/** Wilder's averages of true ranges, equal bit for bit to an `AverageTrueRange`; `out` is none of the columns. */
export function wilderTrueRanges(
  bars: BarColumns<'high' | 'low' | 'close'>,
  { period, firstTrueRange, nan }: TrueRangeSpec,
  out: Float64Array,
): void {
  trueRanges(bars, firstTrueRange, out)
  smoothColumn(out, wilderSpec(period, nan), out)
}

/** Simple means of true ranges, equal bit for bit to an `AverageTrueRange` with a window. */
export function meanTrueRanges(
  bars: BarColumns<'high' | 'low' | 'close'>,
  { period, firstTrueRange }: TrueRangeSpec,
  out: Float64Array,
): void {
  const ranges = new Float64Array(out.length)
  trueRanges(bars, firstTrueRange, ranges)
  rollingMeans(ranges, period, out)
}
