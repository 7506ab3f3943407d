import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { Accumulation, accumulate } from './accumulation.js'

/** Options of the accumulation/distribution line. */
export interface AdLineOptions {
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<AdLineOptions> = { nan: nanParameter }
const fields = ['high', 'low', 'close', 'volume'] as const

/**
 * Accumulation/distribution line, streaming: the sum from 0 of `m·volume`, where `m = ((close − low) − (high −
 * close))/(high − low)` goes from −1 for a close at the low to 1 for one at the high.
 *
 * It has a value from the first bar on. A bar without range adds 0, so a flat series stays where it is. A non-finite
 * bar gives `NaN` once and is passed over. In units of volume; the level depends on where the series starts. The sum
 * keeps what rounding takes away, so it does not drift. Chaikin's formula, as in Achelis, Technical Analysis from A to
 * Z (2000).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const line = new AdLine()
 * line.next({ high: 12, low: 8, close: 12, volume: 30 }) // => 30
 * line.next({ high: 14, low: 10, close: 11, volume: 10 }) // => 25
 */
export class AdLine implements Indicator<BarInput, 'adl'> {
  readonly name: string
  private readonly options: Required<AdLineOptions>
  private readonly line: Accumulation
  private count = 0

  constructor(options?: AdLineOptions) {
    this.options = resolveOptions('adLine', parameters, options)
    this.name = nameOf('adLine', parameters, this.options)
    this.line = new Accumulation(this.options.nan)
  }

  get warmup(): number {
    return 1
  }

  get stableAfter(): number {
    return 1
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.line.isReady
  }

  get value(): number {
    return this.line.value
  }

  output(name: 'adl'): number {
    if (name === 'adl') return this.value
    throw unknownOutput(this.name, name, ['adl'])
  }

  next(bar: BarInput): number {
    this.count++
    this.line.next(bar)
    return this.line.value
  }

  replace(bar: BarInput): number {
    if (this.count > 0) {
      this.line.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput): number {
    return this.line.peek(bar)
  }

  clone(): this {
    return copyState(this, new AdLine(this.options)) as this
  }

  reset(): void {
    copyState(new AdLine(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Accumulation/distribution line of columns, equal bit for bit to `AdLine`.
 *
 * The result has the input's length. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(8, 10), close: Float64Array.of(12, 11) }
 * adLine({ ...bars, volume: Float64Array.of(30, 10) }) // => [30, 25]
 */
export function adLine(bars: InputColumns, options?: AdLineOptions, out?: Float64Array): Float64Array {
  const { nan } = resolveOptions('adLine', parameters, options)
  const { input, output } = openColumns('adLine', fields, bars, ['adl'], out && { adl: out })
  accumulate(input, nan, output.adl)
  return output.adl
}

/** The registry's entry. */
export const adLineDefinition = /* @__PURE__ */ defineIndicator<AdLineOptions, BarInput, 'adl'>({
  id: 'adLine',
  category: 'volume',
  inputs: fields,
  outputs: ['adl'],
  primary: 'adl',
  params: parameters,
  units: 'volume',
  plotOffset: 0,
  source: "Chaikin's formula, as in Achelis, Technical Analysis from A to Z (2000)",
  create: (options) => new AdLine(options),
  batch: (bars, options, out) => ({ adl: adLine(bars, options, out?.adl) }),
})
