import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { percentChange } from '../percentChange.js'
import { percentChanges } from '../percentChanges.js'
import { Ring } from '../ring.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the volume rate of change. */
export interface VolumeRocOptions {
  /** Distance in bars, an integer ≥ 1 (default 14). */
  readonly period?: number
}

const parameters: ParametersOf<VolumeRocOptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
}

/**
 * Volume rate of change, streaming: `100·(v / v[period] − 1)`, in percent.
 *
 * `NaN` for the first `period` inputs, and where one of the two volumes is not finite. After a volume of 0 it is 0, not
 * infinite. Murphy, Technical Analysis of the Financial Markets (1999), chapter 10, applied to volume.
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const change = new VolumeRoc({ period: 2 })
 * for (const volume of [200, 300]) change.next(volume)
 * change.next(250) // => 25
 */
export class VolumeRoc implements Indicator<number, 'volumeRoc'> {
  readonly name: string
  private readonly options: Required<VolumeRocOptions>
  private readonly past: Ring
  private current = Number.NaN
  private count = 0
  private leading = 0

  constructor(options?: VolumeRocOptions) {
    this.options = resolveOptions('volumeRoc', parameters, options)
    this.name = nameOf('volumeRoc', parameters, this.options)
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

  output(name: 'volumeRoc'): number {
    if (name === 'volumeRoc') return this.value
    throw unknownOutput(this.name, name, ['volumeRoc'])
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
    return copyState(this, new VolumeRoc(this.options)) as this
  }

  reset(): void {
    copyState(new VolumeRoc(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Volume rate of change of a column in percent, equal bit for bit to `VolumeRoc`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * volumeRoc(Float64Array.of(200, 300, 250), { period: 2 }) // => [NaN, NaN, 25]
 */
export function volumeRoc(volume: Column, options?: VolumeRocOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('volumeRoc', parameters, options)
  const { input, output } = openColumns('volumeRoc', ['volume'], { volume }, ['volumeRoc'], out && { volumeRoc: out })
  percentChanges(input.volume, period, output.volumeRoc)
  return output.volumeRoc
}

/** The registry's entry. */
export const volumeRocDefinition = /* @__PURE__ */ defineIndicator<VolumeRocOptions, number, 'volumeRoc'>({
  id: 'volumeRoc',
  category: 'volume',
  inputs: ['volume'],
  outputs: ['volumeRoc'],
  primary: 'volumeRoc',
  params: parameters,
  units: 'percent',
  plotOffset: 0,
  source: 'Murphy, Technical Analysis of the Financial Markets (1999), chapter 10, applied to volume',
  create: (options) => new VolumeRoc(options),
  batch: ({ volume }, options, out) => ({ volumeRoc: volumeRoc(volume, options, out?.volumeRoc) }),
})
