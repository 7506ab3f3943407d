import { ConfigError } from '@astertrade/core'
import { BarSlot } from '../barSlot.js'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, resolveOptions } from '../parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { sarRun } from './sarRun.js'
import { SarState } from './sarState.js'

/** Options of the parabolic stop and reverse. */
export interface ParabolicSarOptions {
  /** Acceleration of a new trade, from 0.0001 to 10 (default 0.02). */
  readonly start?: number
  /** What each new extreme adds to it, from 0 to 10 (default 0.02). */
  readonly step?: number
  /** Largest acceleration, at least `start` (default 0.2). */
  readonly max?: number
  /** Side of the first trade: short if the first move down exceeds the one up (default), or as told. */
  readonly initial?: 'auto' | 'long' | 'short'
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<ParabolicSarOptions> = {
  start: { kind: 'number', default: 0.02, min: 0.0001, max: 10 },
  step: { kind: 'number', default: 0.02, min: 0, max: 10 },
  max: { kind: 'number', default: 0.2, min: 0.0001, max: 10 },
  initial: { kind: 'choice', default: 'auto', choices: ['auto', 'long', 'short'] },
  nan: nanParameter,
}

/**
 * Parabolic stop and reverse, streaming: `sar += af·(ep − sar)`, with `ep` the extreme of the trade and `af` its
 * acceleration.
 *
 * A value from the second bar on. The stop never enters the range of the bar it is computed on or of the one before; a
 * bar that touches it reverses the trade, and the stop goes to the extreme of the old one. Starts as TA-Lib does, at
 * the extreme of the first bar. A flat series gives its low. A non-finite bar gives `NaN` once and is passed over. In
 * units of the price. Wilder, New Concepts in Technical Trading Systems (1978), section II.
 *
 * @throws ConfigError if an option is unknown or out of range, or `start` is above `max`.
 * @example
 * const sar = new ParabolicSar()
 * sar.next({ high: 11, low: 9 })
 * sar.next({ high: 12, low: 10 }) // => 9
 * sar.next({ high: 14, low: 11 }) // => 9.06 (9 + 0.02 × (12 − 9))
 */
export class ParabolicSar implements Indicator<BarInput<'high' | 'low'>, 'sar'> {
  readonly name: string
  private readonly options: Required<ParabolicSarOptions>
  private readonly state: SarState
  private count = 0

  constructor(options?: ParabolicSarOptions) {
    this.options = resolveParabolicSar(options)
    this.name = nameOf('parabolicSar', parameters, this.options)
    this.state = new SarState(this.options)
  }

  get warmup(): number {
    return 2
  }

  /** The start matters until the first reversal, which no count of bars can tell: this is a few usual trades. */
  get stableAfter(): number {
    return 100
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.state.isReady
  }

  get value(): number {
    return this.state.value
  }

  output(name: 'sar'): number {
    if (name === 'sar') return this.value
    throw unknownOutput(this.name, name, ['sar'])
  }

  next(bar: BarInput<'high' | 'low'>): number {
    this.count++
    this.state.next(bar)
    return this.state.value
  }

  replace(bar: BarInput<'high' | 'low'>): number {
    if (this.count > 0) {
      this.state.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low'>): number {
    return this.state.peek(bar)
  }

  clone(): this {
    return copyState(this, new ParabolicSar(this.options)) as this
  }

  reset(): void {
    copyState(new ParabolicSar(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Parabolic stop and reverse of columns, equal bit for bit to `ParabolicSar`.
 *
 * The result has the input's length; the first value is `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, `start` is above `max`, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * parabolicSar({ high: Float64Array.of(11, 12, 14), low: Float64Array.of(9, 10, 11) }) // => [NaN, 9, 9.06]
 */
export function parabolicSar(
  bars: InputColumns<'high' | 'low'>,
  options?: ParabolicSarOptions,
  out?: Float64Array,
): Float64Array {
  const state = new SarState(resolveParabolicSar(options))
  const { length, input, output } = openColumns('parabolicSar', ['high', 'low'], bars, ['sar'], out && { sar: out })
  const bar = new BarSlot()
  for (let index = 0; index < length; ) {
    bar.high = input.high[index]!
    bar.low = input.low[index]!
    state.next(bar)
    output.sar[index] = state.value
    index++
    if (state.isReady) index = sarRun(state, input, index, output.sar)
  }
  return output.sar
}

function resolveParabolicSar(options: ParabolicSarOptions | undefined): Required<ParabolicSarOptions> {
  const resolved = resolveOptions('parabolicSar', parameters, options)
  if (resolved.start <= resolved.max) return resolved
  throw new ConfigError(`Option "start" of parabolicSar is "${resolved.start}", above max "${resolved.max}".`, {
    code: 'BAD_PARAMETER',
    hints: ['The acceleration grows from start to max, as in { start: 0.02, step: 0.02, max: 0.2 }.'],
  })
}

/** The registry's entry. */
export const parabolicSarDefinition = /* @__PURE__ */ defineIndicator<ParabolicSarOptions, BarInput, 'sar'>({
  id: 'parabolicSar',
  category: 'price',
  inputs: ['high', 'low'],
  outputs: ['sar'],
  primary: 'sar',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Wilder, New Concepts in Technical Trading Systems (1978), section II',
  create: (options) => new ParabolicSar(options),
  batch: (bars, options, out) => ({ sar: parabolicSar(bars, options, out?.sar) }),
})
