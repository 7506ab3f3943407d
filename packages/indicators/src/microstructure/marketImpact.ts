import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns, OutputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingShare } from '../rollingShare.js'
import { barChanges, signedVolumes } from '../signedVolumes.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { type TradeInput, VolumeClassification } from '../volumeClassification.js'
import { hasVolume, illiquidity, returnPerMoney } from './illiquidity.js'
import { admitInput, barInput, type InputKind, tradeInput } from './inputKind.js'
import { RollingLine } from './rollingLine.js'

/** Options of market impact. */
export interface MarketImpactOptions {
  /** Bars or trades in the window, an integer ≥ 2 (default 50). */
  readonly period?: number
  /** Changes of the close in σ, which splits the volume of bars, an integer ≥ 2 (default 50). */
  readonly sigma?: number
  /** Slope of price on signed volume (default), or mean return per traded money. */
  readonly method?: 'kyle' | 'amihud'
}

/** Outputs of market impact. */
export type MarketImpactOutput = 'lambda' | 'r2'

const parameters: ParametersOf<MarketImpactOptions> = {
  period: { kind: 'integer', default: 50, min: 2, max: periodMax },
  sigma: { kind: 'integer', default: 50, min: 2, max: periodMax },
  method: { kind: 'choice', default: 'kyle', choices: ['kyle', 'amihud'] },
}
const outputs: readonly MarketImpactOutput[] = ['lambda', 'r2']
const fields = ['close', 'volume'] as const

/**
 * Market impact, streaming: by how much the price moves per unit of signed volume. A flat series gives 0.
 *
 * - `kyle` (default): `lambda` is the least-squares slope, with intercept, of the change of price on signed volume over
 *   `period` bars or trades; `r2` the share of the changes it explains. In price per base unit.
 * - `amihud`: `lambda` is the mean of `|return| / (price·volume)` over those of `period` bars or trades that had
 *   volume; `r2` is 0, for it fits no line. In one per quote currency.
 *
 * Of trades (`onTrade`) the sign is the aggressor's, or the tick rule's without one; the first value comes with trade
 * `period + 1`. Of bars (`next`) it is `v·(2Φ(Δc/σ) − 1)`, with the first value at bar `sigma + period`, or `period +
 * 1` for `amihud`. That is built from the change itself, so `lambda` of bars is nearly always positive: a gauge of
 * liquidity, no evidence of impact. It is negative only where the smallest changes come with the largest volumes. Use
 * signed trades for research. An input that is not finite empties the window. One instance takes one kind of input.
 * Kyle, Continuous Auctions and Insider Trading, Econometrica 53(6) (1985); Amihud, Illiquidity and Stock Returns,
 * Journal of Financial Markets 5(1) (2002).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * InvariantError by `next`, `replace` and `peek`, if the kind of input changes before `reset`.
 * @example
 * const impact = new MarketImpact({ period: 2 })
 * impact.onTrade({ price: 100, quantity: 1, aggressor: 'buy' })
 * impact.onTrade({ price: 101, quantity: 2, aggressor: 'buy' })
 * impact.onTrade({ price: 99, quantity: 4, aggressor: 'sell' }) // => 0.5 (from 1 at 2 to −2 at −4)
 */
export class MarketImpact implements Indicator<BarInput<'close' | 'volume'>, MarketImpactOutput> {
  readonly name: string
  private readonly options: Required<MarketImpactOptions>
  private readonly classification: VolumeClassification
  private readonly line: RollingLine | undefined
  private readonly illiquidity: RollingShare | undefined
  private lambda = Number.NaN
  private r2 = Number.NaN
  private count = 0
  private kind: InputKind = 0

  constructor(options?: MarketImpactOptions) {
    this.options = resolveOptions('marketImpact', parameters, options)
    this.name = nameOf('marketImpact', parameters, this.options)
    const { period, sigma, method } = this.options
    this.classification = new VolumeClassification(sigma)
    this.line = method === 'kyle' ? new RollingLine(period) : undefined
    this.illiquidity = method === 'amihud' ? new RollingShare(period, 0) : undefined
  }

  /** For bars. */
  get warmup(): number {
    const { period, sigma, method } = this.options
    return period + (method === 'kyle' ? sigma : 1)
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return (this.line ?? this.illiquidity)?.isReady === true
  }

  get value(): number {
    return this.lambda
  }

  output(name: MarketImpactOutput): number {
    if (name === 'lambda') return this.lambda
    if (name === 'r2') return this.r2
    throw unknownOutput(this.name, name, outputs)
  }

