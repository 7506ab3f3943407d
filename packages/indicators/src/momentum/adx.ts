import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { cascadeSettlingLength, ExponentialAverage, wilderSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { span } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'
import { DirectionalMovement, directional, directionalIndex, movement } from './directionalMovement.js'

/** Options of the average directional index. */
export interface AdxOptions {
  /** Length of all three averages, an integer ≥ 2 (default 14). */
  readonly period?: number
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

/** Outputs of the average directional index. */
export type AdxOutput = 'adx' | 'plusDi' | 'minusDi'

const parameters: ParametersOf<AdxOptions> = {
  period: { kind: 'integer', default: 14, min: 2, max: periodMax },
  nan: nanParameter,
}
const outputs: readonly AdxOutput[] = ['adx', 'plusDi', 'minusDi']
const fields = ['high', 'low', 'close'] as const

/**
 * Average directional index, streaming: Wilder's average of `DX = 100·|+DI − −DI|/(+DI + −DI)`, with both directional
 * indicators, all 0…100. A flat series gives 0, 0, 0.
 *
 * The directional indicators come with bar `period + 1`, `adx` with bar `2·period`. Sums start as in TA-Lib: `period − 1` bars,
 * then smoothed; the first `adx` is the mean of `period` values of DX. A non-finite bar gives `NaN` once and is passed over.
 * Wilder, New Concepts in Technical Trading Systems (1978), section IV.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 2.
 * @example
 * const adx = new Adx({ period: 2 })
 * adx.next({ high: 10, low: 8, close: 9 })
 * adx.next({ high: 12, low: 9, close: 11 })
 * adx.next({ high: 13, low: 11, close: 12 })
 * adx.next({ high: 12, low: 10, close: 11 }) // => 50 (mean of DX 100 and 0)
 */
export class Adx implements Indicator<BarInput<'high' | 'low' | 'close'>, AdxOutput> {
  readonly name: string
  private readonly options: Required<AdxOptions>
  private readonly movement: DirectionalMovement
  private readonly average: ExponentialAverage
  private count = 0

  constructor(options?: AdxOptions) {
    this.options = resolveOptions('adx', parameters, options)
    this.name = nameOf('adx', parameters, this.options)
    const { period, nan } = this.options
    this.movement = new DirectionalMovement(period, nan)
    this.average = new ExponentialAverage(wilderSpec(period, nan))
  }

  get warmup(): number {
    return 2 * this.options.period
  }

  get stableAfter(): number {
    const { beta } = this.average
    return this.warmup + cascadeSettlingLength(beta, this.options.period, beta)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.average.isReady
  }

  get value(): number {
    return this.average.value
  }

  output(name: AdxOutput): number {
    switch (name) {
      case 'adx':
        return this.average.value
      case 'plusDi':
        return this.movement.plusDi
      case 'minusDi':
        return this.movement.minusDi
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    const { movement, average } = this
    movement.next(bar)
    average.input = movement.index
    average.advance()
    return average.value
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.movement.undo()
      this.average.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return this.average.peek(this.movement.peekIndex(bar))
  }

  clone(): this {
    return copyState(this, new Adx(this.options)) as this
  }

  reset(): void {
    copyState(new Adx(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Average directional index of columns, equal bit for bit to `Adx`.
 *
 * Each output has the input's length, with `NaN` while it is cold. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(10, 12, 13), low: Float64Array.of(8, 9, 11), close: Float64Array.of(9, 11, 12) }
 * adx(bars, { period: 2 }).plusDi // => [NaN, NaN, 57.14] (4 of a range of 7)
 */
export function adx(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: AdxOptions,
  out?: OutputColumns<AdxOutput>,
): OutputColumns<AdxOutput> {
  const { period, nan } = resolveOptions('adx', parameters, options)
  const { length, input, output } = openColumns('adx', fields, bars, outputs, out)
  const state = new DirectionalMovement(period, nan)
  const average = new ExponentialAverage(wilderSpec(period, nan))
  for (let index = 0; index < length; ) {
    state.next({ high: input.high[index]!, low: input.low[index]!, close: input.close[index]! })
    output.plusDi[index] = state.plusDi
    output.minusDi[index] = state.minusDi
    average.input = state.index
    average.advance()
    output.adx[index] = average.value
    index = adxRun(input, index + 1, state, average, output)
  }
  return output
}

/**
 * Goes on while all outputs are finite, for a thousand bars at most; returns the index it stopped at. In pieces, since V8 would
 * compile one long loop before it has seen what follows it.
 */
function adxRun(
  bars: BarColumns<'high' | 'low' | 'close'>,
  from: number,
  state: DirectionalMovement,
  average: ExponentialAverage,
  out: OutputColumns<AdxOutput>,
): number {
  const { high, low, close } = bars
  const { adx, plusDi, minusDi } = out
  const { alpha, beta } = average
  const end = Math.min(from + 1_000, close.length)
  let plus = state.plus.value
  let minus = state.minus.value
  let range = state.range.value
  let smoothed = average.value
  let index = from
  for (; index < end; index++) {
    const top = high[index]!
    const bottom = low[index]!
    const up = top - high[index - 1]!
    const down = low[index - 1]! - bottom
    const plusNext = alpha * movement(up, down) + beta * plus
    const minusNext = alpha * movement(down, up) + beta * minus
    const next = alpha * directionalIndex(plusNext, minusNext) + beta * smoothed
    const probe = next + (top - bottom + close[index]!)
    if (probe - probe !== 0) break
    plus = plusNext
    minus = minusNext
    smoothed = next
    range = alpha * span(top, bottom, close[index - 1]!) + beta * range
    adx[index] = next
    plusDi[index] = directional(plus, range)
    minusDi[index] = directional(minus, range)
  }
  state.plus.value = plus
  state.minus.value = minus
  state.range.value = range
  average.value = smoothed
  if (index > from) {
    state.high = high[index - 1]!
    state.low = low[index - 1]!
    state.close = close[index - 1]!
  }
  return index
}

/** The registry's entry. */
export const adxDefinition = /* @__PURE__ */ defineIndicator<AdxOptions, BarInput, AdxOutput>({
  id: 'adx',
  category: 'momentum',
  inputs: fields,
  outputs,
  primary: 'adx',
  params: parameters,
  units: 'bounded',
  bounds: { adx: { min: 0, max: 100 }, plusDi: { min: 0, max: 100 }, minusDi: { min: 0, max: 100 } },
  plotOffset: 0,
  source: 'Wilder, New Concepts in Technical Trading Systems (1978), section IV',
  create: (options) => new Adx(options),
  batch: (bars, options, out) => adx(bars, options, out),
})
