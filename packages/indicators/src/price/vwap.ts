import { ConfigError, dayMs } from '@astertrade/core'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Column, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { type PriceSource, sourcePrice, sourcePrices } from '../priceSource.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { addToSession, SessionMean, SessionSums } from './sessionMean.js'
import { VolumeMean, volumeMeans } from './volumeMean.js'

/** Options of the volume-weighted average price. */
export interface VwapOptions {
  /** Bars averaged, an integer ≥ 1 (default 20); an anchored average ignores it. */
  readonly period?: number
  /** Price of a bar (default `'hlc3'`); `'ohlc4'` reads `open` as well. */
  readonly source?: PriceSource
  /**
   * Length of a session in milliseconds, counted from UTC midnight; each starts the average anew, and `time`, the close
   * of the bar, is read as well. It divides a day: 86_400_000 is one session a day. 0, the default, averages the last
   * `period` bars instead.
   */
  readonly anchor?: number
}

type Field = 'high' | 'low' | 'close' | 'volume'
type Extra = 'open' | 'time'

/** A bar for the volume-weighted average price: `open` for the source `'ohlc4'`, `time` for anchored averages. */
export type VwapInput = BarInput<Field> & Readonly<Partial<Record<Extra, number>>>

/** Columns for the volume-weighted average price, with the same two extras. */
export type VwapColumns = InputColumns<Field> & Readonly<Partial<Record<Extra, Column>>>

const parameters: ParametersOf<VwapOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  source: { kind: 'choice', default: 'hlc3', choices: ['hlc3', 'close', 'hl2', 'ohlc4'] },
  anchor: { kind: 'integer', default: 0, min: 0, max: dayMs, convention: true },
}

/**
 * Volume-weighted average price, streaming: `Σ price·volume / Σ volume` over the last `period` bars, or over the
 * session so far.
 *
 * `NaN` for the first `period − 1` bars; an anchored average has a value from the first bar on. Without any volume it
 * is the plain mean of the prices, so a flat series gives its price whatever the volumes. A non-finite bar empties the
 * window; an anchored average passes it over. Charts usually anchor at the session, technicalindicators at the first
 * bar. In units of the price. Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE (1988).
 *
 * @throws ConfigError if an option is unknown or out of range, or `anchor` does not divide a day.
 * @example
 * const vwap = new RollingVwap({ period: 2 })
 * vwap.next({ high: 11, low: 9, close: 10, volume: 100 })
 * vwap.next({ high: 15, low: 13, close: 14, volume: 300 }) // => 13
 */
export class RollingVwap implements Indicator<VwapInput, 'vwap'> {
  readonly name: string
  private readonly options: Required<VwapOptions>
  private readonly window: VolumeMean | undefined
  private readonly session: SessionMean | undefined
  private current = Number.NaN
  private count = 0

  constructor(options?: VwapOptions) {
    this.options = resolveVwap(options)
    this.name = nameOf('vwap', parameters, this.options)
    const { period, anchor } = this.options
    this.window = anchor === 0 ? new VolumeMean(period) : undefined
    this.session = anchor === 0 ? undefined : new SessionMean()
  }

  get warmup(): number {
    return this.window ? this.options.period : 1
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.window ? this.window.isReady : this.session!.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'vwap'): number {
    if (name === 'vwap') return this.value
    throw unknownOutput(this.name, name, ['vwap'])
  }

  next(bar: VwapInput): number {
    this.count++
    const { window, session } = this
    const price = sourcePrice(this.options.source, bar)
    if (window) {
      window.price = price
      window.volume = bar.volume
      window.advance()
      this.current = window.value
    } else if (session) {
      session.price = price
      session.volume = bar.volume
      session.session = sessionOf(bar.time, this.options.anchor)
      session.advance()
      this.current = session.value
    }
    return this.current
  }

  replace(bar: VwapInput): number {
    if (this.count > 0) {
      this.window?.undo()
      this.session?.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: VwapInput): number {
    const { source, anchor } = this.options
    const price = sourcePrice(source, bar)
    if (this.window) return this.window.peek(price, bar.volume)
    return this.session!.peek({ price, volume: bar.volume, session: sessionOf(bar.time, anchor) })
  }

  clone(): this {
    return copyState(this, new RollingVwap(this.options)) as this
  }

  reset(): void {
    copyState(new RollingVwap(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/** Number of the session that a bar closes in; one that closes at the end of a session belongs to it. */
function sessionOf(time: number | undefined, anchor: number): number {
  return Math.ceil((time ?? Number.NaN) / anchor)
}

/**
 * Volume-weighted average price of columns, equal bit for bit to `RollingVwap`.
 *
 * The result has the input's length, with `NaN` while it is cold. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, `anchor` does not divide a day, or a column is no list of
 * numbers or not as long as the others; `open` and `time` are columns only where the options ask for them.
 * @example
 * const [high, low] = [Float64Array.of(11, 15), Float64Array.of(9, 13)]
 * const [close, volume] = [Float64Array.of(10, 14), Float64Array.of(1, 3)]
 * vwap({ high, low, close, volume }, { period: 2 }) // => [NaN, 13]
 */
export function vwap(bars: VwapColumns, options?: VwapOptions, out?: Float64Array): Float64Array {
  const { period, source, anchor } = resolveVwap(options)
  const fields: (Field | Extra)[] = ['high', 'low', 'close', 'volume']
  if (source === 'ohlc4') fields.push('open')
  if (anchor > 0) fields.push('time')
  const { length, input, output } = openColumns(
    'vwap',
    fields,
    bars as InputColumns<Field> & Record<Extra, Column>,
    ['vwap'],
    out && { vwap: out },
  )
  const prices = new Float64Array(length)
  sourcePrices(source, input, prices)
  if (anchor === 0) volumeMeans(prices, input.volume, period, output.vwap)
  else sessionMeans(prices, input, anchor, output.vwap)
  return output.vwap
}

function sessionMeans(
  prices: Float64Array,
  { volume, time }: Readonly<Record<'volume' | 'time', Float64Array>>,
  anchor: number,
  out: Float64Array,
): void {
  const input = { price: Number.NaN, volume: Number.NaN, session: Number.NaN }
  let [now, before] = [new SessionSums(), new SessionSums()]
  for (let index = 0; index < out.length; index++) {
    input.price = prices[index]!
    input.volume = volume[index]!
    input.session = sessionOf(time[index], anchor)
    addToSession(now, input, before)
    const past = now
    now = before
    before = past
    out[index] = now.value
  }
}

function resolveVwap(options: VwapOptions | undefined): Required<VwapOptions> {
  const resolved = resolveOptions('vwap', parameters, options)
  if (resolved.anchor === 0 || dayMs % resolved.anchor === 0) return resolved
  throw new ConfigError(`Option "anchor" of vwap is "${resolved.anchor}", which does not divide a day.`, {
    code: 'BAD_PARAMETER',
    hints: ['Sessions start at UTC midnight, as with 86_400_000 (a day) or 3_600_000 (an hour); 0 has none.'],
  })
}

/** The registry's entry. */
export const vwapDefinition = /* @__PURE__ */ defineIndicator<VwapOptions, BarInput, 'vwap'>({
  id: 'vwap',
  category: 'price',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['vwap'],
  primary: 'vwap',
  params: parameters,
  units: 'price',
  plotOffset: 0,
  source: 'Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE (1988)',
  create: (options) => new RollingVwap(options),
  batch: (bars, options, out) => ({ vwap: vwap(bars, options, out?.vwap) }),
})
