import type { NanPolicy } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { ExponentialAverage, vanished, wilderSpec } from '../smoothing.js'

/**
 * Wilder's relative strength index, for oscillators over it: it stays exactly where it is while the input does.
 *
 * Without movement both averages shrink by one factor, so their ratio does not change; computed again, its last bits
 * would, and an oscillator would blow them up to its full range.
 */
export class RelativeStrength {
  /** What `advance` takes. */
  input = Number.NaN
  /** The index; `NaN` while cold and after an input that is not finite. */
  value = Number.NaN
  private readonly net: ExponentialAverage
  private readonly gross: ExponentialAverage
  private last = Number.NaN
  private lastBefore = Number.NaN
  private valueBefore = Number.NaN

  constructor(period: number, nan: NanPolicy) {
    this.net = new ExponentialAverage(wilderSpec(period, nan))
    this.gross = new ExponentialAverage(wilderSpec(period, nan))
  }

  /** Weight of the averages' former value. */
  get beta(): number {
    return this.gross.beta
  }

  /** Takes `input`. */
  advance(): void {
    const { input, net, gross } = this
    const change = input - this.last
    this.lastBefore = this.last
    this.valueBefore = this.value
    if (input - input === 0) this.last = input
    net.input = change
    gross.input = Math.abs(change)
    net.advance()
    gross.advance()
    if (change === 0 && !Number.isNaN(this.value)) return
    this.value = gross.value < vanished ? 50 : 50 + 50 * (net.value / gross.value)
  }

  /** The index as it would be after `advance`. */
  peek(input: number): number {
    const change = input - this.last
    if (change === 0 && !Number.isNaN(this.value)) return this.value
    const gross = this.gross.peek(Math.abs(change))
    return gross < vanished ? 50 : 50 + 50 * (this.net.peek(change) / gross)
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.last = this.lastBefore
    this.value = this.valueBefore
    this.net.undo()
    this.gross.undo()
  }
}

/** The indices of a column, equal bit for bit to a `RelativeStrength`; `out` is another array. */
export function relativeStrengths(
  source: Float64Array,
  { period, nan }: { readonly period: number; readonly nan: NanPolicy },
  out: Float64Array,
): void {
  const { length } = source
  const net = new Float64Array(length)
  const gross = new Float64Array(length)
  for (let index = 0, last = Number.NaN; index < length; index++) {
    const input = source[index]!
    net[index] = input - last
    gross[index] = Math.abs(input - last)
    out[index] = net[index]!
    if (input - input === 0) last = input
  }
  smoothColumn(net, wilderSpec(period, nan), net)
  smoothColumn(gross, wilderSpec(period, nan), gross)
  for (let index = 0, value = Number.NaN; index < length; index++) {
    const isStill = out[index] === 0 && !Number.isNaN(value)
    if (!isStill) value = gross[index]! < vanished ? 50 : 50 + 50 * (net[index]! / gross[index]!)
    out[index] = value
  }
}
