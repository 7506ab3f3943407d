import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { ExponentialAverage, emaSpec, settlingLength } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the exponential moving average. */
export interface EmaOptions {
  /** Length of the average, an integer ≥ 1 (default 20); the newest input weighs `2/(period + 1)`. */
  readonly period?: number
  /** Starting value: the mean of the first `period` inputs (`'sma'`, the default), or the first input (`'first'`). */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<EmaOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}

/**
 * Exponential moving average, streaming: `a·x + (1 − a)·ema` with `a = 2/(period + 1)`.
 *
 * `NaN` for the first `period − 1` inputs, or for none with `seed: 'first'`. A non-finite input gives `NaN` once and
 * leaves the average as it was. In units of the input. Tulip and Metastock seed with the first input; TA-Lib seeds as
 * here.
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const ema = new Ema({ period: 3 })
 * for (const close of [10, 11, 15]) ema.next(close) // seed: 12
 * ema.next(16) // => 14
 */
export class Ema implements Indicator<number, 'ema'> {
  readonly name: string
  private readonly options: Required<EmaOptions>
  private readonly average: ExponentialAverage
  private count = 0

  constructor(options?: EmaOptions) {
    this.options = resolveOptions('ema', parameters, options)
    this.name = nameOf('ema', parameters, this.options)
    const { period, seed, nan } = this.options
    this.average = new ExponentialAverage(emaSpec(period, seed, nan))
  }

  get warmup(): number {
    return this.options.seed === 'first' ? 1 : this.options.period
  }

  get stableAfter(): number {
    return this.warmup + settlingLength(this.average.beta)
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

  output(name: 'ema'): number {
    if (name === 'ema') return this.value
    throw unknownOutput(this.name, name, ['ema'])
  }

  next(input: number): number {
    this.count++
    this.average.input = input
    this.average.advance()
    return this.average.value
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.average.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.average.peek(input)
  }

  clone(): this {
    return copyState(this, new Ema(this.options)) as this
  }

  reset(): void {
    copyState(new Ema(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Exponential moving average of a column, equal bit for bit to `Ema`.
 *
 * The result has the input's length, with `NaN` before the seed. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * ema(Float64Array.of(10, 11, 15, 16), { period: 3 }) // => [NaN, NaN, 12, 14]
 */
export function ema(close: Column, options?: EmaOptions, out?: Float64Array): Float64Array {
  const { period, seed, nan } = resolveOptions('ema', parameters, options)
  const { input, output } = openColumns('ema', ['close'], { close }, ['ema'], out && { ema: out })
  smoothColumn(input.close, emaSpec(period, seed, nan), output.ema)
  return output.ema
}

/** The registry's entry. */
export const emaDefinition = /* @__PURE__ */ defineIndicator<EmaOptions, number, 'ema'>({
  id: 'ema',
  category: 'price',
  inputs: ['close'],
  outputs: ['ema'],
  primary: 'ema',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Exponential smoothing, weight 2/(period + 1), seeded with the simple mean',
  create: (options) => new Ema(options),
  batch: ({ close }, options, out) => ({ ema: ema(close, options, out?.ema) }),
})