  next(bar: BarInput<'close' | 'volume'>): number {
    if (this.kind !== barInput) this.kind = admitInput(this.name, this.kind, barInput)
    this.count++
    this.classification.takeBar(bar)
    this.measure()
    return this.lambda
  }

  /** Takes a trade; returns `lambda`. */
  onTrade(trade: TradeInput): number {
    if (this.kind !== tradeInput) this.kind = admitInput(this.name, this.kind, tradeInput)
    this.count++
    this.classification.takeTrade(trade)
    this.measure()
    return this.lambda
  }

  replace(bar: BarInput<'close' | 'volume'>): number {
    if (this.count > 0) {
      admitInput(this.name, this.kind, barInput)
      this.classification.undo()
      this.line?.undo()
      this.illiquidity?.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'close' | 'volume'>): number {
    admitInput(this.name, this.kind, barInput)
    const { classification, line, illiquidity } = this
    const change = classification.peekChange(bar)
    if (line) return line.peek(classification.peekSigned(bar), change)
    const notional = Math.abs(bar.close) * bar.volume
    const perMoney = returnPerMoney(change, classification.price, notional)
    return illiquidity ? illiquidity.peek(perMoney, hasVolume(change, notional)) : Number.NaN
  }

  clone(): this {
    return copyState(this, new MarketImpact(this.options)) as this
  }

  reset(): void {
    copyState(new MarketImpact(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }

  private measure(): void {
    const { classification, line, illiquidity } = this
    const { change } = classification
    if (line) {
      line.x = classification.signed
      line.y = change
      line.advance()
      this.lambda = line.slope
      this.r2 = line.fit
    } else if (illiquidity) {
      const notional = Math.abs(classification.price) * classification.volume
      // returnPerMoney and hasVolume, written out: see ExponentialAverage for what a number costs at a call.
      const hole = change - change
      illiquidity.part.input = notional > 0 ? Math.abs(change / classification.past) / notional : hole
      illiquidity.whole.input = Number(notional > 0) + hole
      illiquidity.advance()
      this.lambda = illiquidity.value
      this.r2 = this.lambda - this.lambda
    }
  }
}

/**
 * Market impact of columns, equal bit for bit to `MarketImpact` fed with bars.
 *
 * Each output has the input's length; the first `sigma + period − 1` values are `NaN`, or the first `period` for
 * `amihud`. They may share memory with the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { close: Float64Array.of(100, 110, 99), volume: Float64Array.of(5, 2, 4) }
 * marketImpact(bars, { period: 2, method: 'amihud' }).lambda // => [NaN, NaN, 0.00035354] (0.1/220 and 0.1/396)
 */
export function marketImpact(
  bars: InputColumns<'close' | 'volume'>,
  options?: MarketImpactOptions,
  out?: OutputColumns<MarketImpactOutput>,
): OutputColumns<MarketImpactOutput> {
  const { period, sigma, method } = resolveOptions('marketImpact', parameters, options)
  const { input, output } = openColumns('marketImpact', fields, bars, outputs, out)
  const changes = barChanges(input)
  if (method === 'kyle') fillSlopes(signedVolumes(changes, sigma), changes.change, new RollingLine(period), output)
  else illiquidity(changes, input.close, period, output)
  return output
}

function fillSlopes(
  signed: Float64Array,
  change: Float64Array,
  line: RollingLine,
  { lambda, r2 }: OutputColumns<MarketImpactOutput>,
): void {
  for (let index = 0; index < signed.length; index++) {
    line.x = signed[index]!
    line.y = change[index]!
    line.advance()
    lambda[index] = line.slope
    r2[index] = line.fit
  }
}

/** The registry's entry. */
export const marketImpactDefinition = /* @__PURE__ */ defineIndicator<
  MarketImpactOptions,
  BarInput,
  MarketImpactOutput
>({
  id: 'marketImpact',
  category: 'microstructure',
  inputs: fields,
  outputs,
  primary: 'lambda',
  params: parameters,
  units: 'ratio',
  outputUnits: { r2: 'bounded' },
  bounds: { r2: { min: 0, max: 1 } },
  plotOffset: 0,
  source: 'Kyle, Continuous Auctions and Insider Trading, Econometrica 53(6) (1985)',
  create: (options) => new MarketImpact(options),
  batch: (bars, options, out) => marketImpact(bars, options, out),
})
