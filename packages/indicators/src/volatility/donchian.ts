import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import type { BandOutput } from '../price/bollingerBands.js'
import { Ring } from '../ring.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the Donchian channel. */
export interface DonchianOptions {
  /** Bars in the channel, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Bars by which the channel lags: 0 includes the current bar (default), 1 leaves it out, as break-out systems do. */
  readonly lag?: number
}

const parameters: ParametersOf<DonchianOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  lag: { kind: 'integer', default: 0, min: 0, max: periodMax, convention: true },
}
const outputs: readonly BandOutput[] = ['upper', 'middle', 'lower']
const fields = ['high', 'low'] as const

/**
 * Donchian channel, streaming: the highest high and the lowest low of `period` bars, and their mean.
 *
 * `NaN` for the first `period + lag − 1` bars. A non-finite bar empties the window. In units of the price. Exact: the same
 * comparisons as a search of the window. Donchian, High Finance in Copper (1960).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const channel = new Donchian({ period: 2 })
 * channel.next({ high: 12, low: 8 })
 * channel.next({ high: 14, low: 10 }) // => 11
 * channel.output('upper') // => 14
 */
export class Donchian implements Indicator<BarInput<'high' | 'low'>, BandOutput> {
  readonly name: string
  private readonly options: Required<DonchianOptions>
  private readonly extrema: RollingExtrema
  private readonly pastUpper: Ring | undefined
  private readonly pastLower: Ring | undefined
  private upper = Number.NaN
  private lower = Number.NaN
  private count = 0

  constructor(options?: DonchianOptions) {
    this.options = resolveOptions('donchian', parameters, options)
    this.name = nameOf('donchian', parameters, this.options)
    const { period, lag } = this.options
    this.extrema = new RollingExtrema(period)
    this.pastUpper = lag > 0 ? new Ring(lag) : undefined
    this.pastLower = lag > 0 ? new Ring(lag) : undefined
  }

  get warmup(): number {
    return this.options.period + this.options.lag
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return !Number.isNaN(this.upper)
  }

  get value(): number {
    return middleOf(this.upper, this.lower)
  }

  output(name: BandOutput): number {
    switch (name) {
      case 'upper':
        return this.upper
      case 'middle':
        return this.value
      case 'lower':
        return this.lower
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(bar: BarInput<'high' | 'low'>): number {
    this.count++
    const { extrema, pastUpper, pastLower } = this
    extrema.next(bar)
    this.upper = pastUpper ? pastUpper.push(extrema.max) : extrema.max
    this.lower = pastLower ? pastLower.push(extrema.min) : extrema.min
    return middleOf(this.upper, this.lower)
  }

  replace(bar: BarInput<'high' | 'low'>): number {
    if (this.count > 0) {
      this.extrema.undo()
      this.pastUpper?.undo()
      this.pastLower?.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low'>): number {
    const { extrema, pastUpper, pastLower } = this
    if (pastUpper && pastLower) return middleOf(pastUpper.oldest(), pastLower.oldest())
    return middleOf(extrema.peekMax(bar), extrema.peekMin(bar))
  }

  clone(): this {
    return copyState(this, new Donchian(this.options)) as this
  }

  reset(): void {
    copyState(new Donchian(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function middleOf(upper: number, lower: number): number {
  return 0.5 * (upper + lower)
}

/**
 * Donchian channel of columns, equal bit for bit to `Donchian`.
 *
 * Each band has the input's length; the first `period + lag − 1` values are `NaN`. Bands may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * donchian({ high: Float64Array.of(12, 14), low: Float64Array.of(8, 10) }, { period: 2 }).lower // => [NaN, 8]
 */
export function donchian(
  bars: InputColumns<'high' | 'low'>,
  options?: DonchianOptions,
  out?: OutputColumns<BandOutput>,
): OutputColumns<BandOutput> {
  const { period, lag } = resolveOptions('donchian', parameters, options)
  const { length, input, output } = openColumns('donchian', fields, bars, outputs, out)
  const { upper, middle, lower } = output
  rollingExtrema(input, period, { high: upper, low: lower })
  for (const band of lag > 0 ? [upper, lower] : []) {
    band.copyWithin(lag, 0, length)
    band.fill(Number.NaN, 0, lag)
  }
  for (let index = 0; index < length; index++) middle[index] = middleOf(upper[index]!, lower[index]!)
  return output
}

/** The registry's entry. */
export const donchianDefinition = /* @__PURE__ */ defineIndicator<DonchianOptions, BarInput, BandOutput>({
  id: 'donchian',
  category: 'volatility',
  inputs: fields,
  outputs,
  primary: 'middle',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Donchian, High Finance in Copper, Financial Analysts Journal 16(6) (1960)',
  create: (options) => new Donchian(options),
  batch: (bars, options, out) => donchian(bars, options, out),
})
