import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import { withHoles, withoutHoles } from '../holes.js'
import type { Column, Indicator } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { Ring } from '../ring.js'
import { RollingTotal, rollingTotals } from '../rollingTotal.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of Kaufman's adaptive moving average. */
export interface KamaOptions {
  /** Inputs over which the efficiency ratio is taken, an integer ≥ 1 (default 10). */
  readonly period?: number
  /** Length of the EMA that it is at full efficiency, an integer ≥ 1 (default 2). */
  readonly fast?: number
  /** Length of the EMA whose weight, squared, it has without any efficiency (default 30). */
  readonly slow?: number
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<KamaOptions> = {
  period: { kind: 'integer', default: 10, min: 1, max: periodMax },
  fast: { kind: 'integer', default: 2, min: 1, max: periodMax },
  slow: { kind: 'integer', default: 30, min: 1, max: periodMax },
  nan: nanParameter,
}

/**
 * Kaufman's adaptive moving average, streaming: `k += sc²·(x − k)` with
 * `sc = ER·(2/(fast + 1) − 2/(slow + 1)) + 2/(slow + 1)`, and the efficiency ratio
 * `ER = |x − x[period]| / Σ |x − x[1]|` over `period` changes, 0…1.
 *
 * `NaN` for the first `period` inputs; starts from the input before the first value, as TA-Lib does. ER is 0 where
 * nothing moves, so a flat series gives its price. A non-finite input gives `NaN` once and is passed over. In units of
 * the input. Kaufman, Trading Systems and Methods (1995; fifth edition 2013, chapter 17).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const kama = new Kama({ period: 2, fast: 1, slow: 3 })
 * for (const close of [10, 11]) kama.next(close)
 * kama.next(12) // => 12 (ER 1, so the weight of the newest is 1)
 */
export class Kama implements Indicator<number, 'kama'> {
  readonly name: string
  private readonly options: Required<KamaOptions>
  private readonly past: Ring
  private readonly path: RollingTotal
  private readonly fastWeight: number = Number.NaN
  private readonly slowWeight: number = Number.NaN
  private last = Number.NaN
  private average = Number.NaN
  private current = Number.NaN
  private count = 0
  private lastBefore = Number.NaN
  private averageBefore = Number.NaN
  private taken: 0 | 1 = 0

  constructor(options?: KamaOptions) {
    this.options = resolveOptions('kama', parameters, options)
    this.name = nameOf('kama', parameters, this.options)
    const { period, fast, slow } = this.options
    this.past = new Ring(period)
    this.path = new RollingTotal(period)
    this.fastWeight = 2 / (fast + 1)
    this.slowWeight = 2 / (slow + 1)
  }

  get warmup(): number {
    return this.options.period + 1
  }

  get stableAfter(): number {
    const weight = Math.min(this.fastWeight, this.slowWeight)
    // With the smallest weight w²: (1 − w²)^n ≤ e^(−n·w²), which is 1e-6 at n = ln(1e6)/w².
    return this.warmup + Math.ceil(13.815510557964274 / (weight * weight))
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.path.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'kama'): number {
    if (name === 'kama') return this.value
    throw unknownOutput(this.name, name, ['kama'])
  }

  next(input: number): number {
    const { past, path, last, average } = this
    this.count++
    this.lastBefore = last
    this.averageBefore = average
    this.current = Number.NaN
    this.taken = 0
    if (input - input !== 0) {
      // Nothing finite ever follows from an infinite average.
      if (this.options.nan === 'propagate' && !Number.isNaN(last)) this.average = Number.POSITIVE_INFINITY
      return this.current
    }
    this.taken = 1
    const change = Math.abs(input - past.push(input))
    path.input = Math.abs(input - last)
    path.advance()
    this.last = input
    const weight = weightOf(change, path.sum, this.fastWeight, this.slowWeight)
    const from = Number.isNaN(average) ? last : average
    const value = from + weight * (input - from)
    if (value - value === 0) {
      this.average = value
      this.current = value
    }
    return this.current
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.last = this.lastBefore
      this.average = this.averageBefore
      if (this.taken === 1) {
        this.past.undo()
        this.path.undo()
      }
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    const { last, average } = this
    const change = Math.abs(input - this.past.oldest())
    const weight = weightOf(change, this.path.peek(Math.abs(input - last)), this.fastWeight, this.slowWeight)
    const from = Number.isNaN(average) ? last : average
    const value = from + weight * (input - from)
    return value - value === 0 ? value : Number.NaN
  }

  clone(): this {
    return copyState(this, new Kama(this.options)) as this
  }

  reset(): void {
    copyState(new Kama(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** The weight of the newest input, `sc²`. */
function weightOf(change: number, path: number, fast: number, slow: number): number {
  const ratio = path === 0 ? 0 : change / path
  const scaled = Math.min(ratio, 1) * (fast - slow) + slow
  return scaled * scaled
}

/**
 * Kaufman's adaptive moving average of a column, equal bit for bit to `Kama`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * kama(Float64Array.of(10, 11, 12), { period: 2, fast: 1, slow: 3 }) // => [NaN, NaN, 12]
 */
export function kama(close: Column, options?: KamaOptions, out?: Float64Array): Float64Array {
  const { period, fast, slow, nan } = resolveOptions('kama', parameters, options)
  const { input, output } = openColumns('kama', ['close'], { close }, ['kama'], out && { kama: out })
  const values = withoutHoles(input.close)
  const steps = new Float64Array(values.length).fill(Number.NaN, 0, 1)
  const results = new Float64Array(values.length)
  fillSteps(values, steps)
  rollingTotals(steps, period, results)
  adapt(values, period, { fast: 2 / (fast + 1), slow: 2 / (slow + 1) }, results)
  withHoles(results, input.close, nan, output.kama)
  return output.kama
}

function fillSteps(values: Float64Array, steps: Float64Array): void {
  const { length } = values
  for (let index = 1; index < length; index++) steps[index] = Math.abs(values[index]! - values[index - 1]!)
}

/** Turns the paths in `results` into averages. */
function adapt(
  values: Float64Array,
  period: number,
  { fast, slow }: Readonly<Record<'fast' | 'slow', number>>,
  results: Float64Array,
): void {
  results.fill(Number.NaN, 0, period)
  for (let index = period, average = Number.NaN; index < values.length; index++) {
    const input = values[index]!
    const weight = weightOf(Math.abs(input - values[index - period]!), results[index]!, fast, slow)
    const from = Number.isNaN(average) ? values[index - 1]! : average
    const value = from + weight * (input - from)
    const finite = value - value === 0
    if (finite) average = value
    results[index] = finite ? value : Number.NaN
  }
}

/** The registry's entry. */
export const kamaDefinition = /* @__PURE__ */ defineIndicator<KamaOptions, number, 'kama'>({
  id: 'kama',
  category: 'price',
  inputs: ['close'],
  outputs: ['kama'],
  primary: 'kama',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Kaufman, Trading Systems and Methods (fifth edition 2013), chapter 17',
  create: (options) => new Kama(options),
  batch: ({ close }, options, out) => ({ kama: kama(close, options, out?.kama) }),
})
