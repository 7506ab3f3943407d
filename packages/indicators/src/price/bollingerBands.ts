import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { rollingBands } from '../rollingBands.js'
import { RollingMoments } from '../rollingMoments.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of Bollinger bands. */
export interface BollingerBandsOptions {
  /** Inputs in the window, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Width in standard deviations, from 0.001 to 1000 (default 2). */
  readonly k?: number
}

/** Outputs of indicators that draw a band; the middle is the primary one. */
export type BandOutput = 'upper' | 'middle' | 'lower'

const parameters: ParametersOf<BollingerBandsOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  k: { kind: 'number', default: 2, min: 0.001, max: 1000 },
}
const outputs: readonly BandOutput[] = ['upper', 'middle', 'lower']

/**
 * Bollinger bands, streaming: the mean of the last `period` inputs, plus and minus `k` population standard deviations.
 *
 * `NaN` for the first `period − 1` inputs. The sums run around the mean, so prices of 1e-5 and of 1e5 keep their bands,
 * and a flat window has three equal ones. A non-finite input empties the window. In units of the input. Bollinger,
 * Bollinger on Bollinger Bands (2001).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const bands = new BollingerBands({ period: 2, k: 2 })
 * bands.next(10)
 * bands.next(14) // => 12
 * bands.output('upper') // => 16
 */
export class BollingerBands implements Indicator<number, BandOutput> {
  readonly name: string
  private readonly options: Required<BollingerBandsOptions>
  private readonly window: RollingMoments
  private count = 0

  constructor(options?: BollingerBandsOptions) {
    this.options = resolveOptions('bollingerBands', parameters, options)
    this.name = nameOf('bollingerBands', parameters, this.options)
    this.window = new RollingMoments(this.options.period)
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
    return this.window.mean
  }

  output(name: BandOutput): number {
    const { k } = this.options
    switch (name) {
      case 'upper':
        return this.window.mean + k * this.window.deviation
      case 'middle':
        return this.window.mean
      case 'lower':
        return this.window.mean - k * this.window.deviation
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(input: number): number {
    this.count++
    this.window.input = input
    this.window.advance()
    return this.window.mean
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.window.peek(input, 'mean')
  }

  clone(): this {
    return copyState(this, new BollingerBands(this.options)) as this
  }

  reset(): void {
    copyState(new BollingerBands(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Bollinger bands of a column, equal bit for bit to `BollingerBands`.
 *
 * Each band has the input's length; the first `period − 1` values are `NaN`. One of them may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * bollingerBands(Float64Array.of(10, 14), { period: 2 }).upper // => [NaN, 16]
 */
export function bollingerBands(
  close: Column,
  options?: BollingerBandsOptions,
  out?: OutputColumns<BandOutput>,
): OutputColumns<BandOutput> {
  const { period, k } = resolveOptions('bollingerBands', parameters, options)
  const { input, output } = openColumns('bollingerBands', ['close'], { close }, outputs, out)
  const { upper, middle, lower } = output
  rollingBands(input.close, { period, scale: 1 / period, center: 1, k }, { means: middle, lower, upper })
  return output
}

/** The registry's entry. */
export const bollingerBandsDefinition = /* @__PURE__ */ defineIndicator<BollingerBandsOptions, number, BandOutput>({
  id: 'bollingerBands',
  category: 'price',
  inputs: ['close'],
  outputs,
  primary: 'middle',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Bollinger, Bollinger on Bollinger Bands (2001)',
  create: (options) => new BollingerBands(options),
  batch: ({ close }, options, out) => bollingerBands(close, options, out),
})
