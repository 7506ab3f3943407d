import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { Ring } from '../ring.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of momentum. */
export interface MomentumOptions {
  /** Distance in inputs, an integer ≥ 1 (default 10). */
  readonly period?: number
}

const parameters: ParametersOf<MomentumOptions> = {
  period: { kind: 'integer', default: 10, min: 1, max: periodMax },
}

/**
 * Momentum, streaming: `x − x[period]`.
 *
 * `NaN` for the first `period` inputs, and where one of the two inputs is not finite. In units of the input; a flat
 * series gives 0. Murphy, Technical Analysis of the Financial Markets (1999), chapter 10.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const momentum = new Momentum({ period: 2 })
 * for (const close of [10, 11]) momentum.next(close)
 * momentum.next(12.5) // => 2.5
 */
export class Momentum implements Indicator<number, 'momentum'> {
  readonly name: string
  private readonly options: Required<MomentumOptions>
  private readonly past: Ring
  private current = Number.NaN
  private count = 0
  private leading = 0

  constructor(options?: MomentumOptions) {
    this.options = resolveOptions('momentum', parameters, options)
    this.name = nameOf('momentum', parameters, this.options)
    this.past = new Ring(this.options.period)
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
    return this.count - this.leading > this.options.period
  }

  get value(): number {
    return this.current
  }

  output(name: 'momentum'): number {
    if (name === 'momentum') return this.value
    throw unknownOutput(this.name, name, ['momentum'])
  }

  next(input: number): number {
    if (this.leading === this.count && input - input !== 0) this.leading++
    this.count++
    this.current = difference(input, this.past.push(input))
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.past.undo()
      this.count--
      this.leading = Math.min(this.leading, this.count)
    }
    return this.next(input)
  }

  peek(input: number): number {
    return difference(input, this.past.oldest())
  }

  clone(): this {
    return copyState(this, new Momentum(this.options)) as this
  }

  reset(): void {
    copyState(new Momentum(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Momentum of a column, equal bit for bit to `Momentum`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * momentum(Float64Array.of(10, 11, 12.5), { period: 2 }) // => [NaN, NaN, 2.5]
 */
export function momentum(close: Column, options?: MomentumOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('momentum', parameters, options)
  const { length, input, output } = openColumns(
    'momentum',
    ['close'],
    { close },
    ['momentum'],
    out && { momentum: out },
  )
  const result = output.momentum.fill(Number.NaN, 0, period)
  for (let index = period; index < length; index++)
    result[index] = difference(input.close[index]!, input.close[index - period]!)
  return result
}

function difference(input: number, past: number): number {
  const change = input - past
  return change - change === 0 ? change : Number.NaN
}

/** The registry's entry. */
export const momentumDefinition = /* @__PURE__ */ defineIndicator<MomentumOptions, number, 'momentum'>({
  id: 'momentum',
  category: 'momentum',
  inputs: ['close'],
  outputs: ['momentum'],
  primary: 'momentum',
  params: parameters,
  units: 'price',
  priceShift: { momentum: 'stays' },
  plotOffset: 0,
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), chapter 10',
  create: (options) => new Momentum(options),
  batch: ({ close }, options, out) => ({ momentum: momentum(close, options, out?.momentum) }),
})
