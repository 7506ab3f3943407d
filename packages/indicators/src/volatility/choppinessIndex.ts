import { log } from '@astertrade/core'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingExtrema, rollingExtrema } from '../rollingExtrema.js'
import { RollingTotal, rollingTotals } from '../rollingTotal.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { type FirstTrueRange, trueRange, trueRanges } from '../trueRange.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the choppiness index. */
export interface ChoppinessIndexOptions {
  /** Bars in the window, an integer ≥ 2 (default 14). */
  readonly period?: number
  /** What the first bar adds: nothing (default), or its high minus its low, as TradingView takes it. */
  readonly firstTrueRange?: FirstTrueRange
}

const parameters: ParametersOf<ChoppinessIndexOptions> = {
  period: { kind: 'integer', default: 14, min: 2, max: periodMax },
  firstTrueRange: { kind: 'choice', default: 'skip', choices: ['skip', 'range'] },
}
const fields = ['high', 'low', 'close'] as const

/**
 * Choppiness index, streaming: `100·log(Σ TR/(highest − lowest))/log(period)` over the last `period` bars; near 100
 * sideways, near 0 in a trend without a step back.
 *
 * `NaN` for the first `period` bars. The first of the true ranges reaches back to the close before the window, so a gap
 * there lifts the index above 100. A window without width gives 100. A non-finite bar empties the window. Sums never
 * subtract and the logarithm is that of core: the same bits on every engine. Dreiss, The Choppiness Index (1993).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 2.
 * @example
 * const choppiness = new ChoppinessIndex({ period: 2 })
 * choppiness.next({ high: 11, low: 9, close: 10 })
 * choppiness.next({ high: 12, low: 10, close: 11 })
 * choppiness.next({ high: 12, low: 10, close: 11 }) // => 100 (2 + 2 over 2)
 */
export class ChoppinessIndex implements Indicator<BarInput<'high' | 'low' | 'close'>, 'choppiness'> {
  readonly name: string
  private readonly options: Required<ChoppinessIndexOptions>
  private readonly base: number = Number.NaN
  private readonly path: RollingTotal
  private readonly extrema: RollingExtrema
  private last = Number.NaN
  private lastBefore = Number.NaN
  private current = Number.NaN
  private count = 0

  constructor(options?: ChoppinessIndexOptions) {
    this.options = resolveOptions('choppinessIndex', parameters, options)
    this.name = nameOf('choppinessIndex', parameters, this.options)
    this.base = log(this.options.period)
    this.path = new RollingTotal(this.options.period)
    this.extrema = new RollingExtrema(this.options.period)
  }

  get warmup(): number {
    return this.options.period + (this.options.firstTrueRange === 'skip' ? 1 : 0)
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.path.isReady && this.extrema.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'choppiness'): number {
    if (name === 'choppiness') return this.value
    throw unknownOutput(this.name, name, ['choppiness'])
  }

  next(bar: BarInput<'high' | 'low' | 'close'>): number {
    this.count++
    this.take(bar)
    return this.current
  }

  replace(bar: BarInput<'high' | 'low' | 'close'>): number {
    if (this.count > 0) {
      this.last = this.lastBefore
      this.path.undo()
      this.extrema.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'high' | 'low' | 'close'>): number {
    const { high, low, close } = bar
    const probe = high - low + close
    const range = trueRange(high, low, this.last, this.options.firstTrueRange) + (probe - probe)
    return choppiness(this.path.peek(range), this.extrema.peekMax(bar) - this.extrema.peekMin(bar), this.base)
  }

  clone(): this {
    return copyState(this, new ChoppinessIndex(this.options)) as this
  }

  reset(): void {
    copyState(new ChoppinessIndex(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  /** Apart from `next`, which so stays small enough to be inlined: otherwise its result would be allocated. */
  private take(bar: BarInput<'high' | 'low' | 'close'>): void {
    const { high, low, close } = bar
    const { path, extrema, last } = this
    const probe = high - low + close
    this.lastBefore = last
    // trueRange, written out for the same reason.
    let range = 0.5 * (Math.abs(high - low) + Math.abs(high - last) + Math.abs(low - last))
    if (Number.isNaN(last) && this.options.firstTrueRange === 'range') range = Math.abs(high - low)
    path.input = range + (probe - probe)
    if (probe - probe === 0) this.last = close
    path.advance()
    extrema.next(bar)
    this.current = choppiness(path.sum, extrema.max - extrema.min, this.base)
  }
}

/** 100 where the window has no width; `NaN` beyond the largest double. */
function choppiness(path: number, width: number, base: number): number {
  if (width === 0) return 100 + (path - path)
  const value = 100 * (log(path / width) / base)
  return value - value === 0 ? value : Number.NaN
}

/**
 * Choppiness index of columns, equal bit for bit to `ChoppinessIndex`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const [high, low] = [Float64Array.of(11, 12, 12), Float64Array.of(9, 10, 10)]
 * choppinessIndex({ high, low, close: Float64Array.of(10, 11, 11) }, { period: 2 }) // => [NaN, NaN, 100]
 */
export function choppinessIndex(
  bars: InputColumns<'high' | 'low' | 'close'>,
  options?: ChoppinessIndexOptions,
  out?: Float64Array,
): Float64Array {
  const { period, firstTrueRange } = resolveOptions('choppinessIndex', parameters, options)
  const given = out && { choppiness: out }
  const { length, input, output } = openColumns('choppinessIndex', fields, bars, ['choppiness'], given)
  const high = new Float64Array(length)
  const low = new Float64Array(length)
  const result = output.choppiness
  const base = log(period)
  trueRanges(input, firstTrueRange, high)
  rollingTotals(high, period, result)
  rollingExtrema(input, period, { high, low })
  for (let index = 0; index < length; index++) {
    result[index] = choppiness(result[index]!, high[index]! - low[index]!, base)
  }
  return result
}

/** The registry's entry. */
export const choppinessIndexDefinition = /* @__PURE__ */ defineIndicator<
  ChoppinessIndexOptions,
  BarInput,
  'choppiness'
>({
  id: 'choppinessIndex',
  category: 'volatility',
  inputs: fields,
  outputs: ['choppiness'],
  primary: 'choppiness',
  params: parameters,
  units: 'percent',
  bounds: { choppiness: { min: 0 } },
  priceShift: { choppiness: 'stays' },
  plotOffset: 0,
  source: 'Dreiss, The Choppiness Index (1993)',
  create: (options) => new ChoppinessIndex(options),
  batch: (bars, options, out) => ({ choppiness: choppinessIndex(bars, options, out?.choppiness) }),
})
