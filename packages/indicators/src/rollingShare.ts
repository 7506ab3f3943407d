import { RollingTotal, rollingTotals } from './rollingTotal.js'

/** A part over its whole; of nothing, what a series at rest gives. */
export function shareOf(part: number, whole: number, flat: number): number {
  return whole === 0 ? flat + (part - part) : part / whole
}

/** The sum of the last `period` parts over the sum of their wholes. */
export class RollingShare {
  readonly part: RollingTotal
  readonly whole: RollingTotal
  /** The share; `NaN` while the window is not full. */
  value = Number.NaN
  private readonly flat: number = Number.NaN

  constructor(period: number, flat: number) {
    this.part = new RollingTotal(period)
    this.whole = new RollingTotal(period)
    this.flat = flat
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return this.part.isReady && this.whole.isReady
  }

  /** Takes the inputs of both totals. */
  advance(): void {
    this.part.advance()
    this.whole.advance()
    // shareOf, written out: see ExponentialAverage for what a number costs at a call.
    const part = this.part.sum
    const whole = this.whole.sum
    this.value = whole === 0 ? this.flat + (part - part) : part / whole
  }

  /** The value as it would be after `advance`. */
  peek(part: number, whole: number): number {
    return shareOf(this.part.peek(part), this.whole.peek(whole), this.flat)
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.part.undo()
    this.whole.undo()
  }
}

/** Shares over the last `period` values of two columns, equal bit for bit to a `RollingShare`; `out` is a third array. */
export function rollingShares(
  parts: Float64Array,
  wholes: Float64Array,
  { period, flat }: { readonly period: number; readonly flat: number },
  out: Float64Array,
): void {
  const totals = new Float64Array(wholes.length)
  rollingTotals(wholes, period, totals)
  rollingTotals(parts, period, out)
  for (let index = 0; index < out.length; index++) out[index] = shareOf(out[index]!, totals[index]!, flat)
}
