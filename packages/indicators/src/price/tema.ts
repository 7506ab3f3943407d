import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nestedSettlingLength } from '../nestedSettling.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { type AverageSpec, ExponentialAverage, emaSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the triple exponential moving average. */
export interface TemaOptions {
  /** Length of all three averages, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Starting value of each average: the mean of its first `period` inputs (default), or the first one. */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<TemaOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}

/**
 * Triple exponential moving average, streaming: `3·E1 − 3·E2 + E3`, with `E1` the EMA of the input, `E2` that of `E1`
 * and `E3` that of `E2`.
 *
 * `NaN` for the first `3·period − 3` inputs, or for none with `seed: 'first'`. Each average has its own seed, so the
 * parts are those of three `Ema` bit for bit; TradingView seeds with the first input, Skender and Tulip seed an inner
 * average with one value of the outer. A non-finite input gives `NaN` once and is passed over. A flat series gives its
 * price. In units of the input. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const tema = new Tema({ period: 2 })
 * for (const close of [10, 12, 14]) tema.next(close) // E1: 13, E2: 12
 * tema.next(16) // => 16 (E1 15, E2 14, E3 13)
 */
export class Tema implements Indicator<number, 'tema'> {
  readonly name: string
  private readonly options: Required<TemaOptions>
  private readonly first: ExponentialAverage
  private readonly second: ExponentialAverage
  private readonly third: ExponentialAverage
  private current = Number.NaN
  private count = 0

  constructor(options?: TemaOptions) {
    this.options = resolveOptions('tema', parameters, options)
    this.name = nameOf('tema', parameters, this.options)
    this.first = new ExponentialAverage(specOf(this.options))
    this.second = new ExponentialAverage(specOf(this.options))
    this.third = new ExponentialAverage(specOf(this.options))
  }

  get warmup(): number {
    return 3 * specOf(this.options).seedLength - 2
  }

  get stableAfter(): number {
    const { seedLength } = specOf(this.options)
    return this.warmup + nestedSettlingLength(this.first.beta, seedLength, [3, 3, 1])
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.third.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'tema'): number {
    if (name === 'tema') return this.value
    throw unknownOutput(this.name, name, ['tema'])
  }

  next(input: number): number {
    this.count++
    const { first, second, third } = this
    first.input = input
    first.advance()
    second.input = first.value
    second.advance()
    third.input = second.value
    third.advance()
    this.current = tripled(first.value, second.value, third.value)
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.first.undo()
      this.second.undo()
      this.third.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const first = this.first.peek(input)
    const second = this.second.peek(first)
    return tripled(first, second, this.third.peek(second))
  }

  clone(): this {
    return copyState(this, new Tema(this.options)) as this
  }

  reset(): void {
    copyState(new Tema(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function specOf({ period, seed, nan }: Required<TemaOptions>): AverageSpec {
  return emaSpec(period, seed, nan)
}

/** `3·first − 3·second + third`, in an order that gives the price itself on a flat series; never infinite. */
export function tripled(first: number, second: number, third: number): number {
  const value = third + 3 * (first - second)
  return value - value === 0 ? value : Number.NaN
}

/**
 * Triple exponential moving average of a column, equal bit for bit to `Tema`.
 *
 * The result has the input's length; the first `3·period − 3` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * tema(Float64Array.of(10, 12, 14, 16), { period: 2 }) // => [NaN, NaN, NaN, 16]
 */
export function tema(close: Column, options?: TemaOptions, out?: Float64Array): Float64Array {
  const spec = specOf(resolveOptions('tema', parameters, options))
  const { length, input, output } = openColumns('tema', ['close'], { close }, ['tema'], out && { tema: out })
  const first = new Float64Array(length)
  const second = new Float64Array(length)
  smoothColumn(input.close, spec, first)
  smoothColumn(first, spec, second)
  smoothColumn(second, spec, output.tema)
  for (let index = 0; index < length; index++) {
    output.tema[index] = tripled(first[index]!, second[index]!, output.tema[index]!)
  }
  return output.tema
}

/** The registry's entry. */
export const temaDefinition = /* @__PURE__ */ defineIndicator<TemaOptions, number, 'tema'>({
  id: 'tema',
  category: 'price',
  inputs: ['close'],
  outputs: ['tema'],
  primary: 'tema',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994)',
  create: (options) => new Tema(options),
  batch: ({ close }, options, out) => ({ tema: tema(close, options, out?.tema) }),
})
