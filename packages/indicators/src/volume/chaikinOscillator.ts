import { ConfigError } from '@astertrade/core'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { ExponentialAverage, emaSpec, settlingLength } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { Accumulation, accumulate } from './accumulation.js'

/** Options of the Chaikin oscillator. */
export interface ChaikinOscillatorOptions {
  /** Period of the fast average, an integer ≥ 1 below `slow` (default 3). */
  readonly fast?: number
  /** Period of the slow average (default 10). */
  readonly slow?: number
  /** Starting value of each average: the mean of its first inputs (default), or the first one, as in TA-Lib. */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<ChaikinOscillatorOptions> = {
  fast: { kind: 'integer', default: 3, min: 1, max: periodMax },
  slow: { kind: 'integer', default: 10, min: 2, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}
const fields = ['high', 'low', 'close', 'volume'] as const

/**
 * Chaikin oscillator, streaming: `EMA(fast) − EMA(slow)` of the accumulation/distribution line. A flat series gives 0.
 *
 * `NaN` for the first `slow − 1` bars, or for none with `seed: 'first'`, which TA-Lib and Tulip take. Each average has
 * its own seed, so the parts are those of `AdLine` and `Ema` bit for bit. A non-finite bar gives `NaN` once and is
 * passed over. In units of volume. Chaikin's formula, as in Achelis, Technical Analysis from A to Z (2000).
 *
 * @throws ConfigError if an option is unknown or out of range, or `fast` is not below `slow`.
 * @example
 * const oscillator = new ChaikinOscillator({ fast: 1, slow: 2 })
 * oscillator.next({ high: 12, low: 8, close: 12, volume: 30 })
 * oscillator.next({ high: 14, low: 10, close: 11, volume: 10 }) // => -2.5 (25 − 27.5)
 */
export class ChaikinOscillator implements Indicator<BarInput, 'chaikinOsc'> {
  readonly name: string
  private readonly options: Required<ChaikinOscillatorOptions>
  private readonly line: Accumulation
  private readonly fast: ExponentialAverage
  private readonly slow: ExponentialAverage
  private count = 0

  constructor(options?: ChaikinOscillatorOptions) {
    this.options = resolveChaikin(options)
    this.name = nameOf('chaikinOscillator', parameters, this.options)
    const { fast, slow, seed, nan } = this.options
    this.line = new Accumulation(nan)
    this.fast = new ExponentialAverage(emaSpec(fast, seed, nan))
    this.slow = new ExponentialAverage(emaSpec(slow, seed, nan))
  }

  get warmup(): number {
    return this.options.seed === 'first' ? 1 : this.options.slow
  }

  get stableAfter(): number {
    return this.warmup + settlingLength(this.slow.beta)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.slow.isReady
  }

  get value(): number {
    return this.fast.value - this.slow.value
  }

  output(name: 'chaikinOsc'): number {
    if (name === 'chaikinOsc') return this.value
    throw unknownOutput(this.name, name, ['chaikinOsc'])
  }

  next(bar: BarInput): number {
    this.count++
    const { line, fast, slow } = this
    line.next(bar)
    fast.input = line.value
    slow.input = line.value
    fast.advance()
    slow.advance()
    return this.value
  }

  replace(bar: BarInput): number {
    if (this.count > 0) {
      this.line.undo()
      this.fast.undo()
      this.slow.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput): number {
    const line = this.line.peek(bar)
    return this.fast.peek(line) - this.slow.peek(line)
  }

  clone(): this {
    return copyState(this, new ChaikinOscillator(this.options)) as this
  }

  reset(): void {
    copyState(new ChaikinOscillator(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Chaikin oscillator of columns, equal bit for bit to `ChaikinOscillator`.
 *
 * The result has the input's length; the first `slow − 1` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, `fast` is not below `slow`, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(8, 10), close: Float64Array.of(12, 11) }
 * chaikinOscillator({ ...bars, volume: Float64Array.of(30, 10) }, { fast: 1, slow: 2 }) // => [NaN, -2.5]
 */
export function chaikinOscillator(
  bars: InputColumns,
  options?: ChaikinOscillatorOptions,
  out?: Float64Array,
): Float64Array {
  const { fast, slow, seed, nan } = resolveChaikin(options)
  const given = out && { chaikinOsc: out }
  const { length, input, output } = openColumns('chaikinOscillator', fields, bars, ['chaikinOsc'], given)
  const result = output.chaikinOsc
  const line = new Float64Array(length)
  accumulate(input, nan, line)
  smoothColumn(line, emaSpec(fast, seed, nan), result)
  smoothColumn(line, emaSpec(slow, seed, nan), line)
  for (let index = 0; index < length; index++) result[index] = result[index]! - line[index]!
  return result
}

function resolveChaikin(options: ChaikinOscillatorOptions | undefined): Required<ChaikinOscillatorOptions> {
  const resolved = resolveOptions('chaikinOscillator', parameters, options)
  if (resolved.fast < resolved.slow) return resolved
  throw new ConfigError(
    `Option "fast" of chaikinOscillator is "${resolved.fast}", not below slow "${resolved.slow}".`,
    {
      code: 'BAD_PARAMETER',
      hints: ['The fast average has the smaller period, as in { fast: 3, slow: 10 }.'],
    },
  )
}

/** The registry's entry. */
export const chaikinOscillatorDefinition = /* @__PURE__ */ defineIndicator<
  ChaikinOscillatorOptions,
  BarInput,
  'chaikinOsc'
>({
  id: 'chaikinOscillator',
  category: 'volume',
  inputs: fields,
  outputs: ['chaikinOsc'],
  primary: 'chaikinOsc',
  params: parameters,
  units: 'volume',
  plotOffset: 0,
  source: "Chaikin's formula, as in Achelis, Technical Analysis from A to Z (2000)",
  create: (options) => new ChaikinOscillator(options),
  batch: (bars, options, out) => ({ chaikinOsc: chaikinOscillator(bars, options, out?.chaikinOsc) }),
})
