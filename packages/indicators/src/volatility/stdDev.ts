import { ConfigError } from '@astertrade/core'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { rollingBands } from '../rollingBands.js'
import { RollingMoments } from '../rollingMoments.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the rolling standard deviation. */
export interface StdDevOptions {
  /** Inputs in the window, an integer ≥ 1 and above `ddof` (default 20). */
  readonly period?: number
  /** Taken from the divisor: 0 for the population (default), 1 for a sample, as pandas does. */
  readonly ddof?: 0 | 1
}

const parameters: ParametersOf<StdDevOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  ddof: { kind: 'integer', default: 0, min: 0, max: 1, convention: true },
}

/**
 * Rolling standard deviation, streaming: `√(Σ(x − mean)² / (period − ddof))` over the last `period` inputs.
 *
 * `NaN` for the first `period − 1` inputs; exactly 0 while the window does not move. The sums run around the mean, so tiny
 * and huge prices are right. A non-finite input empties the window. In units of the input.
 *
 * @throws ConfigError if an option is unknown or out of range, or `period` is not above `ddof`.
 * @example
 * const deviation = new StdDev({ period: 2 })
 * deviation.next(10)
 * deviation.next(14) // => 2
 */
export class StdDev implements Indicator<number, 'stdDev'> {
  readonly name: string
  private readonly options: Required<StdDevOptions>
  private readonly scale: number = Number.NaN
  private readonly window: RollingMoments
  private count = 0

  constructor(options?: StdDevOptions) {
    this.options = resolveStdDev(options)
    this.name = nameOf('stdDev', parameters, this.options)
    this.scale = 1 / (this.options.period - this.options.ddof)
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
    return Math.sqrt(this.window.squares * this.scale)
  }

  output(name: 'stdDev'): number {
    if (name === 'stdDev') return this.value
    throw unknownOutput(this.name, name, ['stdDev'])
  }

  next(input: number): number {
    this.count++
    this.window.input = input
    this.window.advance()
    return this.value
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.window.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return Math.sqrt(this.window.peek(input, 'squares') * this.scale)
  }

  clone(): this {
    return copyState(this, new StdDev(this.options)) as this
  }

  reset(): void {
    copyState(new StdDev(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Rolling standard deviation of a column, equal bit for bit to `StdDev`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, `period` is not above `ddof`, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * stdDev(Float64Array.of(10, 14, 10), { period: 2 }) // => [NaN, 2, 2]
 */
export function stdDev(close: Column, options?: StdDevOptions, out?: Float64Array): Float64Array {
  const { period, ddof } = resolveStdDev(options)
  const opened = openColumns('stdDev', ['close'], { close }, ['stdDev'], out && { stdDev: out })
  const result = opened.output.stdDev
  const shape = { period, scale: 1 / (period - ddof), center: 0, k: 1 } as const
  rollingBands(opened.input.close, shape, { means: result, lower: result, upper: result })
  return result
}

function resolveStdDev(options: StdDevOptions | undefined): Required<StdDevOptions> {
  const resolved = resolveOptions('stdDev', parameters, options)
  if (resolved.period > resolved.ddof) return resolved
  throw new ConfigError(`Option "period" of stdDev is "${resolved.period}", not above ddof "${resolved.ddof}".`, {
    code: 'BAD_PARAMETER',
    hints: ['A sample deviation needs at least 2 inputs.'],
  })
}

/** The registry's entry. */
export const stdDevDefinition = /* @__PURE__ */ defineIndicator<StdDevOptions, number, 'stdDev'>({
  id: 'stdDev',
  category: 'volatility',
  inputs: ['close'],
  outputs: ['stdDev'],
  primary: 'stdDev',
  params: parameters,
  units: 'price',
  bounds: { stdDev: { min: 0 } },
  priceShift: { stdDev: 'stays' },
  plotOffset: 0,
  source: 'Standard deviation of a window, population or sample',
  create: (options) => new StdDev(options),
  batch: ({ close }, options, out) => ({ stdDev: stdDev(close, options, out?.stdDev) }),
})
