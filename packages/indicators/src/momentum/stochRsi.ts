import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator, OutputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingSum } from '../rolling.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { settlingLength } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { RelativeStrength, relativeStrengths } from './relativeStrength.js'
import { boundedPercent, fillPositions, fillSmoothed, type StochasticOutput, stochasticPosition } from './stochastic.js'

/** Options of the stochastic RSI. */
export interface StochRsiOptions {
  /** Changes averaged by the RSI, an integer ≥ 2 (default 14). */
  readonly rsi?: number
  /** RSI values in the range, an integer ≥ 1 (default 14). */
  readonly stoch?: number
  /** Length of the mean that makes `k` (default 3); 1 gives the raw oscillator. */
  readonly smooth?: number
  /** Length of the mean of `k` that makes `d` (default 3). */
  readonly d?: number
  /** After a non-finite input: the RSI holds its state (default), or all stays `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<StochRsiOptions> = {
  rsi: { kind: 'integer', default: 14, min: 2, max: periodMax },
  stoch: { kind: 'integer', default: 14, min: 1, max: periodMax },
  smooth: { kind: 'integer', default: 3, min: 1, max: periodMax },
  d: { kind: 'integer', default: 3, min: 1, max: periodMax },
  nan: nanParameter,
}
const outputs: readonly StochasticOutput[] = ['k', 'd']

/**
 * Stochastic RSI, streaming: where the RSI lies between its lowest and its highest value of `stoch` inputs, 0…100,
 * averaged over `smooth` values (`k`) and again over `d` values (`d`). An RSI that does not move gives 50.
 *
 * `k` comes with input `rsi + stoch + smooth − 1`, `d` with input `rsi + stoch + smooth + d − 2`. While the price stays
 * where it is, so does the RSI, to the last bit. A non-finite input is passed over by the RSI and empties the windows
 * behind it. Chande & Kroll, The New Technical Trader (1994), with Lane's smoothing; theirs is from 0 to 1 and has
 * none.
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const oscillator = new StochRsi({ rsi: 2, stoch: 2, smooth: 1, d: 1 })
 * for (const close of [10, 11, 12, 11]) oscillator.next(close)
 * oscillator.value // => 0 (the RSI fell from 100 to 50)
 */
export class StochRsi implements Indicator<number, StochasticOutput> {
  readonly name: string
  private readonly options: Required<StochRsiOptions>
  private readonly strength: RelativeStrength
  private readonly extrema: RollingExtrema
  private readonly raw: RollingSum
  private readonly smoothed: RollingSum
  /** What the extrema take; not part of the state. */
  private readonly point = { high: Number.NaN, low: Number.NaN }
  private k = Number.NaN
  private d = Number.NaN
  private count = 0

  constructor(options?: StochRsiOptions) {
    this.options = resolveOptions('stochRsi', parameters, options)
    this.name = nameOf('stochRsi', parameters, this.options)
    const { rsi, stoch, smooth, d, nan } = this.options
    this.strength = new RelativeStrength(rsi, nan)
    this.extrema = new RollingExtrema(stoch)
    this.raw = new RollingSum(smooth)
    this.smoothed = new RollingSum(d)
  }

  get warmup(): number {
    const { rsi, stoch, smooth, d } = this.options
    return rsi + stoch + smooth + d - 2
  }

  get stableAfter(): number {
    return this.warmup + settlingLength(this.strength.beta)
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

  next(input: number): number {
    this.count++
    this.strength.input = input
    this.advance()
    return this.k
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.strength.undo()
      this.extrema.undo()
      this.raw.undo()
      this.smoothed.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const { extrema, point } = this
    const strength = this.strength.peek(input)
    point.high = strength
    point.low = strength
    const raw = stochasticPosition(strength, extrema.peekMax(point), extrema.peekMin(point))
    return boundedPercent(this.raw.peek(raw) / this.options.smooth)
  }

  clone(): this {
    return copyState(this, new StochRsi(this.options)) as this
  }

  reset(): void {
    copyState(new StochRsi(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  // Apart from next, which stays small enough to be inlined wherever it is called; see ExponentialAverage for what a
  // number costs at a call. For the same reason stochasticPosition and boundedPercent are written out.
  private advance(): void {
    const { strength, extrema, raw, smoothed, point, options } = this
    strength.advance()
    point.high = strength.value
    point.low = strength.value
    extrema.next(point)
    const { max, min } = extrema
    const { value } = strength
    raw.input = max === min ? 50 + (value - value) : 100 * ((value - min) / (max - min))
    raw.advance()
    this.k = Math.min(Math.max(raw.sum / options.smooth, 0), 100)
    smoothed.input = this.k
    smoothed.advance()
    this.d = Math.min(Math.max(smoothed.sum / options.d, 0), 100)
  }
}

/**
 * Stochastic RSI of a column, equal bit for bit to `StochRsi`.
 *
 * Each output has the input's length, with `NaN` while it is cold. One of them may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * stochRsi(Float64Array.of(10, 11, 12, 11), { rsi: 2, stoch: 2, smooth: 1, d: 1 }).k // => [NaN, NaN, NaN, 0]
 */
export function stochRsi(
  close: Column,
  options?: StochRsiOptions,
  out?: OutputColumns<StochasticOutput>,
): OutputColumns<StochasticOutput> {
  const { rsi, stoch, smooth, d: signal, nan } = resolveOptions('stochRsi', parameters, options)
  const { length, input, output } = openColumns('stochRsi', ['close'], { close }, outputs, out)
  const { k, d } = output
  const raw = new Float64Array(length)
  relativeStrengths(input.close, { period: rsi, nan }, raw)
  rollingExtrema({ high: raw, low: raw }, stoch, { high: k, low: d })
  fillPositions(raw, k, d, raw)
  fillSmoothed(raw, smooth, k)
  fillSmoothed(k, signal, d)
  return output
}

/** The registry's entry. */
export const stochRsiDefinition = /* @__PURE__ */ defineIndicator<StochRsiOptions, number, StochasticOutput>({
  id: 'stochRsi',
  category: 'momentum',
  inputs: ['close'],
  outputs,
  primary: 'k',
  params: parameters,
  units: 'bounded',
  bounds: { k: { min: 0, max: 100 }, d: { min: 0, max: 100 } },
  plotOffset: 0,
  source: 'Chande & Kroll, The New Technical Trader (1994)',
  create: (options) => new StochRsi(options),
  batch: ({ close }, options, out) => stochRsi(close, options, out),
})
