import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { ExtremeAge } from './extremeAge.js'

/** Options of Aroon. */
export interface AroonOptions {
  /** Bars looked back, an integer ≥ 1 (default 25); the window holds one more, the current bar. */
  readonly period?: number
}

/** Outputs of Aroon. */
export type AroonOutput = 'up' | 'down' | 'oscillator'

const parameters: ParametersOf<AroonOptions> = {
  period: { kind: 'integer', default: 25, min: 1, max: periodMax - 1 },
}
const outputs: readonly AroonOutput[] = ['up', 'down', 'oscillator']
const fields = ['high', 'low'] as const

/**
 * Aroon, streaming: `up = 100·(period − bars since the highest high)/period`, `down` the same for the lowest low, both
 * 0…100 over the last `period + 1` bars, and `oscillator = up − down`.
 *
 * `NaN` for the first `period` bars. Of equal extremes the newest counts, as in TA-Lib, so a flat series gives 100,
 * 100, 0. A non-finite bar empties the window. Chande, The Time Price Oscillator, Stocks & Commodities 13(9) (1995).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const aroon = new Aroon({ period: 4 })
 * for (const high of [11, 14, 13, 12]) aroon.next({ high, low: high - 1 })
 * aroon.next({ high: 13, low: 9 }) // => 25 (the high of 14 is three bars old)
 * aroon.output('down') // => 100
 */
export class Aroon implements Indicator<BarInput<'high' | 'low'>, AroonOutput> {
  readonly name: string
  private readonly options: Required<AroonOptions>
  private readonly highs: ExtremeAge
  private readonly lows: ExtremeAge
  private up = Number.NaN
  private down = Number.NaN
  private count = 0

  constructor(options?: AroonOptions) {
    this.options = resolveOptions('aroon', parameters, options)
    this.name = nameOf('aroon', parameters, this.options)
    this.highs = new ExtremeAge(this.options.period + 1)
    this.lows = new ExtremeAge(this.options.period + 1)
  }

  get warmup(): number {
    return this.options.period + 1
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.highs.isReady
  }

  get value(): number {
    return this.up
  }

  output(name: AroonOutput): number {
    switch (name) {
      case 'up':
        return this.up
      case 'down':
        return this.down
      case 'oscillator':
        return this.up - this.down
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(bar: BarInput<'high' | 'low'>): number {
    this.count++
    const { highs, lows, options } = this
    takeBar(highs, lows, bar)
    this.up = freshness(highs.age, options.period)
    this.down = freshness(lows.age, options.period)
    return this.up
  }

  replace(bar: BarInput<'high' | 'low'>): number {
    if (this.count > 0) {
      this.highs.undo()
      this.lows.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek({ high, low }: BarInput<'high' | 'low'>): number {
    const range = high - low
    return range - range === 0 ? freshness(this.highs.peek(high), this.options.period) : Number.NaN
  }

  clone(): this {
    return copyState(this, new Aroon(this.options)) as this
  }

  reset(): void {
    copyState(new Aroon(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** The lowest low is the highest of the negated lows. */
function takeBar(highs: ExtremeAge, lows: ExtremeAge, { high, low }: BarInput<'high' | 'low'>): void {
  const range = high - low
  if (range - range === 0) {
    highs.input = high
    lows.input = -low
    highs.advance()
    lows.advance()
  } else {
    highs.empty()
    lows.empty()
  }
}

/** 100 for an extreme of this bar, 0 for one `period` bars ago. */
function freshness(age: number, period: number): number {
  return (100 * (period - age)) / period
}

/**
 * Aroon of columns, equal bit for bit to `Aroon`.
 *
 * Each output has the input's length; the first `period` values are `NaN`. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(11, 14, 13), low: Float64Array.of(9, 12, 8) }
 * aroon(bars, { period: 2 }).up // => [NaN, NaN, 50]
 */
export function aroon(
  bars: InputColumns<'high' | 'low'>,
  options?: AroonOptions,
  out?: OutputColumns<AroonOutput>,
): OutputColumns<AroonOutput> {
  const { period } = resolveOptions('aroon', parameters, options)
  const { length, input, output } = openColumns('aroon', fields, bars, outputs, out)
  const { up, down, oscillator } = output
  const highs = new ExtremeAge(period + 1)
  const lows = new ExtremeAge(period + 1)
  const bar = { high: Number.NaN, low: Number.NaN }
  for (let index = 0; index < length; index++) {
    bar.high = input.high[index]!
    bar.low = input.low[index]!
    takeBar(highs, lows, bar)
    up[index] = freshness(highs.age, period)
    down[index] = freshness(lows.age, period)
    oscillator[index] = up[index]! - down[index]!
  }
  return output
}

/** The registry's entry. */
export const aroonDefinition = /* @__PURE__ */ defineIndicator<AroonOptions, BarInput, AroonOutput>({
  id: 'aroon',
  category: 'momentum',
  inputs: fields,
  outputs,
  primary: 'up',
  params: parameters,
  units: 'bounded',
  bounds: { up: { min: 0, max: 100 }, down: { min: 0, max: 100 }, oscillator: { min: -100, max: 100 } },
  plotOffset: 0,
  source: 'Chande, The Time Price Oscillator, Stocks & Commodities 13(9) (1995)',
  create: (options) => new Aroon(options),
  batch: (bars, options, out) => aroon(bars, options, out),
})
