import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingShare, shareOf } from '../rollingShare.js'
import { rollingTotals } from '../rollingTotal.js'
import { barChanges, signedVolumes } from '../signedVolumes.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { type TradeInput, VolumeClassification } from '../volumeClassification.js'
import { admitInput, barInput, type InputKind, quoteInput, tradeInput } from './inputKind.js'
import { QuoteFlow, type QuoteInput } from './quoteFlow.js'

/** Options of order-flow imbalance. */
export interface OrderFlowImbalanceOptions {
  /** Bars, trades or changes of the quote added up, an integer ≥ 1 (default 20). */
  readonly period?: number
  /** Changes of the close in σ, which splits the volume of bars, an integer ≥ 2 (default 50). */
  readonly sigma?: number
}

/** Outputs of order-flow imbalance. */
export type OrderFlowImbalanceOutput = 'ofi' | 'normalized'

const parameters: ParametersOf<OrderFlowImbalanceOptions> = {
  period: { kind: 'integer', default: 20, min: 1, max: periodMax },
  sigma: { kind: 'integer', default: 50, min: 2, max: periodMax },
}
const outputs: readonly OrderFlowImbalanceOutput[] = ['ofi', 'normalized']
const fields = ['close', 'volume'] as const

/**
 * Order-flow imbalance, streaming: demand less supply over the last `period` events, in base units. A flat series gives
 * 0.
 *
 * - From quotes (`onQuote`): `e = [b ≥ b′]·q − [b ≤ b′]·q′ − [a ≤ a′]·r + [a ≥ a′]·r′` with bid `b` of size `q`, ask
 *   `a` of size `r`, and ′ for the quote before; `normalized` is the sum over the mean depth `(q + r)/2`. The first
 *   value comes with quote `period + 1`. Without sizes there is none.
 * - From trades (`onTrade`): volume with the sign of the aggressor, or of the tick rule without one; the first with
 *   trade `period`.
 * - From bars (`next`): bulk volume, `v·(2Φ(Δc/σ) − 1)`; the first with bar `sigma + period`.
 *
 * From trades and bars `normalized` is the sum over their total volume, −1…1, and 0 without volume. An input that is
 * not finite empties the window. One instance takes one kind of input. Cont, Kukanov & Stoikov, The Price Impact of
 * Order Book Events, Journal of Financial Econometrics 12(1) (2014); Easley, López de Prado & O'Hara (2012) for bars.
 *
 * @throws ConfigError if an option is unknown or out of range.
 * InvariantError by `next`, `replace` and `peek`, if the kind of input changes before `reset`.
 * @example
 * const flow = new OrderFlowImbalance({ period: 2 })
 * flow.onTrade({ price: 10, quantity: 3, aggressor: 'buy' })
 * flow.onTrade({ price: 10, quantity: 1, aggressor: 'sell' }) // => 2
 * flow.output('normalized') // => 0.5
 */
export class OrderFlowImbalance implements Indicator<BarInput<'close' | 'volume'>, OrderFlowImbalanceOutput> {
  readonly name: string
  private readonly options: Required<OrderFlowImbalanceOptions>
  private readonly classification: VolumeClassification
  private readonly quotes = new QuoteFlow()
  private readonly flow: RollingShare
  private normalized = Number.NaN
  private count = 0
  private kind: InputKind = 0

  constructor(options?: OrderFlowImbalanceOptions) {
    this.options = resolveOptions('orderFlowImbalance', parameters, options)
    this.name = nameOf('orderFlowImbalance', parameters, this.options)
    this.classification = new VolumeClassification(this.options.sigma)
    this.flow = new RollingShare(this.options.period, 0)
  }

  /** For bars. */
  get warmup(): number {
    return this.options.sigma + this.options.period
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
    return this.flow.part.sum
  }

  output(name: OrderFlowImbalanceOutput): number {
    if (name === 'ofi') return this.value
    if (name === 'normalized') return this.normalized
    throw unknownOutput(this.name, name, outputs)
  }

