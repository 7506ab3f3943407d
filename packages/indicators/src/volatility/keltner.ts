import { AverageTrueRange, meanTrueRanges, type TrueRangeSpec, wilderTrueRanges } from '../averageTrueRange.js'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import type { BandOutput } from '../price/bollingerBands.js'
import { type PriceSource, sourcePrice, sourcePrices } from '../priceSource.js'
import { RollingSum, rollingMeans } from '../rolling.js'
import { smoothColumn } from '../smoothColumn.js'
import { ExponentialAverage, emaSpec, settlingLength } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import type { FirstTrueRange } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'
import { fillKeltnerBands } from './keltnerBand.js'

/** Options of the Keltner channel. */
export interface KeltnerOptions {
  /** Length of the middle line, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** True ranges averaged, an integer ≥ 1 (default 10). */
  readonly atr?: number
  /** Distance of the bands in average ranges, from 0.001 to 1000 (default 2). */
  readonly k?: number
  /** Kind of the middle line (default `'ema'`); Keltner's own channel has `'sma'`. */
  readonly average?: 'ema' | 'sma'
  /** Price in the middle line (default `'close'`); Keltner's own channel has `'hlc3'`. */
  readonly source?: Exclude<PriceSource, 'ohlc4'>
  /** How ranges are averaged (default `'wilder'`). */
  readonly atrAverage?: 'wilder' | 'sma'
  /** What the first bar adds to the ranges: nothing (default), or its high minus its low. */
  readonly firstTrueRange?: FirstTrueRange
  /** After a non-finite bar: hold the state (default), or stay `NaN` until `reset`. Not for simple means. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<KeltnerOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  atr: { kind: 'integer', default: 10, min: 1, max: periodMax },
  k: { kind: 'number', default: 2, min: 0.001, max: 1000 },
  average: { kind: 'choice', default: 'ema', choices: ['ema', 'sma'] },
  source: { kind: 'choice', default: 'close', choices: ['close', 'hl2', 'hlc3'] },
  atrAverage: { kind: 'choice', default: 'wilder', choices: ['wilder', 'sma'] },
  firstTrueRange: { kind: 'choice', default: 'skip', choices: ['skip', 'range'] },
  nan: nanParameter,
}
const outputs: readonly BandOutput[] = ['upper', 'middle', 'lower']
const fields = ['high', 'low', 'close'] as const

/**
 * Keltner channel in Raschke's form, streaming: the EMA of the close, plus and minus `k` average true ranges.
 *
 * The middle comes with bar `period`, the bands with bar `atr + 1` if that is later. Keltner's own channel (How to Make
 * Money in Commodities, 1960) is near
 * `{ period: 10, atr: 10, k: 1, average: 'sma', source: 'hlc3', atrAverage: 'sma' }`. A flat series has three bands at
 * its price. A non-finite bar gives `NaN` once and is passed over; simple means also empty their windows. In units of
 * the price. Raschke and Connors, Street Smarts (1995).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const channel = new Keltner({ period: 2, atr: 1, k: 2 })
 * channel.next({ high: 11, low: 9, close: 10 })
 * channel.next({ high: 13, low: 11, close: 12 }) // => 11
 * channel.output('upper') // => 17 (true range 3)
 */
export class Keltner implements Indicator<BarInput<'high' | 'low' | 'close'>, BandOutput> {
  readonly name: string
  private readonly options: Required<KeltnerOptions>
  private readonly average: ExponentialAverage
  private readonly window: RollingSum | undefined
  private readonly range: AverageTrueRange
  private middle = Number.NaN
  private upper = Number.NaN
  private lower = Number.NaN
  private count = 0

  constructor(options?: KeltnerOptions) {
    this.options = resolveOptions('keltner', parameters, options)
    this.name = nameOf('keltner', parameters, this.options)
    const { period, average, atr, atrAverage, nan } = this.options
    this.average = new ExponentialAverage(emaSpec(period, 'sma', nan))
    this.window = average === 'sma' ? new RollingSum(period) : undefined
    this.range = new AverageTrueRange(specOf(this.options), atrAverage === 'sma' ? new RollingSum(atr) : undefined)
  }

