import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingSum, rollingMeans } from '../rolling.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the simple moving average. */
export interface SmaOptions {
  /** Inputs averaged, an integer ≥ 1 (default 20). */
  readonly period?: number
}

const parameters: ParametersOf<SmaOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
}

/**
 * Simple moving average, streaming: the mean of the last `period` inputs.
 *
 * `NaN` for the first `period − 1` inputs. The running sum is added up afresh each `period` inputs, so it never drifts:
 * values are right to 1e-12 of the largest input of the last two windows.
 * A non-finite input empties the window: the next value comes `period` inputs later. In units of the input.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const sma = new Sma({ period: 3 })
 * for (const close of [10, 11]) sma.next(close)
 * sma.next(15) // => 12
 */
export class Sma implements Indicator<number, 'sma'> {
  readonly name: string
  private readonly options: Required<SmaOptions>
  private readonly period: number = 0
  private readonly window: RollingSum
  private count = 0

  constructor(options?: SmaOptions) {
    this.options = resolveOptions('sma', parameters, options)
    this.name = nameOf('sma', parameters, this.options)
    this.period = this.options.period
    this.window = new RollingSum(this.period)
  }

  get warmup(): number {
    return this.period
  }

  get stableAfter(): number {
    return this.period
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.window.isReady
  }

  get value(): number {
    return this.window.sum / this.period
  }

  output(name: 'sma'): number {
    if (name === 'sma') return this.value
    throw unknownOutput(this.name, name, ['sma'])
  }

  next(input: number): number {
    this.count++
    this.window.input = input
    this.window.advance()
    return this.value
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.window.peek(input) / this.period
  }

  clone(): this {
    return copyState(this, new Sma(this.options)) as this
  }

  reset(): void {
    copyState(new Sma(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Simple moving average of a column: the mean of the last `period` values, equal bit for bit to `Sma`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * sma(Float64Array.of(10, 11, 15, 13), { period: 3 }) // => [NaN, NaN, 12, 13]
 */
export function sma(close: Column, options?: SmaOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('sma', parameters, options)
  const { input, output } = openColumns('sma', ['close'], { close }, ['sma'], out && { sma: out })
  rollingMeans(input.close, period, output.sma)
  return output.sma
}

/** The registry's entry. */
export const smaDefinition = /* @__PURE__ */ defineIndicator<SmaOptions, number, 'sma'>({
  id: 'sma',
  category: 'price',
  inputs: ['close'],
  outputs: ['sma'],
  primary: 'sma',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Arithmetic mean of a window',
  create: (options) => new Sma(options),
  batch: ({ close }, options, out) => ({ sma: sma(close, options, out?.sma) }),
})
