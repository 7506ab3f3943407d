import { AverageTrueRange, type TrueRangeSpec, wilderTrueRanges } from '../averageTrueRange.js'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import type { FirstTrueRange } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the normalized average true range. */
export interface NatrOptions {
  /** True ranges averaged, an integer ≥ 1 (default 14). */
  readonly period?: number
  /** What the first bar adds: nothing (default), or its high minus its low, as LEAN and TradingView take it. */
  readonly firstTrueRange?: FirstTrueRange
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<NatrOptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
  firstTrueRange: { kind: 'choice', default: 'skip', choices: ['skip', 'range'] },
  nan: nanParameter,
}
const fields = ['high', 'low', 'close'] as const

/**
 * Normalized average true range, streaming: `100·ATR/close`, in percent, with Wilder's average.
 *
 * `NaN` for the first `period` bars. A flat series gives 0, and so does a close of 0. A non-finite bar gives `NaN` once
 * and is passed over. Forman, Cross-Market Evaluations with Normalized Average True Range, Stocks & Commodities 24:5
 * (2006).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const natr = new Natr({ period: 2 })
 * natr.next({ high: 11, low: 9, close: 10 })
 * natr.next({ high: 12, low: 10, close: 11 })
 * natr.next({ high: 15, low: 12, close: 12 }) // => 25 (true ranges 2 and 4, close 12)
 */
export class Natr implements Indicator<BarInput<'high' | 'low' | 'close'>, 'natr'> {
  readonly name: string
  private readonly options: Required<NatrOptions>
  private readonly range: AverageTrueRange
  private current = Number.NaN
  private count = 0

  constructor(options?: NatrOptions) {
    this.options = resolveOptions('natr', parameters, options)
    this.name = nameOf('natr', parameters, this.options)
    this.range = new AverageTrueRange(specOf(this.options))
  }

  get warmup(): number {
    return this.range.warmup
  }

  get stableAfter(): number {
    return this.range.stableAfter
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.range.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'natr'): number {
    if (name === 'natr') return this.value
    throw unknownOutput(this.name, name, ['natr'])
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.range.next(bar)
    this.current = percentOfClose(this.range.value, bar.close)
    return this.current
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.range.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return percentOfClose(this.range.peek(bar), bar.close)
  }

  clone(): this {
    return copyState(this, new Natr(this.options)) as this
  }

  reset(): void {
    copyState(new Natr(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function specOf({ period, firstTrueRange, nan }: Required<NatrOptions>): TrueRangeSpec {
  return { period, firstTrueRange, nan }
}

/** 0 where there is no price to compare with; `NaN` beyond the largest double. */
export function percentOfClose(range: number, close: number): number {
  const percent = close === 0 ? range - range : 100 * (range / close)
  return percent - percent === 0 ? percent : Number.NaN
}

/**
 * Normalized average true range of columns in percent, equal bit for bit to `Natr`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const [high, low] = [Float64Array.of(11, 12, 15), Float64Array.of(9, 10, 12)]
 * natr({ high, low, close: Float64Array.of(10, 11, 12) }, { period: 2 }) // => [NaN, NaN, 25]
 */
export function natr(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: NatrOptions,
  out?: Float64Array,
): Float64Array {
  const spec = specOf(resolveOptions('natr', parameters, options))
  const { length, input, output } = openColumns('natr', fields, bars, ['natr'], out && { natr: out })
  wilderTrueRanges(input, spec, output.natr)
  for (let index = 0; index < length; index++) {
    output.natr[index] = percentOfClose(output.natr[index]!, input.close[index]!)
  }
  return output.natr
}

/** The registry's entry. */
export const natrDefinition = /* @__PURE__ */ defineIndicator<NatrOptions, BarInput, 'natr'>({
  id: 'natr',
  category: 'volatility',
  inputs: fields,
  outputs: ['natr'],
  primary: 'natr',
  params: parameters,
  units: 'percent',
  bounds: { natr: { min: 0 } },
  plotOffset: 0,
  source: 'Forman, Cross-Market Evaluations with Normalized Average True Range, Stocks & Commodities 24:5 (2006)',
  create: (options) => new Natr(options),
  batch: (bars, options, out) => ({ natr: natr(bars, options, out?.natr) }),
})
