import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { SpanDelay } from './spanDelay.js'

/** Options of Ichimoku's chart. */
export interface IchimokuOptions {
  /** Bars of the conversion line, an integer ≥ 1 (default 9). */
  readonly tenkan?: number
  /** Bars of the base line (default 26). */
  readonly kijun?: number
  /** Bars of leading span B (default 52). */
  readonly senkou?: number
  /** Bars by which the leading spans lie ahead, an integer ≥ 0 (default 26); some charts take 25, or 0. */
  readonly shift?: number
}

/** Outputs of Ichimoku's chart. */
export type IchimokuOutput = 'tenkan' | 'kijun' | 'senkouA' | 'senkouB' | 'chikou'

const parameters: ParametersOf<IchimokuOptions> = {
  tenkan: { kind: 'integer', default: 9, min: 1, max: periodMax },
  kijun: { kind: 'integer', default: 26, min: 1, max: periodMax },
  senkou: { kind: 'integer', default: 52, min: 1, max: periodMax },
  shift: { kind: 'integer', default: 26, min: 0, max: periodMax },
}
const outputs: readonly IchimokuOutput[] = ['tenkan', 'kijun', 'senkouA', 'senkouB', 'chikou']
const fields = ['high', 'low', 'close'] as const

/**
 * Ichimoku's chart, streaming. With `mid(n)` the middle between highest high and lowest low of n bars:
 * `tenkan = mid(9)`, `kijun = mid(26)`, the leading spans `senkouA = (tenkan + kijun)/2` and `senkouB = mid(52)`, and
 * `chikou`, the close.
 *
 * Every output is what a chart shows *at* the bar: the spans are those computed `shift` bars ago, and `chikou` is the
 * close that a chart draws `shift` bars to the left. None reads the future; technicalindicators leaves the spans where
 * they were computed, as `shift: 0` does. Lines come with bars 9 and 26, the spans with bars 52 and 78, `chikou` with
 * the first. A bar whose high or low is not finite empties the windows. In units of the price; a flat series gives it.
 * Exact: the same comparisons as a search. Hosoda, Ichimoku Kinko Hyo (1969).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const chart = new Ichimoku({ tenkan: 1, kijun: 2, senkou: 2, shift: 1 })
 * chart.next({ high: 12, low: 8, close: 9 }) // => 10
 * chart.next({ high: 16, low: 12, close: 15 }) // => 14
 * chart.output('kijun') // => 12
 * chart.next({ high: 16, low: 12, close: 13 })
 * chart.output('senkouA') // => 13 (from the bar before)
 */
export class Ichimoku implements Indicator<BarInput<'high' | 'low' | 'close'>, IchimokuOutput> {
  readonly name: string
  private readonly options: Required<IchimokuOptions>
  private readonly short: RollingExtrema
  private readonly middle: RollingExtrema
  private readonly long: RollingExtrema
  private readonly spans: SpanDelay
  private tenkan = Number.NaN
  private chikou = Number.NaN
  private count = 0

  constructor(options?: IchimokuOptions) {
    this.options = resolveOptions('ichimoku', parameters, options)
    this.name = nameOf('ichimoku', parameters, this.options)
    const { tenkan, kijun, senkou, shift } = this.options
    this.short = new RollingExtrema(tenkan)
    this.middle = new RollingExtrema(kijun)
    this.long = new RollingExtrema(senkou)
    this.spans = new SpanDelay(shift)
  }

  get warmup(): number {
    const { tenkan, kijun, senkou, shift } = this.options
    return Math.max(tenkan, kijun, senkou) + shift
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return !Number.isNaN(this.spans.a + this.spans.b)
  }

  get value(): number {
    return this.tenkan
  }

  output(name: IchimokuOutput): number {
    switch (name) {
      case 'tenkan':
        return this.tenkan
      case 'kijun':
        return midOf(this.middle.max, this.middle.min)
      case 'senkouA':
        return this.spans.a
      case 'senkouB':
        return this.spans.b
      case 'chikou':
        return this.chikou
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.take(bar)
    return this.tenkan
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.short.undo()
      this.middle.undo()
      this.long.undo()
      this.spans.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    return midOf(this.short.peekMax(bar), this.short.peekMin(bar))
  }

  clone(): this {
    return copyState(this, new Ichimoku(this.options)) as this
  }

  reset(): void {
    copyState(new Ichimoku(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  /** Apart from `next`, which so stays small enough to be inlined: otherwise its result would be allocated. */
  private take(bar: BarInput<'high' | 'low' | 'close'>): void {
    const { short, middle, long, spans } = this
    const { close } = bar
    short.next(bar)
    middle.next(bar)
    long.next(bar)
    this.tenkan = 0.5 * short.max + 0.5 * short.min
    spans.a = 0.5 * this.tenkan + 0.5 * (0.5 * middle.max + 0.5 * middle.min)
    spans.b = 0.5 * long.max + 0.5 * long.min
    spans.advance()
    this.chikou = close + (close - close)
  }
}

function midOf(upper: number, lower: number): number {
  return 0.5 * upper + 0.5 * lower
}

/**
 * Ichimoku's chart over columns, equal bit for bit to `Ichimoku`.
 *
 * Each output has the input's length, with `NaN` while it is cold. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 16), low: Float64Array.of(8, 12), close: Float64Array.of(9, 15) }
 * ichimoku(bars, { tenkan: 1, kijun: 2, senkou: 2, shift: 0 }).senkouA // => [NaN, 13]
 */
export function ichimoku(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: IchimokuOptions,
  out?: OutputColumns<IchimokuOutput>,
): OutputColumns<IchimokuOutput> {
  const resolved = resolveOptions('ichimoku', parameters, options)
  const { length, input, output } = openColumns('ichimoku', fields, bars, outputs, out)
  const { tenkan, kijun, senkouA, senkouB, chikou } = output
  const shift = Math.min(resolved.shift, length)
  middles(input, resolved.tenkan, tenkan, chikou)
  middles(input, resolved.kijun, kijun, chikou)
  middles(input, resolved.senkou, senkouB, chikou)
  fillMiddles(tenkan, kijun, senkouA)
  fillFinite(input.close, chikou)
  for (const span of shift > 0 ? [senkouA, senkouB] : []) {
    span.copyWithin(shift, 0)
    span.fill(Number.NaN, 0, shift)
  }
  return output
}

/** Middles of the range of `period` bars; `scratch` takes the lows in between. */
function middles(bars: BarColumns<'high' | 'low'>, period: number, out: Float64Array, scratch: Float64Array): void {
  rollingExtrema(bars, period, { high: out, low: scratch })
  fillMiddles(out, scratch, out)
}

function fillMiddles(left: Float64Array, right: Float64Array, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = midOf(left[index]!, right[index]!)
}

function fillFinite(source: Float64Array, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = source[index]! + (source[index]! - source[index]!)
}

/** The registry's entry. */
export const ichimokuDefinition = /* @__PURE__ */ defineIndicator<IchimokuOptions, BarInput, IchimokuOutput>({
  id: 'ichimoku',
  category: 'price',
  inputs: fields,
  outputs,
  primary: 'tenkan',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Hosoda, Ichimoku Kinko Hyo (1969)',
  create: (options) => new Ichimoku(options),
  batch: (bars, options, out) => ichimoku(bars, options, out),
})
