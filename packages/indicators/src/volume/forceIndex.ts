import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { smoothColumn } from '../smoothColumn.js'
import { ExponentialAverage, emaSpec, settlingLength } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the force index. */
export interface ForceIndexOptions {
  /** Period of the average, an integer ≥ 1 (default 13); 1 gives the raw force. */
  readonly period?: number
  /** Starting value of the average: the mean of its first `period` inputs (default), or the first one. */
  readonly seed?: 'sma' | 'first'
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<ForceIndexOptions> = {
  period: { kind: 'integer', default: 13, min: 1, max: periodMax },
  seed: { kind: 'choice', default: 'sma', choices: ['sma', 'first'] },
  nan: nanParameter,
}
const fields = ['close', 'volume'] as const

/**
 * Force index, streaming: the exponential average of `(close − close[1])·volume`. A flat series gives 0.
 *
 * `NaN` for the first `period` bars, or for one with `seed: 'first'`. A bar with a non-finite close or volume gives
 * `NaN` once and is passed over. In units of price times volume, so the level means nothing by itself. Elder, Trading
 * for a Living (1993).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const force = new ForceIndex({ period: 2 })
 * force.next({ close: 10, volume: 5 })
 * force.next({ close: 11, volume: 4 })
 * force.next({ close: 9, volume: 3 }) // => -1 (mean of 4 and −6)
 */
export class ForceIndex implements Indicator<BarInput<'close' | 'volume'>, 'forceIndex'> {
  readonly name: string
  private readonly options: Required<ForceIndexOptions>
  private readonly average: ExponentialAverage
  private last = Number.NaN
  private lastBefore = Number.NaN
  private count = 0

  constructor(options?: ForceIndexOptions) {
    this.options = resolveOptions('forceIndex', parameters, options)
    this.name = nameOf('forceIndex', parameters, this.options)
    const { period, seed, nan } = this.options
    this.average = new ExponentialAverage(emaSpec(period, seed, nan))
  }

  get warmup(): number {
    return this.options.seed === 'first' ? 2 : this.options.period + 1
  }

  get stableAfter(): number {
    return this.warmup + settlingLength(this.average.beta)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.average.isReady
  }

  get value(): number {
    return this.average.value
  }

  output(name: 'forceIndex'): number {
    if (name === 'forceIndex') return this.value
    throw unknownOutput(this.name, name, ['forceIndex'])
  }

  next({ close, volume }: BarInput<'close' | 'volume'>): number {
    this.count++
    const { average, last } = this
    this.lastBefore = last
    average.input = force(close, last, volume)
    average.advance()
    const probe = close + volume
    if (probe - probe === 0) this.last = close
    return average.value
  }

  replace(bar: BarInput<'close' | 'volume'>): number {
    if (this.count > 0) {
      this.average.undo()
      this.last = this.lastBefore
      this.count--
    }
    return this.next(bar)
  }

  peek({ close, volume }: BarInput<'close' | 'volume'>): number {
    return this.average.peek(force(close, this.last, volume))
  }

  clone(): this {
    return copyState(this, new ForceIndex(this.options)) as this
  }

  reset(): void {
    copyState(new ForceIndex(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** Not finite on the first bar, and wherever one of the three numbers is not. */
function force(close: number, last: number, volume: number): number {
  return (close - last) * volume
}

/**
 * Force index of columns, equal bit for bit to `ForceIndex`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * forceIndex({ close: Float64Array.of(10, 11, 9), volume: Float64Array.of(5, 4, 3) }, { period: 2 }) // => [NaN, NaN, -1]
 */
export function forceIndex(
  bars: InputColumns<'close' | 'volume'>,
  options?: ForceIndexOptions,
  out?: Float64Array,
): Float64Array {
  const { period, seed, nan } = resolveOptions('forceIndex', parameters, options)
  const { input, output } = openColumns('forceIndex', fields, bars, ['forceIndex'], out && { forceIndex: out })
  const result = output.forceIndex
  fillForces(input, result)
  smoothColumn(result, emaSpec(period, seed, nan), result)
  return result
}

function fillForces({ close, volume }: BarColumns<'close' | 'volume'>, out: Float64Array): void {
  const { length } = out
  for (let index = 0, last = Number.NaN; index < length; index++) {
    const current = close[index]!
    const probe = current + volume[index]!
    out[index] = force(current, last, volume[index]!)
    if (probe - probe === 0) last = current
  }
}

/** The registry's entry. */
export const forceIndexDefinition = /* @__PURE__ */ defineIndicator<ForceIndexOptions, BarInput, 'forceIndex'>({
  id: 'forceIndex',
  category: 'volume',
  inputs: fields,
  outputs: ['forceIndex'],
  primary: 'forceIndex',
  params: parameters,
  units: 'ratio',
  priceShift: { forceIndex: 'stays' },
  plotOffset: 0,
  source: 'Elder, Trading for a Living (1993)',
  create: (options) => new ForceIndex(options),
  batch: (bars, options, out) => ({ forceIndex: forceIndex(bars, options, out?.forceIndex) }),
})
