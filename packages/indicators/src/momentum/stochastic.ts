import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingSum, rollingMeans } from '../rolling.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the stochastic oscillator. */
export interface StochasticOptions {
  /** Bars in the range, an integer ≥ 1 (default 14). */
  readonly period?: number
  /** Length of the mean that makes `k` (default 3); 1 gives the fast oscillator. */
  readonly smooth?: number
  /** Length of the mean of `k` that makes `d` (default 3). */
  readonly d?: number
}

/** Outputs of the stochastic oscillator. */
export type StochasticOutput = 'k' | 'd'

const parameters: ParametersOf<StochasticOptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
  smooth: { kind: 'integer', default: 3, min: 1, max: periodMax },
  d: { kind: 'integer', default: 3, min: 1, max: periodMax },
}
const outputs: readonly StochasticOutput[] = ['k', 'd']
const fields = ['high', 'low', 'close'] as const

/**
 * Slow stochastic oscillator, streaming: where the close lies between the lowest low and the highest high of `period` bars,
 * 0…100, averaged over `smooth` bars (`k`) and again over `d` bars (`d`). A flat series gives 50.
 *
 * `k` comes with bar `period + smooth − 1`, `d` with bar `period + smooth + d − 2`. A non-finite bar empties the window.
 * Lane, Lane's Stochastics (1984).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const stochastic = new Stochastic({ period: 2, smooth: 1, d: 1 })
 * stochastic.next({ high: 12, low: 8, close: 10 })
 * stochastic.next({ high: 14, low: 10, close: 11 }) // => 50 (11 between 8 and 14)
 */
export class Stochastic implements Indicator<BarInput<'high' | 'low' | 'close'>, StochasticOutput> {
  readonly name: string
  private readonly options: Required<StochasticOptions>
  private readonly extrema: RollingExtrema
  private readonly raw: RollingSum
  private readonly smoothed: RollingSum
  private k = Number.NaN
  private d = Number.NaN
  private count = 0

  constructor(options?: StochasticOptions) {
    this.options = resolveOptions('stochastic', parameters, options)
    this.name = nameOf('stochastic', parameters, this.options)
    this.extrema = new RollingExtrema(this.options.period)
    this.raw = new RollingSum(this.options.smooth)
    this.smoothed = new RollingSum(this.options.d)
  }

  get warmup(): number {
    const { period, smooth, d } = this.options
    return period + smooth + d - 2
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.smoothed.isReady
  }

  get value(): number {
    return this.k
  }

  output(name: StochasticOutput): number {
    if (name === 'k') return this.k
    if (name === 'd') return this.d
    throw unknownOutput(this.name, name, outputs)
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    const { extrema, raw, smoothed, options } = this
    extrema.next(bar)
    raw.input = stochasticPosition(bar.close, extrema.max, extrema.min)
    raw.advance()
    this.k = boundedPercent(raw.sum / options.smooth)
    smoothed.input = this.k
    smoothed.advance()
    this.d = boundedPercent(smoothed.sum / options.d)
    return this.k
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.extrema.undo()
      this.raw.undo()
      this.smoothed.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    const raw = stochasticPosition(bar.close, this.extrema.peekMax(bar), this.extrema.peekMin(bar))
    return boundedPercent(this.raw.peek(raw) / this.options.smooth)
  }

  clone(): this {
    return copyState(this, new Stochastic(this.options)) as this
  }

  reset(): void {
    copyState(new Stochastic(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** Position of the close in the range, in percent; the middle of a range without width. */
export function stochasticPosition(close: number, max: number, min: number): number {
  return max === min ? 50 + (close - close) : 100 * ((close - min) / (max - min))
}

/** A running sum may leave the bounds by a rounding error. */
export function boundedPercent(percent: number): number {
  return Math.min(Math.max(percent, 0), 100)
}

/**
 * Slow stochastic oscillator of columns, equal bit for bit to `Stochastic`.
 *
 * Each output has the input's length, with `NaN` while it is cold. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(8, 10), close: Float64Array.of(10, 11) }
 * stochastic(bars, { period: 2, smooth: 1, d: 1 }).k // => [NaN, 50]
 */
export function stochastic(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: StochasticOptions,
  out?: OutputColumns<StochasticOutput>,
): OutputColumns<StochasticOutput> {
  const { period, smooth, d: signal } = resolveOptions('stochastic', parameters, options)
  const { length, input, output } = openColumns('stochastic', fields, bars, outputs, out)
  const { k, d } = output
  rollingExtrema(input, period, { high: k, low: d })
  const raw = new Float64Array(length)
  fillPositions(input.close, k, d, raw)
  fillSmoothed(raw, smooth, k)
  fillSmoothed(k, signal, d)
  return output
}

/** Positions of a column between two others; `out` may be the first. */
export function fillPositions(close: Float64Array, max: Float64Array, min: Float64Array, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = stochasticPosition(close[index]!, max[index]!, min[index]!)
}

/** Means of the last `period` percentages. */
export function fillSmoothed(source: Float64Array, period: number, out: Float64Array): void {
  rollingMeans(source, period, out)
  fillBounded(out)
}

function fillBounded(out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = boundedPercent(out[index]!)
}

/** The registry's entry. */
export const stochasticDefinition = /* @__PURE__ */ defineIndicator<StochasticOptions, BarInput, StochasticOutput>({
  id: 'stochastic',
  category: 'momentum',
  inputs: fields,
  outputs,
  primary: 'k',
  params: parameters,
  units: 'bounded',
  bounds: { k: { min: 0, max: 100 }, d: { min: 0, max: 100 } },
  plotOffset: 0,
  source: "Lane, Lane's Stochastics (1984)",
  create: (options) => new Stochastic(options),
  batch: (bars, options, out) => stochastic(bars, options, out),
})
