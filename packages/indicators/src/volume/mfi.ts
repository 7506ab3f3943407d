import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { typicalPrice } from '../priceSource.js'
import { RollingShare, rollingShares } from '../rollingShare.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the money flow index. */
export interface MfiOptions {
  /** Money flows added up, an integer ≥ 1 (default 14). */
  readonly period?: number
}

const parameters: ParametersOf<MfiOptions> = {
  period: { kind: 'integer', default: 14, min: 1, max: periodMax },
}
const fields = ['high', 'low', 'close', 'volume'] as const
/** What a window without money flow counts as. */
const half = 0.5

/**
 * Money flow index, streaming, 0…100: `100·P/(P + N)` with `P` the sum of typical price times volume over the bars of
 * `period` whose typical price rose, and `N` that over those whose typical price fell. A flat series, or one without
 * volume, gives 50.
 *
 * `NaN` for the first `period` bars. A non-finite bar is passed over and empties the window.
 * Quong & Soudack, Volume-Weighted RSI: Money Flow, Stocks & Commodities 7(3) (1989).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const mfi = new Mfi({ period: 2 })
 * mfi.next({ high: 10, low: 10, close: 10, volume: 5 })
 * mfi.next({ high: 12, low: 12, close: 12, volume: 5 })
 * mfi.next({ high: 10, low: 10, close: 10, volume: 2 }) // => 75 (60 up, 20 down)
 */
export class Mfi implements Indicator<BarInput, 'mfi'> {
  readonly name: string
  private readonly options: Required<MfiOptions>
  private readonly flow: RollingShare
  private last = Number.NaN
  private lastBefore = Number.NaN
  private current = Number.NaN
  private count = 0

  constructor(options?: MfiOptions) {
    this.options = resolveOptions('mfi', parameters, options)
    this.name = nameOf('mfi', parameters, this.options)
    this.flow = new RollingShare(this.options.period, half)
  }

  get warmup(): number {
    return this.options.period + 1
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.flow.isReady
  }

  get value(): number {
    return this.current
  }

  output(name: 'mfi'): number {
    if (name === 'mfi') return this.value
    throw unknownOutput(this.name, name, ['mfi'])
  }

  next(bar: BarInput): number {
    this.count++
    this.take(bar)
    return this.current
  }

  replace(bar: BarInput): number {
    if (this.count > 0) {
      this.flow.undo()
      this.last = this.lastBefore
      this.count--
    }
    return this.next(bar)
  }

  peek({ high, low, close, volume }: BarInput): number {
    const price = typicalPrice(high, low, close)
    const money = price * volume
    return bounded(this.flow.peek(rising(price, this.last, money), moving(price, this.last, money)))
  }

  clone(): this {
    return copyState(this, new Mfi(this.options)) as this
  }

  reset(): void {
    copyState(new Mfi(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  // Apart from next, which stays small enough to be inlined wherever it is called; see ExponentialAverage for what a
  // number costs at a call. For the same reason rising, moving and bounded are written out.
  private take({ high, low, close, volume }: BarInput): void {
    const { flow, last } = this
    const price = typicalPrice(high, low, close)
    const money = price * volume
    this.lastBefore = last
    flow.part.input = money * Number(price > last) + (last - last)
    flow.whole.input = money * Number(price !== last) + (last - last)
    flow.advance()
    if (money - money === 0) this.last = price
    this.current = Math.min(Math.max(100 * flow.value, 0), 100)
  }
}

/** The money of a rise; `NaN` on the first bar and on one that is not finite. */
function rising(price: number, last: number, money: number): number {
  return money * Number(price > last) + (last - last)
}

/** The money of a rise or a fall. */
function moving(price: number, last: number, money: number): number {
  return money * Number(price !== last) + (last - last)
}

/** Of positive prices and volumes only rounding leaves the bounds. */
function bounded(share: number): number {
  return Math.min(Math.max(100 * share, 0), 100)
}

/**
 * Money flow index of columns, equal bit for bit to `Mfi`.
 *
 * The result has the input's length; the first `period` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const close = Float64Array.of(10, 12, 10)
 * mfi({ high: close, low: close, close, volume: Float64Array.of(5, 5, 2) }, { period: 2 }) // => [NaN, NaN, 75]
 */
export function mfi(bars: InputColumns, options?: MfiOptions, out?: Float64Array): Float64Array {
  const { period } = resolveOptions('mfi', parameters, options)
  const { length, input, output } = openColumns('mfi', fields, bars, ['mfi'], out && { mfi: out })
  const rises = new Float64Array(length)
  const moves = new Float64Array(length)
  fillFlows(input, rises, moves)
  rollingShares(rises, moves, { period, flat: half }, output.mfi)
  fillBounded(output.mfi)
  return output.mfi
}

function fillFlows({ high, low, close, volume }: BarColumns, rises: Float64Array, moves: Float64Array): void {
  const { length } = rises
  for (let index = 0, last = Number.NaN; index < length; index++) {
    const price = typicalPrice(high[index]!, low[index]!, close[index]!)
    const money = price * volume[index]!
    rises[index] = rising(price, last, money)
    moves[index] = moving(price, last, money)
    if (money - money === 0) last = price
  }
}

function fillBounded(out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = bounded(out[index]!)
}

/** The registry's entry. */
export const mfiDefinition = /* @__PURE__ */ defineIndicator<MfiOptions, BarInput, 'mfi'>({
  id: 'mfi',
  category: 'volume',
  inputs: fields,
  outputs: ['mfi'],
  primary: 'mfi',
  params: parameters,
  units: 'bounded',
  bounds: { mfi: { min: 0, max: 100 } },
  priceShift: { mfi: 'changes' },
  plotOffset: 0,
  source: 'Quong & Soudack, Volume-Weighted RSI: Money Flow, Stocks & Commodities 7(3) (1989)',
  create: (options) => new Mfi(options),
  batch: (bars, options, out) => ({ mfi: mfi(bars, options, out?.mfi) }),
})
