import type { Side } from '@astertrade/core'
import { BulkShare } from './bulkShare.js'
import type { BarInput } from './indicator.js'
import { RollingMoments } from './rollingMoments.js'

/** A trade as the event indicators read it; a core `Trade` satisfies it. */
export interface TradeInput {
  readonly price: number
  /** In base units. */
  readonly quantity: number
  /** Side that crossed the spread, where the venue tells it; else the tick rule decides. */
  readonly aggressor?: Side | undefined
}

/**
 * Signed volume of bars or of trades: what was bought less what was sold.
 *
 * A bar is split by bulk volume classification (Easley, López de Prado & O'Hara, Flow Toxicity and Liquidity in a
 * High-frequency World, 2012): `bought = v·Φ(Δc/σ)`, with σ the population deviation of the last `sigma` changes.
 * Without deviation a change takes the whole volume, and no change half of it. A trade has the side of its aggressor;
 * where the venue does not tell it, that of the last change of price, and none before the first one. What is not finite
 * is passed over; such a bar empties the window of σ.
 */
export class VolumeClassification {
  /** Change of price since the last bar or trade; `NaN` for the first one and where something is not finite. */
  change = Number.NaN
  /** Bought less sold, from −volume to volume; `NaN` while σ is not known and where something is not finite. */
  signed = Number.NaN
  /** Volume of the last bar or trade; `NaN` where something is not finite. */
  volume = Number.NaN
  /** The last finite price, and the one before. */
  price = Number.NaN
  past = Number.NaN
  private readonly changes: RollingMoments
  private readonly bulk = new BulkShare()
  /** Side of the last trade whose price changed: 1, −1, or 0 before the first one. */
  private tick = 0
  private priceBefore = Number.NaN
  private pastBefore = Number.NaN

  constructor(sigma: number) {
    this.changes = new RollingMoments(sigma)
  }

  /** True while bars can be classified: σ is known. */
  get isReady(): boolean {
    return this.changes.isReady
  }

  takeBar({ close, volume }: BarInput<'close' | 'volume'>): void {
    const { changes, bulk } = this
    const probe = close + volume
    this.priceBefore = this.price
    this.pastBefore = this.past
    this.volume = volume + (probe - probe)
    this.change = close - this.price + (probe - probe)
    changes.input = this.change
    changes.advance()
    bulk.change = this.change
    const variance = Math.max(changes.square - changes.sum * changes.sum * changes.share, 0) * changes.share
    bulk.deviation = Math.sqrt(variance)
    bulk.advance()
    this.signed = volume * bulk.share
    if (probe - probe !== 0) return
    this.past = this.price
    this.price = close
  }

  takeTrade({ price, quantity, aggressor }: TradeInput): void {
    const probe = price + quantity
    const change = price - this.price + (probe - probe)
    this.volume = quantity + (probe - probe)
    this.change = change
    this.signed = Number.NaN
    if (probe - probe !== 0) return
    this.past = this.price
    this.price = price
    if (change > 0) this.tick = 1
    else if (change < 0) this.tick = -1
    let side = this.tick
    if (aggressor === 'buy') side = 1
    else if (aggressor === 'sell') side = -1
    this.signed = quantity * side
  }

  /** `change` as it would be after `takeBar`. */
  peekChange({ close, volume }: BarInput<'close' | 'volume'>): number {
    const probe = close + volume
    return close - this.price + (probe - probe)
  }

  /** `signed` as it would be after `takeBar`. */
  peekSigned(bar: BarInput<'close' | 'volume'>): number {
    const { changes, bulk } = this
    const { change, deviation, share } = bulk
    bulk.change = this.peekChange(bar)
    bulk.deviation = changes.peek(bulk.change, 'deviation')
    bulk.advance()
    const signed = bar.volume * bulk.share
    bulk.change = change
    bulk.deviation = deviation
    bulk.share = share
    return signed
  }

  /** Takes the last `takeBar` back; once. */
  undo(): void {
    this.changes.undo()
    this.price = this.priceBefore
    this.past = this.pastBefore
  }
}
