import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { sourcePrices, typicalPrice } from '../priceSource.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { DeviationWindow, fillDeviations } from './deviationWindow.js'

/** Options of the commodity channel index. */
export interface CciOptions {
  /** Bars averaged, an integer ≥ 2 (default 20). */
  readonly period?: number
}

const parameters: ParametersOf<CciOptions> = {
  period: { kind: 'integer', default: 20, min: 2, max: periodMax },
}
const fields = ['high', 'low', 'close'] as const

/**
 * Commodity channel index, streaming: `(tp − mean)/(0.015·mean deviation)` with `tp` the mean of high, low and close,
 * and both means over `period` bars. A flat series gives 0.
 *
 * `NaN` for the first `period − 1` bars, and while a non-finite bar is in the window. A number without units, mostly
 * between −100 and 100. Both means are added up afresh on each bar, as distances from the newest price: no error lasts,
 * and prices that hardly move come out right. A step takes time in proportion to `period`. Lambert, Commodity Channel
 * Index, Commodities 9(10) (1980).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 2.
 * @example
 * const cci = new Cci({ period: 3 })
 * for (const price of [10, 11]) cci.next({ high: price, low: price, close: price })
 * cci.next({ high: 15, low: 15, close: 15 }) // => 100 (3 over 0.015·2)
 */
export class Cci implements Indicator<BarInput<'high' | 'low' | 'close'>, 'cci'> {
  readonly name: string
  private readonly options: Required<CciOptions>
  private readonly window: DeviationWindow
  private count = 0

  constructor(options?: CciOptions) {
    this.options = resolveOptions('cci', parameters, options)
    this.name = nameOf('cci', parameters, this.options)
    this.window = new DeviationWindow(this.options.period)
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
    return this.window.isReady
  }

  get value(): number {
    return this.window.value
  }

  output(name: 'cci'): number {
    if (name === 'cci') return this.value
    throw unknownOutput(this.name, name, ['cci'])
  }

  next({ high, low, close }: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.window.input = typicalPrice(high, low, close)
    this.window.advance()
    return this.window.value
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek({ high, low, close }: BarInput<'high' | 'low' | 'close'>): number {
    return this.window.peek(typicalPrice(high, low, close))
  }

  clone(): this {
    return copyState(this, new Cci(this.options)) as this
  }

  reset(): void {
    copyState(new Cci(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Commodity channel index of columns, equal bit for bit to `Cci`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const close = Float64Array.of(10, 11, 15)
 * cci({ high: close, low: close, close }, { period: 3 }) // => [NaN, NaN, 100]
 */
export function cci(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: CciOptions,
  out?: Float64Array,
): Float64Array {
  const { period } = resolveOptions('cci', parameters, options)
  const { length, input, output } = openColumns('cci', fields, bars, ['cci'], out && { cci: out })
  const prices = new Float64Array(length)
  sourcePrices('hlc3', input, prices)
  fillDeviations(prices, period, output.cci)
  return output.cci
}

/** The registry's entry. */
export const cciDefinition = /* @__PURE__ */ defineIndicator<CciOptions, BarInput, 'cci'>({
  id: 'cci',
  category: 'momentum',
  inputs: fields,
  outputs: ['cci'],
  primary: 'cci',
  params: parameters,
  units: 'percent',
  priceShift: { cci: 'stays' },
  plotOffset: 0,
  source: 'Lambert, Commodity Channel Index, Commodities 9(10) (1980)',
  create: (options) => new Cci(options),
  batch: (bars, options, out) => ({ cci: cci(bars, options, out?.cci) }),
})
