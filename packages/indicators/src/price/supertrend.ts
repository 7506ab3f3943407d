import { AverageTrueRange, type TrueRangeSpec, wilderTrueRanges } from '../averageTrueRange.js'
import { BarSlot } from '../barSlot.js'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import type { FirstTrueRange } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'
import { TrendBands } from './trendBands.js'

/** Options of the supertrend. */
export interface SupertrendOptions {
  /** True ranges in Wilder's average, an integer ≥ 1 (default 10). */
  readonly period?: number
  /** Distance of the bands in average ranges, from 0.001 to 1000 (default 3). */
  readonly k?: number
  /** What the first bar adds: nothing (default), or its high minus its low, as TradingView takes it. */
  readonly firstTrueRange?: FirstTrueRange
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

/** Outputs of the supertrend. */
export type SupertrendOutput = 'line' | 'direction'

const parameters: ParametersOf<SupertrendOptions> = {
  period: { kind: 'integer', default: 10, min: 1, max: periodMax },
  k: { kind: 'number', default: 3, min: 0.001, max: 1000 },
  firstTrueRange: { kind: 'choice', default: 'skip', choices: ['skip', 'range'] },
  nan: nanParameter,
}
const outputs: readonly SupertrendOutput[] = ['line', 'direction']
const fields = ['high', 'low', 'close'] as const

/**
 * Supertrend, streaming: `(high + low)/2 ± k·ATR`, where the upper band only falls and the lower one only rises until a
 * close has crossed it. `line` is the lower band while the trend is up, the upper one while it is down; `direction` is
 * 1 or −1.
 *
 * `NaN` for the first `period` bars. The trend turns with a close beyond its line, not with one on it; the first one is
 * up if the close is not below the middle of its bar. A flat series gives its price and 1. Here 1 is up; TradingView
 * says −1. A non-finite bar gives `NaN` once and is passed over. The line is in units of the price. Seban, Supertrend
 * (2009).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const trend = new Supertrend({ period: 1, k: 1 })
 * trend.next({ high: 11, low: 9, close: 10 })
 * trend.next({ high: 13, low: 11, close: 12 }) // => 9 (12 − 3)
 * trend.output('direction') // => 1
 */
export class Supertrend implements Indicator<BarInput<'high' | 'low' | 'close'>, SupertrendOutput> {
  readonly name: string
  private readonly options: Required<SupertrendOptions>
  private readonly range: AverageTrueRange
  private readonly bands: TrendBands
  private count = 0

  constructor(options?: SupertrendOptions) {
    this.options = resolveOptions('supertrend', parameters, options)
    this.name = nameOf('supertrend', parameters, this.options)
    this.range = new AverageTrueRange(specOf(this.options))
    this.bands = new TrendBands(this.options.k)
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
    return this.bands.line
  }

  output(name: SupertrendOutput): number {
    if (name === 'line') return this.bands.line
    if (name === 'direction') return this.bands.direction
    throw unknownOutput(this.name, name, outputs)
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    const { range, bands } = this
    range.next(bar)
    bands.range = range.value
    bands.next(bar)
    return bands.line
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.range.undo()
      this.bands.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return this.bands.peek(bar, this.range.peek(bar))
  }

  clone(): this {
    return copyState(this, new Supertrend(this.options)) as this
  }

  reset(): void {
    copyState(new Supertrend(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function specOf({ period, firstTrueRange, nan }: Required<SupertrendOptions>): TrueRangeSpec {
  return { period, firstTrueRange, nan }
}

/**
 * Supertrend of columns, equal bit for bit to `Supertrend`.
 *
 * Each output has the input's length; the first `period` values are `NaN`. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(11, 13), low: Float64Array.of(9, 11), close: Float64Array.of(10, 12) }
 * supertrend(bars, { period: 1, k: 1 }).line // => [NaN, 9]
 */
export function supertrend(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: SupertrendOptions,
  out?: OutputColumns<SupertrendOutput>,
): OutputColumns<SupertrendOutput> {
  const resolved = resolveOptions('supertrend', parameters, options)
  const { length, input, output } = openColumns('supertrend', fields, bars, outputs, out)
  const { line, direction } = output
  const state = new TrendBands(resolved.k)
  const bar = new BarSlot()
  wilderTrueRanges(input, specOf(resolved), line)
  for (let index = 0; index < length; index++) {
    bar.high = input.high[index]!
    bar.low = input.low[index]!
    bar.close = input.close[index]!
    state.range = line[index]!
    state.next(bar)
    line[index] = state.line
    direction[index] = state.direction
  }
  return output
}

/** The registry's entry. */
export const supertrendDefinition = /* @__PURE__ */ defineIndicator<SupertrendOptions, BarInput, SupertrendOutput>({
  id: 'supertrend',
  category: 'price',
  inputs: fields,
  outputs,
  primary: 'line',
  params: parameters,
  units: 'price',
  outputUnits: { direction: 'bounded' },
  bounds: { direction: { min: -1, max: 1 } },
  plotOffset: 0,
  source: 'Seban, Supertrend (2009)',
  create: (options) => new Supertrend(options),
  batch: (bars, options, out) => supertrend(bars, options, out),
})
