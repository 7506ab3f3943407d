import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingShare, rollingShares } from '../rollingShare.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { span, trueRanges } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'
import { boundedPercent } from './stochastic.js'

/** Options of the ultimate oscillator. */
export interface UltimateOscillatorOptions {
  /** Bars of the window that weighs 4, an integer ≥ 1 (default 7). */
  readonly short?: number
  /** Bars of the window that weighs 2 (default 14). */
  readonly medium?: number
  /** Bars of the window that weighs 1 (default 28). */
  readonly long?: number
}

const parameters: ParametersOf<UltimateOscillatorOptions> = {
  short: { kind: 'integer', default: 7, min: 1, max: periodMax },
  medium: { kind: 'integer', default: 14, min: 1, max: periodMax },
  long: { kind: 'integer', default: 28, min: 1, max: periodMax },
}
const fields = ['high', 'low', 'close'] as const
/** What a window without range counts as. */
const half = 0.5

/**
 * Ultimate oscillator, streaming, 0…100: `100·(4·A(short) + 2·A(medium) + A(long))/7` with `A` the sum of buying
 * pressure `close − min(low, close[1])` over the sum of true ranges. A flat series gives 50.
 *
 * `NaN` for as many bars as the longest window. A non-finite bar is passed over and empties the windows.
 * Williams, The Ultimate Oscillator, Stocks & Commodities 3(4) (1985).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const ultimate = new UltimateOscillator({ short: 1, medium: 1, long: 1 })
 * ultimate.next({ high: 11, low: 9, close: 10 })
 * ultimate.next({ high: 14, low: 11, close: 13 }) // => 75 (3 of a true range of 4)
 */
export class UltimateOscillator implements Indicator<BarInput<'high' | 'low' | 'close'>, 'ultimate'> {
  readonly name: string
  private readonly options: Required<UltimateOscillatorOptions>
  private readonly short: RollingShare
  private readonly medium: RollingShare
  private readonly long: RollingShare
  private last = Number.NaN
  private lastBefore = Number.NaN
  private current = Number.NaN
  private count = 0

  constructor(options?: UltimateOscillatorOptions) {
    this.options = resolveOptions('ultimateOscillator', parameters, options)
    this.name = nameOf('ultimateOscillator', parameters, this.options)
    const { short, medium, long } = this.options
    this.short = new RollingShare(short, half)
    this.medium = new RollingShare(medium, half)
    this.long = new RollingShare(long, half)
  }

  get warmup(): number {
    const { short, medium, long } = this.options
    return Math.max(short, medium, long) + 1
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.short.isReady && this.medium.isReady && this.long.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'ultimate'): number {
    if (name === 'ultimate') return this.value
    throw unknownOutput(this.name, name, ['ultimate'])
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.take(bar)
    this.weigh()
    return this.current
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.last = this.lastBefore
      this.short.undo()
      this.medium.undo()
      this.long.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek({ high, low, close }: BarInput<'high' | 'low' | 'close'>): number {
    const probe = high - low + close
    const pressure = buyingPressure(low, close, this.last) + (probe - probe)
    const range = span(high, low, this.last) + (probe - probe)
    return weighted(
      this.short.peek(pressure, range),
      this.medium.peek(pressure, range),
      this.long.peek(pressure, range),
    )
  }

  clone(): this {
    return copyState(this, new UltimateOscillator(this.options)) as this
  }

  reset(): void {
    copyState(new UltimateOscillator(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  // Apart from next, which stays small enough to be inlined wherever it is called; see ExponentialAverage for what a
  // number costs at a call. For the same reason buyingPressure, span and weighted are written out.
  private take({ high, low, close }: BarInput<'high' | 'low' | 'close'>): void {
    const { last, short, medium, long } = this
    this.lastBefore = last
    const probe = high - low + close
    const hole = probe - probe
    const pressure = close - Math.min(low, last) + hole
    const range = 0.5 * (Math.abs(high - low) + Math.abs(high - last) + Math.abs(low - last)) + hole
    if (hole === 0) this.last = close
    short.part.input = pressure
    medium.part.input = pressure
    long.part.input = pressure
    short.whole.input = range
    medium.whole.input = range
    long.whole.input = range
    short.advance()
    medium.advance()
    long.advance()
  }

  private weigh(): void {
    const total = (100 * (4 * this.short.value + 2 * this.medium.value + this.long.value)) / 7
    this.current = Math.min(Math.max(total, 0), 100)
  }
}

function buyingPressure(low: number, close: number, last: number): number {
  return close - Math.min(low, last)
}

function weighted(short: number, medium: number, long: number): number {
  return boundedPercent((100 * (4 * short + 2 * medium + long)) / 7)
}

/**
 * Ultimate oscillator of columns, equal bit for bit to `UltimateOscillator`.
 *
 * The result has the input's length, with as many `NaN` as the longest window first. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(11, 14), low: Float64Array.of(9, 11), close: Float64Array.of(10, 13) }
 * ultimateOscillator(bars, { short: 1, medium: 1, long: 1 }) // => [NaN, 75]
 */
export function ultimateOscillator(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: UltimateOscillatorOptions,
  out?: Float64Array,
): Float64Array {
  const { short, medium, long } = resolveOptions('ultimateOscillator', parameters, options)
  const given = out && { ultimate: out }
  const { length, input, output } = openColumns('ultimateOscillator', fields, bars, ['ultimate'], given)
  const ranges = new Float64Array(length)
  const pressures = new Float64Array(length)
  trueRanges(input, 'skip', ranges)
  fillPressures(input, pressures)
  const result = output.ultimate
  const mediums = new Float64Array(length)
  const longs = new Float64Array(length)
  rollingShares(pressures, ranges, { period: short, flat: half }, result)
  rollingShares(pressures, ranges, { period: medium, flat: half }, mediums)
  rollingShares(pressures, ranges, { period: long, flat: half }, longs)
  for (let index = 0; index < length; index++) {
    result[index] = weighted(result[index]!, mediums[index]!, longs[index]!)
  }
  return result
}

function fillPressures({ high, low, close }: BarColumns<'high' | 'low' | 'close'>, out: Float64Array): void {
  const { length } = out
  for (let index = 0, last = Number.NaN; index < length; index++) {
    const probe = high[index]! - low[index]! + close[index]!
    out[index] = buyingPressure(low[index]!, close[index]!, last) + (probe - probe)
    if (probe - probe === 0) last = close[index]!
  }
}

/** The registry's entry. */
export const ultimateOscillatorDefinition = /* @__PURE__ */ defineIndicator<
  UltimateOscillatorOptions,
  BarInput,
  'ultimate'
>({
  id: 'ultimateOscillator',
  category: 'momentum',
  inputs: fields,
  outputs: ['ultimate'],
  primary: 'ultimate',
  params: parameters,
  units: 'bounded',
  bounds: { ultimate: { min: 0, max: 100 } },
  plotOffset: 0,
  source: 'Williams, The Ultimate Oscillator, Stocks & Commodities 3(4) (1985)',
  create: (options) => new UltimateOscillator(options),
  batch: (bars, options, out) => ({ ultimate: ultimateOscillator(bars, options, out?.ultimate) }),
})
