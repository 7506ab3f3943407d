import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { percentChange } from '../percentChange.js'
import { percentChanges } from '../percentChanges.js'
import { Ring } from '../ring.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the rate of change. */
export interface RocOptions {
  /** Distance in inputs, an integer ≥ 1 (default 10). */
  readonly period?: number
}

const parameters: ParametersOf<RocOptions> = {
  period: { kind: 'integer', default: 10, min: 1, max: periodMax },
}

/**
 * Rate of change, streaming: `100·(x / x[period] − 1)`, in percent.
 *
 * `NaN` for the first `period` inputs, and where one of the two inputs is not finite. A past input of 0 gives 0.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const roc = new Roc({ period: 2 })
 * for (const close of [10, 11]) roc.next(close)
 * roc.next(12.5) // => 25
 */
export class Roc implements Indicator<number, 'roc'> {
  readonly name: string
  private readonly options: Required<RocOptions>
  private readonly past: Ring
  private current = Number.NaN
  private count = 0
  private leading = 0

  constructor(options?: RocOptions) {
    this.options = resolveOptions('roc', parameters, options)
    this.name = nameOf('roc', parameters, this.options)
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

  output(name: 'roc'): number {
    if (name === 'roc') return this.value
    throw unknownOutput(this.name, name, ['roc'])
  }

  next(input: number): number {
    if (this.leading === this.count && input - input !== 0) this.leading++
    this.count++
    this.current = percentChange(input, this.past.push(input))
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
    return percentChange(input, this.past.oldest())
  }

  clone(): this {
    return copyState(this, new Roc(this.options)) as this
  }

  reset(): void {
    copyState(new Roc(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Rate of change of a column in percent, equal bit for bit to `Roc`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * roc(Float64Array.of(10, 11, 12.5), { period: 2 }) // => [NaN, NaN, 25]
 */
export function roc(close: Column, options?: RocOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('roc', parameters, options)
  const { input, output } = openColumns('roc', ['close'], { close }, ['roc'], out && { roc: out })
  percentChanges(input.close, period, output.roc)
  return output.roc
}

/** The registry's entry. */
export const rocDefinition = /* @__PURE__ */ defineIndicator<RocOptions, number, 'roc'>({
  id: 'roc',
  category: 'momentum',
  inputs: ['close'],
  outputs: ['roc'],
  primary: 'roc',
  params: parameters,
  units: 'percent',
  plotOffset: 0,
  source: 'Relative change over a fixed distance',
  create: (options) => new Roc(options),
  batch: ({ close }, options, out) => ({ roc: roc(close, options, out?.roc) }),
})
