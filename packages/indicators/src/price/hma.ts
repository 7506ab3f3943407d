import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { WeightedMean, weightedMeans } from '../weightedMean.js'

/** Options of the Hull moving average. */
export interface HmaOptions {
  /** Inputs in the longest of the three averages, an integer ≥ 2 (default 16). */
  readonly period?: number
  /**
   * How `period/2` and `√period` become whole: cut off, as Hull does (default), or rounded to the nearest and from
   * halves to the even number, as LEAN does.
   */
  readonly rounding?: 'truncate' | 'round'
}

const parameters: ParametersOf<HmaOptions> = {
  period: { kind: 'integer', default: 16, min: 2, max: periodMax },
  rounding: { kind: 'choice', default: 'truncate', choices: ['truncate', 'round'] },
}

/** Lengths of the short average and of the one that smooths the result. */
interface Lengths {
  readonly half: number
  readonly root: number
}

/**
 * Hull moving average, streaming: `WMA(2·WMA(x, period/2) − WMA(x, period), √period)`.
 *
 * With `s = √period` cut to an integer, `NaN` for the first `period + s − 2` inputs. It may overshoot the prices. A
 * flat series gives exactly its price. A non-finite input empties the windows: the next value comes `period + s − 1`
 * inputs later. In units of the input. Hull, How to Reduce Lag in a Moving Average (2005).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 2.
 * @example
 * const hma = new Hma({ period: 4 })
 * for (const close of [10, 11, 12, 13]) hma.next(close)
 * hma.next(14) // => 14 (no lag on a straight line)
 */
export class Hma implements Indicator<number, 'hma'> {
  readonly name: string
  private readonly options: Required<HmaOptions>
  private readonly short: WeightedMean
  private readonly long: WeightedMean
  private readonly smooth: WeightedMean
  private count = 0

  constructor(options?: HmaOptions) {
    this.options = resolveOptions('hma', parameters, options)
    this.name = nameOf('hma', parameters, this.options)
    const { half, root } = lengthsOf(this.options)
    this.short = new WeightedMean(half)
    this.long = new WeightedMean(this.options.period)
    this.smooth = new WeightedMean(root)
  }

  get warmup(): number {
    return this.long.period + this.smooth.period - 1
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.smooth.isReady
  }

  get value(): number {
    return this.smooth.value
  }

  output(name: 'hma'): number {
    if (name === 'hma') return this.value
    throw unknownOutput(this.name, name, ['hma'])
  }

  next(input: number): number {
    this.count++
    const { short, long, smooth } = this
    short.input = input
    long.input = input
    short.advance()
    long.advance()
    smooth.input = 2 * short.value - long.value
    smooth.advance()
    return smooth.value
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.short.undo()
      this.long.undo()
      this.smooth.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.smooth.peek(2 * this.short.peek(input) - this.long.peek(input))
  }

  clone(): this {
    return copyState(this, new Hma(this.options)) as this
  }

  reset(): void {
    copyState(new Hma(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function lengthsOf({ period, rounding }: Required<HmaOptions>): Lengths {
  const half = Math.floor(period / 2)
  const root = Math.sqrt(period)
  if (rounding === 'truncate') return { half, root: Math.floor(root) }
  return { half: half + (period % 2) * (half % 2), root: Math.round(root) }
}

/**
 * Hull moving average of a column, equal bit for bit to `Hma`.
 *
 * The result has the input's length; the first `period + √period − 2` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * hma(Float64Array.of(10, 11, 12, 13, 14), { period: 4 }) // => [NaN, NaN, NaN, NaN, 14]
 */
export function hma(close: Column, options?: HmaOptions, out?: Float64Array): Float64Array {
  const resolved = resolveOptions('hma', parameters, options)
  const { half, root } = lengthsOf(resolved)
  const { length, input, output } = openColumns('hma', ['close'], { close }, ['hma'], out && { hma: out })
  const raw = new Float64Array(length)
  weightedMeans(input.close, half, raw)
  weightedMeans(input.close, resolved.period, output.hma)
  extrapolate(raw, output.hma)
  weightedMeans(raw, root, output.hma)
  return output.hma
}

function extrapolate(halves: Float64Array, wholes: Float64Array): void {
  const { length } = halves
  for (let index = 0; index < length; index++) halves[index] = 2 * halves[index]! - wholes[index]!
}

/** The registry's entry. */
export const hmaDefinition = /* @__PURE__ */ defineIndicator<HmaOptions, number, 'hma'>({
  id: 'hma',
  category: 'price',
  inputs: ['close'],
  outputs: ['hma'],
  primary: 'hma',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Hull, How to Reduce Lag in a Moving Average (2005)',
  create: (options) => new Hma(options),
  batch: ({ close }, options, out) => ({ hma: hma(close, options, out?.hma) }),
})
