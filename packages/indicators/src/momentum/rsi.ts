import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { ExponentialAverage, settlingLength, vanished, wilderSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the relative strength index. */
export interface RsiOptions {
  /** Changes averaged, an integer ≥ 2 (default 14). */
  readonly period?: number
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<RsiOptions> = {
  period: { kind: 'integer', default: 14, min: 2, max: periodMax },
  nan: nanParameter,
}

/**
 * Relative strength index with Wilder's smoothing, streaming, 0…100. A flat series gives 50.
 *
 * `NaN` for the first `period` inputs. Computed as `50 + 50·W(d)/W(abs d)` with `d` the change from input to input, which is
 * Wilder's formula rearranged and never leaves 0…100. A non-finite input gives `NaN` once.
 * Wilder, New Concepts in Technical Trading Systems (1978), section VI; seeded with the mean of the first `period` changes.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 2.
 * @example
 * const rsi = new Rsi({ period: 3 })
 * for (const close of [10, 11, 12, 11]) rsi.next(close)
 * rsi.next(13) // => 83.33 (gains 10/9, losses 2/9)
 */
export class Rsi implements Indicator<number, 'rsi'> {
  readonly name: string
  private readonly options: Required<RsiOptions>
  private readonly net: ExponentialAverage
  private readonly gross: ExponentialAverage
  private last = Number.NaN
  private lastBefore = Number.NaN
  private current = Number.NaN
  private count = 0

  constructor(options?: RsiOptions) {
    this.options = resolveOptions('rsi', parameters, options)
    this.name = nameOf('rsi', parameters, this.options)
    const spec = wilderSpec(this.options.period, this.options.nan)
    this.net = new ExponentialAverage(spec)
    this.gross = new ExponentialAverage(spec)
  }

  get warmup(): number {
    return this.options.period + 1
  }

  get stableAfter(): number {
    return this.warmup + settlingLength(this.net.beta)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.gross.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'rsi'): number {
    if (name === 'rsi') return this.value
    throw unknownOutput(this.name, name, ['rsi'])
  }

  next(input: number): number {
    const change = input - this.last
    this.count++
    this.lastBefore = this.last
    if (input - input === 0) this.last = input
    this.net.input = change
    this.gross.input = Math.abs(change)
    this.net.advance()
    this.gross.advance()
    this.current = strength(this.net.value, this.gross.value)
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.last = this.lastBefore
      this.net.undo()
      this.gross.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const change = input - this.last
    return strength(this.net.peek(change), this.gross.peek(Math.abs(change)))
  }

  clone(): this {
    return copyState(this, new Rsi(this.options)) as this
  }

  reset(): void {
    copyState(new Rsi(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** 50 without movement: 0 and 100 would claim a direction. */
function strength(net: number, gross: number): number {
  return gross < vanished ? 50 : 50 + 50 * (net / gross)
}

/**
 * Relative strength index of a column, equal bit for bit to `Rsi`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * rsi(Float64Array.of(10, 11, 12, 11, 13), { period: 3 }) // => [NaN, NaN, NaN, 66.67, 83.33]
 */
export function rsi(close: Column, options?: RsiOptions, out?: Float64Array): Float64Array {
  const { period, nan } = resolveOptions('rsi', parameters, options)
  const { length, input, output } = openColumns('rsi', ['close'], { close }, ['rsi'], out && { rsi: out })
  const net = new ExponentialAverage(wilderSpec(period, nan))
  const gross = new ExponentialAverage(wilderSpec(period, nan))
  for (let index = 0, last = Number.NaN; index < length; ) {
    const value = input.close[index]!
    net.input = value - last
    gross.input = Math.abs(value - last)
    net.advance()
    gross.advance()
    output.rsi[index] = strength(net.value, gross.value)
    index++
    if (value - value !== 0) continue
    index = strengthRun(input.close, index, net, gross, output.rsi)
    last = input.close[index - 1]!
  }
  return output.rsi
}

/** Goes on from a finite value while values are finite; returns the index it stopped at. */
function strengthRun(
  close: Float64Array,
  from: number,
  net: ExponentialAverage,
  gross: ExponentialAverage,
  out: Float64Array,
): number {
  const { alpha, beta } = net
  const { length } = close
  let last = close[from - 1]!
  let netValue = net.value
  let grossValue = gross.value
  let index = from
  for (; index < length; index++) {
    const input = close[index]!
    const change = input - last
    const netNext = alpha * change + beta * netValue
    const grossNext = alpha * Math.abs(change) + beta * grossValue
    if (grossNext - grossNext !== 0) break
    netValue = netNext
    grossValue = grossNext
    last = input
    out[index] = strength(netNext, grossNext)
  }
  net.value = netValue
  gross.value = grossValue
  return index
}

/** The registry's entry. */
export const rsiDefinition = /* @__PURE__ */ defineIndicator<RsiOptions, number, 'rsi'>({
  id: 'rsi',
  category: 'momentum',
  inputs: ['close'],
  outputs: ['rsi'],
  primary: 'rsi',
  params: parameters,
  units: 'bounded',
  bounds: { rsi: { min: 0, max: 100 } },
  plotOffset: 0,
  source: 'Wilder, New Concepts in Technical Trading Systems (1978), section VI',
  create: (options) => new Rsi(options),
  batch: ({ close }, options, out) => ({ rsi: rsi(close, options, out?.rsi) }),
})
