import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { BarInput, Indicator, InputColumns } from '../indicator.js'
import { nameOf, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { RollingTotal, rollingTotals } from '../rollingTotal.js'
import { barChanges, signedVolumes } from '../signedVolumes.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'
import { type TradeInput, VolumeClassification } from '../volumeClassification.js'
import { admitInput, barInput, type InputKind, tradeInput } from './inputKind.js'
import { VolumeBuckets } from './volumeBuckets.js'

/** Options of VPIN. */
export interface VpinOptions {
  /** Buckets looked back over, an integer ≥ 1 (default 50). */
  readonly buckets?: number
  /** Size of a bucket in mean volumes of a bar, an integer ≥ 1 (default 5); not used where `bucketVolume` is given. */
  readonly barsPerBucket?: number
  /** Changes of the close in σ, and volumes in their mean, an integer ≥ 2 (default 50). */
  readonly sigma?: number
  /** Size of a bucket in base units, about a fiftieth of a day's volume; 0 for `barsPerBucket` mean volumes (default). */
  readonly bucketVolume?: number
}

const parameters: ParametersOf<VpinOptions> = {
  buckets: { kind: 'integer', default: 50, min: 1, max: periodMax },
  barsPerBucket: { kind: 'integer', default: 5, min: 1, max: periodMax },
  sigma: { kind: 'integer', default: 50, min: 2, max: periodMax },
  bucketVolume: { kind: 'number', default: 0, min: 0, max: 1e15, convention: true },
}
const fields = ['close', 'volume'] as const

/**
 * Volume-synchronised probability of informed trading, streaming, 0…1: `Σ |bought − sold| / Σ (bought + sold)` over the
 * last `buckets` buckets of equal volume. A flat series gives 0.
 *
 * Of bars (`next`) the bought part is `v·Φ(Δc/σ)`, of trades (`onTrade`) it follows the aggressor, or the tick rule
 * without one. A bar or trade that overfills a bucket is split. The size of a bucket is fixed when its first volume
 * comes: `bucketVolume`, or `barsPerBucket` times the mean of the last `sigma` volumes; with trades, give it.
 *
 * When the first value comes depends on the volumes: `isReady` is the truth, `warmup` the number for bars of equal
 * volume. A bar that is not finite gives `NaN` until σ is known again; buckets are kept. One instance takes one kind of
 * input. Easley, López de Prado & O'Hara, Flow Toxicity and Liquidity in a High-frequency World, Review of Financial
 * Studies 25(5) (2012).
 *
 * @throws ConfigError if an option is unknown or out of range.
 * InvariantError by `next`, `replace` and `peek`, if the kind of input changes before `reset`.
 * @example
 * const vpin = new Vpin({ buckets: 2, bucketVolume: 5 })
 * vpin.onTrade({ price: 10, quantity: 3, aggressor: 'buy' })
 * vpin.onTrade({ price: 9, quantity: 7, aggressor: 'sell' }) // => 0.6 (3 to 2, then 0 to 5)
 */
export class Vpin implements Indicator<BarInput<'close' | 'volume'>, 'vpin'> {
  readonly name: string
  private readonly options: Required<VpinOptions>
  private readonly classification: VolumeClassification
  private readonly volumes: RollingTotal
  private readonly buckets: VolumeBuckets
  private current = Number.NaN
  private count = 0
  private kind: InputKind = 0

  constructor(options?: VpinOptions) {
    this.options = resolveOptions('vpin', parameters, options)
    this.name = nameOf('vpin', parameters, this.options)
    const { buckets, sigma } = this.options
    this.classification = new VolumeClassification(sigma)
    this.volumes = new RollingTotal(sigma)
    this.buckets = new VolumeBuckets(buckets)
  }

  /** Nominal: bars of equal volume until the first value. */
  get warmup(): number {
    const { buckets, barsPerBucket, sigma } = this.options
    return sigma + buckets * barsPerBucket
  }

  get stableAfter(): number {
    return this.warmup
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.buckets.isReady && (this.kind === tradeInput || this.classification.isReady)
  }

  get value(): number {
    return this.current
  }

  output(name: 'vpin'): number {
    if (name === 'vpin') return this.value
    throw unknownOutput(this.name, name, ['vpin'])
  }

  next(bar: BarInput<'close' | 'volume'>): number {
    if (this.kind !== barInput) this.kind = admitInput(this.name, this.kind, barInput)
    this.count++
    this.classification.takeBar(bar)
    this.addVolume()
    this.fill()
    return this.current
  }

  /** Takes a trade; returns the value. */
  onTrade(trade: TradeInput): number {
    if (this.kind !== tradeInput) this.kind = admitInput(this.name, this.kind, tradeInput)
    this.count++
    this.classification.takeTrade(trade)
    if (!Number.isNaN(this.classification.signed)) this.addVolume()
    this.fill()
    return this.current
  }

  replace(bar: BarInput<'close' | 'volume'>): number {
    if (this.count > 0) {
      admitInput(this.name, this.kind, barInput)
      this.classification.undo()
      this.volumes.undo()
      this.buckets.undo()
      this.count--
    }
    return this.next(bar)
  }

  peek(bar: BarInput<'close' | 'volume'>): number {
    admitInput(this.name, this.kind, barInput)
    const signed = this.classification.peekSigned(bar)
    if (Number.isNaN(signed)) return Number.NaN
    const { bucketVolume, barsPerBucket, sigma } = this.options
    const target = bucketVolume === 0 ? barsPerBucket * (this.volumes.peek(bar.volume) / sigma) : bucketVolume
    return this.buckets.peek(bar.volume, signed, target)
  }

  clone(): this {
    return copyState(this, new Vpin(this.options)) as this
  }

  reset(): void {
    copyState(new Vpin(this.options), this)
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
    const { classification, volumes } = this
    volumes.input = classification.volume
    volumes.advance()
  }

  private fill(): void {
    const { buckets, classification, volumes, options } = this
    buckets.volume = classification.volume
    buckets.signed = classification.signed
    buckets.target = options.bucketVolume
    if (options.bucketVolume === 0) buckets.target = options.barsPerBucket * (volumes.sum / options.sigma)
    buckets.advance()
    this.current = Number.isNaN(buckets.signed) ? Number.NaN : buckets.value
  }
}

/**
 * VPIN of columns, equal bit for bit to `Vpin` fed with bars.
 *
 * The result has the input's length, with `NaN` until all buckets are full. `out` may be one of the inputs.
 *
 * @throws ConfigError if an option is unknown or out of range, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * const bars = { close: Float64Array.of(10, 11, 13, 12), volume: Float64Array.of(5, 5, 5, 5) }
 * vpin(bars, { buckets: 1, barsPerBucket: 1, sigma: 2 }) // => [NaN, NaN, 0.9999, 0.4950] (changes of 4 σ and of −⅔ σ)
 */
export function vpin(bars: InputColumns<'close' | 'volume'>, options?: VpinOptions, out?: Float64Array): Float64Array {
  const { buckets, barsPerBucket, sigma, bucketVolume } = resolveOptions('vpin', parameters, options)
  const { length, input, output } = openColumns('vpin', fields, bars, ['vpin'], out && { vpin: out })
  const changes = barChanges(input)
  const signed = signedVolumes(changes, sigma)
  const total = new Float64Array(length)
  rollingTotals(changes.volume, sigma, total)
  const state = new VolumeBuckets(buckets)
  for (let index = 0; index < length; index++) {
    state.volume = changes.volume[index]!
    state.signed = signed[index]!
    state.target = bucketVolume === 0 ? barsPerBucket * (total[index]! / sigma) : bucketVolume
    state.advance()
    output.vpin[index] = Number.isNaN(state.signed) ? Number.NaN : state.value
  }
  return output.vpin
}

/** The registry's entry. */
export const vpinDefinition = /* @__PURE__ */ defineIndicator<VpinOptions, BarInput, 'vpin'>({
  id: 'vpin',
  category: 'microstructure',
  inputs: fields,
  outputs: ['vpin'],
  primary: 'vpin',
  params: parameters,
  units: 'bounded',
  bounds: { vpin: { min: 0, max: 1 } },
  exceptions: {
    zeroVolume: 'no bucket is ever full',
    hole: 'buckets are cut where they would not have been, as what comes while σ is unknown falls into none',
  },
  plotOffset: 0,
  source: "Easley, López de Prado & O'Hara, Flow Toxicity and Liquidity in a High-frequency World (2012)",
  create: (options) => new Vpin(options),
  batch: (bars, options, out) => ({ vpin: vpin(bars, options, out?.vpin) }),
})
