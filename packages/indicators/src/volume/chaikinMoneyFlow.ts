import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarColumns, BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingShare, rollingShares } from '../rollingShare.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { moneyFlowMultiplier } from './moneyFlow.js'

/** Options of Chaikin money flow. */
export interface ChaikinMoneyFlowOptions {
  /** Bars added up, an integer ≥ 1 (default 20). */
  readonly period?: number
}

const parameters: ParametersOf<ChaikinMoneyFlowOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
}
const fields = ['high', 'low', 'close', 'volume'] as const

/**
 * Chaikin money flow, streaming, −1…1: the sum of `m·volume` over the sum of the volumes of `period` bars, where
 * `m = ((close − low) − (high − close))/(high − low)` tells where in its range a bar closed.
 *
 * `NaN` for the first `period − 1` bars. A bar without range adds 0; a window without volume gives 0, as does a flat
 * series. A non-finite bar empties the window. Chaikin's formula, as in Achelis, Technical Analysis from A to Z (2000).
 *
 * @throws ConfigError if an option is unknown or `period` is not an integer ≥ 1.
 * @example
 * const flow = new ChaikinMoneyFlow({ period: 2 })
 * flow.next({ high: 12, low: 8, close: 12, volume: 30 })
 * flow.next({ high: 14, low: 10, close: 11, volume: 10 }) // => 0.625 (30 − 5 of 40)
 */
export class ChaikinMoneyFlow implements Indicator<BarInput, 'cmf'> {
  readonly name: string
  private readonly options: Required<ChaikinMoneyFlowOptions>
  private readonly flow: RollingShare
  private current = Number.NaN
  private count = 0

  constructor(options?: ChaikinMoneyFlowOptions) {
    this.options = resolveOptions('chaikinMoneyFlow', parameters, options)
    this.name = nameOf('chaikinMoneyFlow', parameters, this.options)
    this.flow = new RollingShare(this.options.period, 0)
  }

  get warmup(): number {
    return this.options.period
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

  output(name: 'cmf'): number {
    if (name === 'cmf') return this.value
    throw unknownOutput(this.name, name, ['cmf'])
  }

  next(bar: BarInput): number {
    this.count++
    this.take(bar)
    return this.current
  }

  replace(bar: BarInput): number {
    if (this.count > 0) {
      this.flow.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek({ high, low, close, volume }: BarInput): number {
    return bounded(this.flow.peek(moneyFlowMultiplier(high, low, close) * volume, volume))
  }

  clone(): this {
    return copyState(this, new ChaikinMoneyFlow(this.options)) as this
  }

  reset(): void {
    copyState(new ChaikinMoneyFlow(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  // Apart from next, which stays small enough to be inlined wherever it is called; see ExponentialAverage for what a
  // number costs at a call. For the same reason moneyFlowMultiplier and bounded are written out.
  private take({ high, low, close, volume }: BarInput): void {
    const { flow } = this
    const probe = high - low + close
    const multiplier = (high === low ? 0 : (close - low - (high - close)) / (high - low)) + (probe - probe)
    flow.part.input = multiplier * volume
    flow.whole.input = volume
    flow.advance()
    this.current = Math.min(Math.max(flow.value, -1), 1)
  }
}

/** A sum may leave the bounds by a rounding error, or by a close outside its bar. */
function bounded(share: number): number {
  return Math.min(Math.max(share, -1), 1)
}

/**
 * Chaikin money flow of columns, equal bit for bit to `ChaikinMoneyFlow`.
 *
 * The result has the input's length; the first `period − 1` values are `NaN`. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(8, 10), close: Float64Array.of(12, 11) }
 * chaikinMoneyFlow({ ...bars, volume: Float64Array.of(30, 10) }, { period: 2 }) // => [NaN, 0.625]
 */
export function chaikinMoneyFlow(
  bars: InputColumns,
  options?: ChaikinMoneyFlowOptions,
  out?: Float64Array,
): Float64Array {
  const { period } = resolveOptions('chaikinMoneyFlow', parameters, options)
  const { length, input, output } = openColumns('chaikinMoneyFlow', fields, bars, ['cmf'], out && { cmf: out })
  const flows = new Float64Array(length)
  fillFlows(input, flows)
  rollingShares(flows, input.volume, { period, flat: 0 }, output.cmf)
  fillBounded(output.cmf)
  return output.cmf
}

function fillFlows({ high, low, close, volume }: BarColumns, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) {
    out[index] = moneyFlowMultiplier(high[index]!, low[index]!, close[index]!) * volume[index]!
  }
}

function fillBounded(out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = bounded(out[index]!)
}

/** The registry's entry. */
export const chaikinMoneyFlowDefinition = /* @__PURE__ */ defineIndicator<ChaikinMoneyFlowOptions, BarInput, 'cmf'>({
  id: 'chaikinMoneyFlow',
  category: 'volume',
  inputs: fields,
  outputs: ['cmf'],
  primary: 'cmf',
  params: parameters,
  units: 'bounded',
  bounds: { cmf: { min: -1, max: 1 } },
  plotOffset: 0,
  source: "Chaikin's formula, as in Achelis, Technical Analysis from A to Z (2000)",
  create: (options) => new ChaikinMoneyFlow(options),
  batch: (bars, options, out) => ({ cmf: chaikinMoneyFlow(bars, options, out?.cmf) }),
})
