import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nestedSettlingLength } from '../nestedSettling.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { percentChange } from '../percentChange.js'
import { smoothColumn } from '../smoothColumn.js'
import { type AverageSpec, ExponentialAverage, emaSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of TRIX. */
export interface TrixOptions {
  /** Period of all three averages, an integer ≥ 1 (default 15). */
  readonly period?: number
  /** Starting value of each average: the mean of its first `period` inputs (default), or the first one. */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<TrixOptions> = {
  period: { kind: 'integer', default: 15, min: 1, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}

/**
 * TRIX, streaming: the change of a triple exponential average from input to input, in percent. A flat series gives 0.
 *
 * `NaN` for the first `3·period − 2` inputs, or for one with `seed: 'first'`. Each of the three averages has its own
 * seed, as in TA-Lib; Skender seeds all at once, and the difference fades (`stableAfter`). A non-finite input gives
 * `NaN` once and is passed over. Hutson, Good TRIX, Stocks & Commodities 1(5) (1983).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const trix = new Trix({ period: 1 })
 * trix.next(10)
 * trix.next(12) // => 20
 */
export class Trix implements Indicator<number, 'trix'> {
  readonly name: string
  private readonly options: Required<TrixOptions>
  private readonly first: ExponentialAverage
  private readonly second: ExponentialAverage
  private readonly third: ExponentialAverage
  /** The last two finite values of the third average. */
  private last = Number.NaN
  private past = Number.NaN
  private lastBefore = Number.NaN
  private pastBefore = Number.NaN
  private current = Number.NaN
  private count = 0

  constructor(options?: TrixOptions) {
    this.options = resolveOptions('trix', parameters, options)
    this.name = nameOf('trix', parameters, this.options)
    const spec = specOf(this.options)
    this.first = new ExponentialAverage(spec)
    this.second = new ExponentialAverage(spec)
    this.third = new ExponentialAverage(spec)
  }

  get warmup(): number {
    return 3 * specOf(this.options).seedLength - 1
  }

  get stableAfter(): number {
    return this.warmup + nestedSettlingLength(this.first.beta, specOf(this.options).seedLength, [0, 0, 1])
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return !Number.isNaN(this.past)
  }

  get value(): number {
    return this.current
  }

  output(name: 'trix'): number {
    if (name === 'trix') return this.value
    throw unknownOutput(this.name, name, ['trix'])
  }

  next(input: number): number {
    const { first, second, third } = this
    this.count++
    this.lastBefore = this.last
    this.pastBefore = this.past
    first.input = input
    first.advance()
    second.input = first.value
    second.advance()
    third.input = second.value
    third.advance()
    this.current = percentChange(third.value, this.last)
    if (!Number.isNaN(third.value)) {
      this.past = this.last
      this.last = third.value
    }
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.first.undo()
      this.second.undo()
      this.third.undo()
      this.last = this.lastBefore
      this.past = this.pastBefore
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return percentChange(this.third.peek(this.second.peek(this.first.peek(input))), this.last)
  }

  clone(): this {
    return copyState(this, new Trix(this.options)) as this
  }

  reset(): void {
    copyState(new Trix(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function specOf({ period, seed, nan }: Required<TrixOptions>): AverageSpec {
  return emaSpec(period, seed, nan)
}

/**
 * TRIX of a column in percent, equal bit for bit to `Trix`.
 *
 * The result has the input's length; the first `3·period − 2` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * trix(Float64Array.of(10, 12, 9), { period: 1 }) // => [NaN, 20, -25]
 */
export function trix(close: Column, options?: TrixOptions, out?: Float64Array): Float64Array {
  const spec = specOf(resolveOptions('trix', parameters, options))
  const { length, input, output } = openColumns('trix', ['close'], { close }, ['trix'], out && { trix: out })
  const result = output.trix
  smoothColumn(input.close, spec, result)
  smoothColumn(result, spec, result)
  smoothColumn(result, spec, result)
  for (let index = 0, last = Number.NaN; index < length; index++) {
    const value = result[index]!
    result[index] = percentChange(value, last)
    if (!Number.isNaN(value)) last = value
  }
  return result
}

/** The registry's entry. */
export const trixDefinition = /* @__PURE__ */ defineIndicator<TrixOptions, number, 'trix'>({
  id: 'trix',
  category: 'momentum',
  inputs: ['close'],
  outputs: ['trix'],
  primary: 'trix',
  params: parameters,
  units: 'percent',
  plotOffset: 0,
  source: 'Hutson, Good TRIX, Stocks & Commodities 1(5) (1983)',
  create: (options) => new Trix(options),
  batch: ({ close }, options, out) => ({ trix: trix(close, options, out?.trix) }),
})
