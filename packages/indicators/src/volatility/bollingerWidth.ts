import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { rollingBands } from '../rollingBands.js'
import { RollingMoments } from '../rollingMoments.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the width of Bollinger bands. */
export interface BollingerWidthOptions {
  /** Inputs in the window, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Distance of each band from the mean in standard deviations, from 0.001 to 1000 (default 2). */
  readonly k?: number
}

const parameters: ParametersOf<BollingerWidthOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  k: { kind: 'number', default: 2, min: 0.001, max: 1000 },
}

/**
 * Width of Bollinger bands, streaming: `100·(upper − lower)/middle` over the last `period` inputs, in percent.
 *
 * Computed as `200·k·σ/mean`, which keeps the digits that a difference of two near bands would lose. `NaN` for the
 * first `period − 1` inputs; exactly 0 while the window does not move, and 0 around a mean of 0. A non-finite input
 * empties the window. Some charts show the ratio, a hundredth of it. Bollinger, Bollinger on Bollinger Bands (2001).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const width = new BollingerWidth({ period: 2, k: 2 })
 * width.next(10)
 * width.next(14) // => 66.67 (bands 16 and 8 around 12)
 */
export class BollingerWidth implements Indicator<number, 'bbWidth'> {
  readonly name: string
  private readonly options: Required<BollingerWidthOptions>
  private readonly window: RollingMoments
  private current = Number.NaN
  private count = 0

  constructor(options?: BollingerWidthOptions) {
    this.options = resolveOptions('bollingerWidth', parameters, options)
    this.name = nameOf('bollingerWidth', parameters, this.options)
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
    return this.current
  }

  output(name: 'bbWidth'): number {
    if (name === 'bbWidth') return this.value
    throw unknownOutput(this.name, name, ['bbWidth'])
  }

  next(input: number): number {
    this.count++
    const { window, options } = this
    window.input = input
    window.advance()
    this.current = widthOf(window.deviation, window.mean, options.k)
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const { window, options } = this
    return widthOf(window.peek(input, 'deviation'), window.peek(input, 'mean'), options.k)
  }

  clone(): this {
    return copyState(this, new BollingerWidth(this.options)) as this
  }

  reset(): void {
    copyState(new BollingerWidth(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** 0 where there is no price to compare with; `NaN` beyond the largest double. */
export function widthOf(deviation: number, mean: number, k: number): number {
  const width = mean === 0 ? deviation - deviation : 200 * k * (deviation / mean)
  return width - width === 0 ? width : Number.NaN
}

/**
 * Width of the Bollinger bands of a column in percent, equal bit for bit to `BollingerWidth`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * bollingerWidth(Float64Array.of(10, 14), { period: 2 }) // => [NaN, 66.67]
 */
export function bollingerWidth(close: Column, options?: BollingerWidthOptions, out?: Float64Array): Float64Array {
  const { period, k } = resolveOptions('bollingerWidth', parameters, options)
  const opened = openColumns('bollingerWidth', ['close'], { close }, ['bbWidth'], out && { bbWidth: out })
  const deviations = opened.output.bbWidth
  const means = new Float64Array(opened.length)
  const shape = { period, scale: 1 / period, center: 0, k: 1 } as const
  rollingBands(opened.input.close, shape, { means, lower: deviations, upper: deviations })
  for (let index = 0; index < deviations.length; index++) {
    deviations[index] = widthOf(deviations[index]!, means[index]!, k)
  }
  return deviations
}

/** The registry's entry. */
export const bollingerWidthDefinition = /* @__PURE__ */ defineIndicator<BollingerWidthOptions, number, 'bbWidth'>({
  id: 'bollingerWidth',
  category: 'volatility',
  inputs: ['close'],
  outputs: ['bbWidth'],
  primary: 'bbWidth',
  params: parameters,
  units: 'percent',
  bounds: { bbWidth: { min: 0 } },
  plotOffset: 0,
  source: 'Bollinger, Bollinger on Bollinger Bands (2001)',
  create: (options) => new BollingerWidth(options),
  batch: ({ close }, options, out) => ({ bbWidth: bollingerWidth(close, options, out?.bbWidth) }),
})
