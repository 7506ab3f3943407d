import { AverageTrueRange, meanTrueRanges, wilderTrueRanges } from '../averageTrueRange.js'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingSum } from '../rolling.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import type { FirstTrueRange } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the average true range. */
export interface AtrOptions {
  /** True ranges averaged, an integer ≥ 1 (default 14). */
  readonly period?: number
  /** Wilder's average (default), or the simple mean. */
  readonly average?: 'wilder' | 'sma'
  /** What the first bar adds: nothing (default), or its high minus its low, as LEAN and TradingView take it. */
  readonly firstTrueRange?: FirstTrueRange
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. For Wilder's average only. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<AtrOptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
  average: { kind: 'choice', default: 'wilder', choices: ['wilder', 'sma'] },
  firstTrueRange: { kind: 'choice', default: 'skip', choices: ['skip', 'range'] },
  nan: nanParameter,
}

/**
 * Average true range, streaming: Wilder's average of `max(high − low, |high − close[1]|, |low − close[1]|)`.
 *
 * `NaN` for the first `period` bars. A non-finite bar gives `NaN` once and is passed over; the simple mean also empties its
 * window. In units of the price. Wilder, New Concepts in Technical Trading Systems (1978), section III; the first value is
 * the mean of the first `period` true ranges. The simple mean is right to 1e-12 of the largest range of the last two
 * windows.
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const atr = new Atr({ period: 2 })
 * atr.next({ high: 11, low: 9, close: 10 })
 * atr.next({ high: 12, low: 10, close: 11 })
 * atr.next({ high: 15, low: 12, close: 14 }) // => 3 (true ranges 2 and 4)
 */
export class Atr implements Indicator<BarInput<'high' | 'low' | 'close'>, 'atr'> {
  readonly name: string
  private readonly options: Required<AtrOptions>
  private readonly average: AverageTrueRange
  private count = 0

  constructor(options?: AtrOptions) {
    this.options = resolveOptions('atr', parameters, options)
    this.name = nameOf('atr', parameters, this.options)
    const { period, average } = this.options
    this.average = new AverageTrueRange(this.options, average === 'sma' ? new RollingSum(period) : undefined)
  }

  get warmup(): number {
    return this.average.warmup
  }

  get stableAfter(): number {
    return this.average.stableAfter
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

  output(name: 'atr'): number {
    if (name === 'atr') return this.value
    throw unknownOutput(this.name, name, ['atr'])
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.average.next(bar)
    return this.average.value
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.average.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return this.average.peek(bar)
  }

  clone(): this {
    return copyState(this, new Atr(this.options)) as this
  }

  reset(): void {
    copyState(new Atr(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Average true range of columns, equal bit for bit to `Atr`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(11, 12, 15), low: Float64Array.of(9, 10, 12), close: Float64Array.of(10, 11, 14) }
 * atr(bars, { period: 2 }) // => [NaN, NaN, 3]
 */
export function atr(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: AtrOptions,
  out?: Float64Array,
): Float64Array {
  const spec = resolveOptions('atr', parameters, options)
  const { input, output } = openColumns('atr', ['high', 'low', 'close'], bars, ['atr'], out && { atr: out })
  if (spec.average === 'sma') meanTrueRanges(input, spec, output.atr)
  else wilderTrueRanges(input, spec, output.atr)
  return output.atr
}

/** The registry's entry. */
export const atrDefinition = /* @__PURE__ */ defineIndicator<AtrOptions, BarInput, 'atr'>({
  id: 'atr',
  category: 'volatility',
  inputs: ['high', 'low', 'close'],
  outputs: ['atr'],
  primary: 'atr',
  params: parameters,
  units: 'price',
  bounds: { atr: { min: 0 } },
  priceShift: { atr: 'stays' },
  plotOffset: 0,
  source: 'Wilder, New Concepts in Technical Trading Systems (1978), section III',
  create: (options) => new Atr(options),
  batch: (bars, options, out) => ({ atr: atr(bars, options, out?.atr) }),
})