  next(bar: BarInput<'close' | 'volume'>): number {
    if (this.kind !== barInput) this.kind = admitInput(this.name, this.kind, barInput)
    this.count++
    this.classification.takeBar(bar)
    this.addVolume()
    return this.flow.part.sum
  }

  /** Takes a trade; returns the imbalance. */
  onTrade(trade: TradeInput): number {
    if (this.kind !== tradeInput) this.kind = admitInput(this.name, this.kind, tradeInput)
    this.count++
    this.classification.takeTrade(trade)
    this.addVolume()
    return this.flow.part.sum
  }

  /** Takes the best bid and ask; returns the imbalance. */
  onQuote(quote: QuoteInput): number {
    if (this.kind !== quoteInput) this.kind = admitInput(this.name, this.kind, quoteInput)
    this.count++
    this.quotes.take(quote)
    this.addQuote()
    return this.flow.part.sum
  }

  replace(bar: BarInput<'close' | 'volume'>): number {
    if (this.count > 0) {
      admitInput(this.name, this.kind, barInput)
      this.classification.undo()
      this.flow.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'close' | 'volume'>): number {
    admitInput(this.name, this.kind, barInput)
    return this.flow.part.peek(this.classification.peekSigned(bar))
  }

  clone(): this {
    return copyState(this, new OrderFlowImbalance(this.options)) as this
  }

  reset(): void {
    copyState(new OrderFlowImbalance(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  // Apart from next, which stays small enough to be inlined wherever it is called; see ExponentialAverage for what a
  // number costs at a call.
  private addVolume(): void {
    const { classification, flow } = this
    flow.part.input = classification.signed
    flow.whole.input = classification.volume
    flow.advance()
    this.normalized = Math.min(Math.max(flow.value, -1), 1)
  }

  private addQuote(): void {
    const { quotes, flow } = this
    flow.part.input = quotes.event
    flow.whole.input = quotes.depth
    flow.advance()
    this.normalized = flow.value * this.options.period
  }
}

/**
 * Order-flow imbalance of columns, equal bit for bit to `OrderFlowImbalance` fed with bars.
 *
 * Each output has the input's length; the first `sigma + period − 1` values are `NaN`. They may share memory with the
 * inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { close: Float64Array.of(10, 11, 13, 13), volume: Float64Array.of(5, 5, 5, 5) }
 * orderFlowImbalance(bars, { period: 1, sigma: 2 }).normalized // => [NaN, NaN, 0.9999, 0]
 */
export function orderFlowImbalance(
  bars: InputColumns<'close' | 'volume'>,
  options?: OrderFlowImbalanceOptions,
  out?: OutputColumns<OrderFlowImbalanceOutput>,
): OutputColumns<OrderFlowImbalanceOutput> {
  const { period, sigma } = resolveOptions('orderFlowImbalance', parameters, options)
  const { length, input, output } = openColumns('orderFlowImbalance', fields, bars, outputs, out)
  const changes = barChanges(input)
  const total = new Float64Array(length)
  rollingTotals(signedVolumes(changes, sigma), period, output.ofi)
  rollingTotals(changes.volume, period, total)
  for (let index = 0; index < length; index++) {
    const share = shareOf(output.ofi[index]!, total[index]!, 0)
    output.normalized[index] = Math.min(Math.max(share, -1), 1)
  }
  return output
}

/** The registry's entry. */
export const orderFlowImbalanceDefinition = /* @__PURE__ */ defineIndicator<
  OrderFlowImbalanceOptions,
  BarInput,
  OrderFlowImbalanceOutput
>({
  id: 'orderFlowImbalance',
  category: 'microstructure',
  inputs: fields,
  outputs,
  primary: 'ofi',
  params: parameters,
  units: 'volume',
  outputUnits: { normalized: 'bounded' },
  bounds: { normalized: { min: -1, max: 1 } },
  plotOffset: 0,
  source: 'Cont, Kukanov & Stoikov, The Price Impact of Order Book Events (2014)',
  create: (options) => new OrderFlowImbalance(options),
  batch: (bars, options, out) => orderFlowImbalance(bars, options, out),
})
