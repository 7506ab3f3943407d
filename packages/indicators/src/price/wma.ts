import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { WeightedMean, weightedMeans } from '../weightedMean.js'

/** Options of the weighted moving average. */
export interface WmaOptions {
  /** Inputs averaged, an integer ≥ 1 (default 20). */
  readonly period?: number
}

const parameters: ParametersOf<WmaOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
}

/**
 * Linearly weighted moving average, streaming: `Σ (period − k)·x[k] / (period·(period + 1)/2)` over the last `period`
 * inputs, the newest weighing `period` and the oldest 1.
 *
 * `NaN` for the first `period − 1` inputs. The sums run around a price of the window and start anew each `period`
 * inputs, so they never drift, and a flat series gives exactly its price. A non-finite input empties the window: the
 * next value comes `period` inputs later. In units of the input. Murphy, Technical Analysis of the Financial Markets
 * (1999), chapter 9.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const wma = new Wma({ period: 3 })
 * for (const close of [10, 11]) wma.next(close)
 * wma.next(15) // => 12.833 ((10 + 22 + 45) / 6)
 */
export class Wma implements Indicator<number, 'wma'> {
  readonly name: string
  private readonly options: Required<WmaOptions>
  private readonly window: WeightedMean
  private count = 0

  constructor(options?: WmaOptions) {
    this.options = resolveOptions('wma', parameters, options)
    this.name = nameOf('wma', parameters, this.options)
    this.window = new WeightedMean(this.options.period)
  }

  get warmup(): number {
    return this.options.period
  }

  get stableAfter(): number {
    return this.options.period
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

  output(name: 'wma'): number {
    if (name === 'wma') return this.value
    throw unknownOutput(this.name, name, ['wma'])
  }

  next(input: number): number {
    this.count++
    this.window.input = input
    this.window.advance()
    return this.window.value
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.window.peek(input)
  }

  clone(): this {
    return copyState(this, new Wma(this.options)) as this
  }

  reset(): void {
    copyState(new Wma(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Linearly weighted moving average of a column, equal bit for bit to `Wma`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * wma(Float64Array.of(10, 11, 15), { period: 3 }) // => [NaN, NaN, 12.833]
 */
export function wma(close: Column, options?: WmaOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('wma', parameters, options)
  const { input, output } = openColumns('wma', ['close'], { close }, ['wma'], out && { wma: out })
  weightedMeans(input.close, period, output.wma)
  return output.wma
}

/** The registry's entry. */
export const wmaDefinition = /* @__PURE__ */ defineIndicator<WmaOptions, number, 'wma'>({
  id: 'wma',
  category: 'price',
  inputs: ['close'],
  outputs: ['wma'],
  primary: 'wma',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), chapter 9',
  create: (options) => new Wma(options),
  batch: ({ close }, options, out) => ({ wma: wma(close, options, out?.wma) }),
})
