import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of Williams %R. */
export interface WilliamsROptions {
  /** Bars in the range, an integer ≥ 1 (default 14). */
  readonly period?: number
}

const parameters: ParametersOf<WilliamsROptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
}
const fields = ['high', 'low', 'close'] as const

/**
 * Williams %R, streaming: `−100·(HH − close)/(HH − LL)` over the highest high and the lowest low of `period` bars, from
 * −100 at the low to 0 at the high; a close outside its own bar may go beyond. A flat series gives −50.
 *
 * `NaN` for the first `period − 1` bars. A bar whose high or low is not finite empties the window; one of which only
 * the close is missing has no value itself. Williams, How I Made One Million Dollars Last Year Trading Commodities
 * (1973).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const williams = new WilliamsR({ period: 2 })
 * williams.next({ high: 12, low: 8, close: 10 })
 * williams.next({ high: 14, low: 10, close: 11 }) // => -50 (11 between 8 and 14)
 */
export class WilliamsR implements Indicator<BarInput<'high' | 'low' | 'close'>, 'williamsR'> {
  readonly name: string
  private readonly options: Required<WilliamsROptions>
  private readonly extrema: RollingExtrema
  private current = Number.NaN
  private count = 0

  constructor(options?: WilliamsROptions) {
    this.options = resolveOptions('williamsR', parameters, options)
    this.name = nameOf('williamsR', parameters, this.options)
    this.extrema = new RollingExtrema(this.options.period)
  }

  get warmup(): number {
    return this.options.period
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.extrema.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'williamsR'): number {
    if (name === 'williamsR') return this.value
    throw unknownOutput(this.name, name, ['williamsR'])
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.extrema.next(bar)
    this.current = belowTop(bar.close, this.extrema.max, this.extrema.min)
    return this.current
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.extrema.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return belowTop(bar.close, this.extrema.peekMax(bar), this.extrema.peekMin(bar))
  }

  clone(): this {
    return copyState(this, new WilliamsR(this.options)) as this
  }

  reset(): void {
    copyState(new WilliamsR(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** Distance of the close from the top of the range, in percent of it; half of a range without width. */
export function belowTop(close: number, max: number, min: number): number {
  const percent = max === min ? -50 + (close - close) : 100 * ((close - max) / (max - min))
  return percent - percent === 0 ? percent : Number.NaN
}

/**
 * Williams %R of columns, equal bit for bit to `WilliamsR`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(8, 10), close: Float64Array.of(10, 11) }
 * williamsR(bars, { period: 2 }) // => [NaN, -50]
 */
export function williamsR(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: WilliamsROptions,
  out?: Float64Array,
): Float64Array {
  const { period } = resolveOptions('williamsR', parameters, options)
  const { length, input, output } = openColumns('williamsR', fields, bars, ['williamsR'], out && { williamsR: out })
  const result = output.williamsR
  const lows = new Float64Array(length)
  rollingExtrema(input, period, { high: result, low: lows })
  for (let index = 0; index < length; index++)
    result[index] = belowTop(input.close[index]!, result[index]!, lows[index]!)
  return result
}

/** The registry's entry. */
export const williamsRDefinition = /* @__PURE__ */ defineIndicator<WilliamsROptions, BarInput, 'williamsR'>({
  id: 'williamsR',
  category: 'momentum',
  inputs: fields,
  outputs: ['williamsR'],
  primary: 'williamsR',
  params: parameters,
  units: 'bounded',
  bounds: { williamsR: { min: -100, max: 0 } },
  plotOffset: 0,
  source: 'Williams, How I Made One Million Dollars Last Year Trading Commodities (1973)',
  create: (options) => new WilliamsR(options),
  batch: (bars, options, out) => ({ williamsR: williamsR(bars, options, out?.williamsR) }),
})