  get warmup(): number {
    return Math.max(this.options.period, this.range.warmup)
  }

  get stableAfter(): number {
    const { period } = this.options
    const middle = this.window ? period : period + settlingLength(this.average.beta)
    return Math.max(middle, this.range.stableAfter)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.range.isReady && (this.window ? this.window.isReady : this.average.isReady)
  }

  get value(): number {
    return this.middle
  }

  output(name: BandOutput): number {
    switch (name) {
      case 'upper':
        return this.upper
      case 'middle':
        return this.middle
      case 'lower':
        return this.lower
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.take(bar)
    return this.middle
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.average.undo()
      this.window?.undo()
      this.range.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    const { window, options } = this
    const input = sourceOf(bar, options.source)
    return window ? window.peek(input) / options.period : this.average.peek(input)
  }

  clone(): this {
    return copyState(this, new Keltner(this.options)) as this
  }

  reset(): void {
    copyState(new Keltner(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  /** Apart from `next`, which so stays small enough to be inlined: otherwise its result would be allocated. */
  private take(bar: BarInput<'high' | 'low' | 'close'>): void {
    const { average, window, options } = this
    this.range.next(bar)
    const probe = bar.high - bar.low + bar.close
    const price = options.source === 'close' ? bar.close : sourcePrice(options.source, bar)
    const input = price + (probe - probe)
    if (window) {
      window.input = input
      window.advance()
      this.middle = window.sum / options.period
    } else {
      average.input = input
      average.advance()
      this.middle = average.value
    }
    const distance = options.k * this.range.value
    const upper = this.middle + distance
    const lower = this.middle - distance
    this.upper = upper + (upper - upper)
    this.lower = lower + (lower - lower)
  }
}

function specOf({ atr, firstTrueRange, nan }: Required<KeltnerOptions>): TrueRangeSpec {
  return { period: atr, firstTrueRange, nan }
}

/** The price of a bar; `NaN` where any of its prices is not finite, as for its true range. */
function sourceOf(bar: BarInput<'high' | 'low' | 'close'>, source: PriceSource): number {
  const probe = bar.high - bar.low + bar.close
  return sourcePrice(source, bar) + (probe - probe)
}

/**
 * Keltner channel of columns, equal bit for bit to `Keltner`.
 *
 * Each band has the input's length, with `NaN` while it is cold. Bands may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(11, 13), low: Float64Array.of(9, 11), close: Float64Array.of(10, 12) }
 * keltner(bars, { period: 2, atr: 1 }).lower // => [NaN, 5]
 */
export function keltner(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: KeltnerOptions,
  out?: OutputColumns<BandOutput>,
): OutputColumns<BandOutput> {
  const resolved = resolveOptions('keltner', parameters, options)
  const { input, output } = openColumns('keltner', fields, bars, outputs, out)
  const { upper, middle, lower } = output
  const { period, k, average, nan } = resolved
  sourcePrices(resolved.source, input, lower)
  spreadHoles(input, lower)
  if (average === 'sma') rollingMeans(lower, period, middle)
  else smoothColumn(lower, emaSpec(period, 'sma', nan), middle)
  const averageRanges = resolved.atrAverage === 'sma' ? meanTrueRanges : wilderTrueRanges
  averageRanges(input, specOf(resolved), upper)
  fillKeltnerBands(output, k)
  return output
}

/** A bar with one field that is not finite has no price. */
function spreadHoles({ high, low, close }: BarColumns<'high' | 'low' | 'close'>, prices: Float64Array): void {
  const { length } = prices
  for (let index = 0; index < length; index++) {
    const probe = high[index]! - low[index]! + close[index]!
    prices[index]! += probe - probe
  }
}

/** The registry's entry. */
export const keltnerDefinition = /* @__PURE__ */ defineIndicator<KeltnerOptions, BarInput, BandOutput>({
  id: 'keltner',
  category: 'volatility',
  inputs: fields,
  outputs,
  primary: 'middle',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Raschke and Connors, Street Smarts (1995)',
  create: (options) => new Keltner(options),
  batch: (bars, options, out) => keltner(bars, options, out),
})
