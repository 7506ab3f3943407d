import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nestedSettlingLength } from '../nestedSettling.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { type AverageSpec, ExponentialAverage, emaSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the double exponential moving average. */
export interface DemaOptions {
  /** Length of both averages, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Starting value of each average: the mean of its first `period` inputs (default), or the first one. */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<DemaOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}

/**
 * Double exponential moving average, streaming: `2·E1 − E2`, with `E1` the EMA of the input and `E2` the EMA of `E1`.
 *
 * `NaN` for the first `2·period − 2` inputs, or for none with `seed: 'first'`. Each average has its own seed, so the
 * parts are those of two `Ema` bit for bit; TradingView seeds with the first input, Skender and Tulip seed an inner
 * average with one value of the outer. A non-finite input gives `NaN` once and is passed over. A flat series gives its
 * price. In units of the input. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const dema = new Dema({ period: 2 })
 * for (const close of [10, 12]) dema.next(close) // E1: 11
 * dema.next(14) // => 14 (E1 13, E2 12)
 */
export class Dema implements Indicator<number, 'dema'> {
  readonly name: string
  private readonly options: Required<DemaOptions>
  private readonly first: ExponentialAverage
  private readonly second: ExponentialAverage
  private current = Number.NaN
  private count = 0

  constructor(options?: DemaOptions) {
    this.options = resolveOptions('dema', parameters, options)
    this.name = nameOf('dema', parameters, this.options)
    this.first = new ExponentialAverage(specOf(this.options))
    this.second = new ExponentialAverage(specOf(this.options))
  }

  get warmup(): number {
    return 2 * specOf(this.options).seedLength - 1
  }

  get stableAfter(): number {
    const { seedLength } = specOf(this.options)
    return this.warmup + nestedSettlingLength(this.first.beta, seedLength, [2, 1])
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.second.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'dema'): number {
    if (name === 'dema') return this.value
    throw unknownOutput(this.name, name, ['dema'])
  }

  next(input: number): number {
    this.count++
    const { first, second } = this
    first.input = input
    first.advance()
    second.input = first.value
    second.advance()
    this.current = doubled(first.value, second.value)
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.first.undo()
      this.second.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const first = this.first.peek(input)
    return doubled(first, this.second.peek(first))
  }

  clone(): this {
    return copyState(this, new Dema(this.options)) as this
  }

  reset(): void {
    copyState(new Dema(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function specOf({ period, seed, nan }: Required<DemaOptions>): AverageSpec {
  return emaSpec(period, seed, nan)
}

/** `2·first − second`, in an order that gives the price itself on a flat series; `NaN` beyond the largest double. */
export function doubled(first: number, second: number): number {
  const value = first + (first - second)
  return value - value === 0 ? value : Number.NaN
}

/**
 * Double exponential moving average of a column, equal bit for bit to `Dema`.
 *
 * The result has the input's length; the first `2·period − 2` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * dema(Float64Array.of(10, 12, 14), { period: 2 }) // => [NaN, NaN, 14]
 */
export function dema(close: Column, options?: DemaOptions, out?: Float64Array): Float64Array {
  const spec = specOf(resolveOptions('dema', parameters, options))
  const { length, input, output } = openColumns('dema', ['close'], { close }, ['dema'], out && { dema: out })
  const second = new Float64Array(length)
  smoothColumn(input.close, spec, output.dema)
  smoothColumn(output.dema, spec, second)
  for (let index = 0; index < length; index++) output.dema[index] = doubled(output.dema[index]!, second[index]!)
  return output.dema
}

/** The registry's entry. */
export const demaDefinition = /* @__PURE__ */ defineIndicator<DemaOptions, number, 'dema'>({
  id: 'dema',
  category: 'price',
  inputs: ['close'],
  outputs: ['dema'],
  primary: 'dema',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994)',
  create: (options) => new Dema(options),
  batch: ({ close }, options, out) => ({ dema: dema(close, options, out?.dema) }),
})
