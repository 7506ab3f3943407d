import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, resolveOptions } from '../parameters.js'
import { roundingError } from '../roundingError.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of on-balance volume. */
export interface ObvOptions {
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. */
  readonly nan?: NanPolicy
}

const parameters: ParametersOf<ObvOptions> = { nan: nanParameter }

/**
 * On-balance volume, streaming: starts at the first volume, then adds the volume of a rise and subtracts that of a fall.
 *
 * It has a value from the first bar on, and what rounding takes is kept, so a long sum is as exact as a short one. A bar
 * with a non-finite close or volume gives `NaN` once and changes nothing.
 * In units of volume; the level depends on where the series starts. Granville, New Key to Stock Market Profits (1963).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * @example
 * const obv = new Obv()
 * obv.next({ close: 10, volume: 5 }) // => 5
 * obv.next({ close: 11, volume: 3 }) // => 8
 * obv.next({ close: 9, volume: 4 }) // => 4
 */
export class Obv implements Indicator<BarInput<'close' | 'volume'>, 'obv'> {
  readonly name: string
  private readonly options: Required<ObvOptions>
  private total = Number.NaN
  private lost = 0
  private last = Number.NaN
  private current = Number.NaN
  private count = 0
  private totalBefore = Number.NaN
  private lostBefore = 0
  private lastBefore = Number.NaN

  constructor(options?: ObvOptions) {
    this.options = resolveOptions('obv', parameters, options)
    this.name = nameOf('obv', parameters, this.options)
  }

  get warmup(): number {
    return 1
  }

  get stableAfter(): number {
    return 1
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return !Number.isNaN(this.last)
  }

  get value(): number {
    return this.current
  }

  output(name: 'obv'): number {
    if (name === 'obv') return this.value
    throw unknownOutput(this.name, name, ['obv'])
  }

  next({ close, volume }: BarInput<'close' | 'volume'>): number {
    const { total } = this
    this.count++
    this.totalBefore = total
    this.lostBefore = this.lost
    this.lastBefore = this.last
    const flow = signed(this.last, close, volume)
    const sum = total + flow
    const probe = sum + close
    if (probe - probe === 0) {
      // roundingError, written out: see ExponentialAverage for what a number costs at a call.
      const added = sum - total
      this.lost += total - (sum - added) + (flow - added)
      this.total = sum
      this.last = close
      this.current = sum + this.lost
    } else this.nextRare(close, volume)
    return this.current
  }

  replace(bar: BarInput<'close' | 'volume'>): number {
    if (this.count > 0) {
      this.total = this.totalBefore
      this.lost = this.lostBefore
      this.last = this.lastBefore
      this.count--
    }
    return this.next(bar)
  }

  peek({ close, volume }: BarInput<'close' | 'volume'>): number {
    const { total, last } = this
    const flow = this.isReady ? signed(last, close, volume) : volume
    const sum = this.isReady ? total + flow : flow
    const probe = sum + close
    if (probe - probe !== 0) return Number.NaN
    return this.isReady ? sum + (this.lost + roundingError(total, flow, sum)) : sum
  }

  clone(): this {
    return copyState(this, new Obv(this.options)) as this
  }

  reset(): void {
    copyState(new Obv(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  /** The first bar, or one that is not finite. */
  private nextRare(close: number, volume: number): void {
    const probe = close + volume
    this.current = Number.NaN
    if (this.isReady) {
      if (this.options.nan === 'propagate') this.total = Number.NaN
    } else if (probe - probe === 0) {
      this.total = volume
      this.last = close
      this.current = volume
    }
  }
}

/** The volume with the sign of the change, without a branch that random prices would mispredict. */
function signed(last: number, close: number, volume: number): number {
  return volume * (Number(close > last) - Number(close < last))
}

/**
 * On-balance volume of columns, equal bit for bit to `Obv`.
 *
 * The result has the input's length. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * obv({ close: Float64Array.of(10, 11, 9), volume: Float64Array.of(5, 3, 4) }) // => [5, 8, 4]
 */
export function obv(bars: InputColumns<'close' | 'volume'>, options?: ObvOptions, out?: Float64Array): Float64Array {
  const { nan } = resolveOptions('obv', parameters, options)
  const { length, input, output } = openColumns('obv', ['close', 'volume'], bars, ['obv'], out && { obv: out })
  const sum: Sum = { total: Number.NaN, lost: 0, last: Number.NaN }
  for (let index = 0; index < length; ) {
    const from = index
    index = obvRun(input, from, sum, output.obv)
    if (index > from) continue
    // The first bar, or one that is not finite.
    const volume = input.volume[index]!
    const probe = volume + input.close[index]!
    const starts = Number.isNaN(sum.last) && probe - probe === 0
    output.obv[index] = starts ? volume : Number.NaN
    if (starts) {
      sum.total = volume
      sum.last = input.close[index]!
    } else if (nan === 'propagate' && !Number.isNaN(sum.last)) sum.total = Number.NaN
    index++
  }
  return output.obv
}

/** A sum so far, what rounding took from it, and the last close. */
interface Sum {
  total: number
  lost: number
  last: number
}

/**
 * Goes on from a sum while values are finite, for a thousand of them at most; returns the index it stopped at. In pieces, since
 * V8 would compile one long loop before it has seen what follows it.
 */
function obvRun({ close, volume }: BarColumns<'close' | 'volume'>, from: number, sum: Sum, out: Float64Array): number {
  const end = Math.min(from + 1_000, close.length)
  let { total, lost, last } = sum
  let index = from
  for (; index < end; index++) {
    const current = close[index]!
    const flow = signed(last, current, volume[index]!)
    const next = total + flow
    const probe = next + current
    if (probe - probe !== 0) break
    lost += roundingError(total, flow, next)
    total = next
    last = current
    out[index] = next + lost
  }
  sum.total = total
  sum.lost = lost
  sum.last = last
  return index
}

/** The registry's entry. */
export const obvDefinition = /* @__PURE__ */ defineIndicator<ObvOptions, BarInput, 'obv'>({
  id: 'obv',
  category: 'volume',
  inputs: ['close', 'volume'],
  outputs: ['obv'],
  primary: 'obv',
  params: parameters,
  units: 'volume',
  plotOffset: 0,
  source: 'Granville, New Key to Stock Market Profits (1963)',
  create: (options) => new Obv(options),
  batch: (bars, options, out) => ({ obv: obv(bars, options, out?.obv) }),
})
