import type { Side } from '@astertrade/core'
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

/** Beyond this many deviations a double holds nothing of the tail. */
const tailEnd = 8.5

// Least-squares fit of (2 − 2Φ(z))^(−1/16) from 0 to 8.5, in the manner of Hastings (Abramowitz & Stegun 26.2.19).
const above = [
  1, 0.4692680300658858, 0.13513277657632772, 0.016492895738592833, 0.0016608245162395379, 0.0001469190188153747,
  1.6564432329459453e-5, 3.319115240998352e-8, 1.2482466307609098e-7, -2.8955221877136546e-9, 3.2043657822886176e-10,
]
const below = [
  1, 0.4194002450156127, 0.09308044943034889, -0.0002977360185205359, -0.00170629237478062, -0.00012404372496773282,
  2.5842135475834575e-5, 5.214893435028971e-7, -2.134309229999876e-7, 1.10032619622809e-8, -1.8292591395266608e-10,
]

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
  /** `signed` over the volume. */
  private share = Number.NaN
  /** σ². */
  private variance = Number.NaN
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
    const { changes } = this
    const probe = close + volume
    this.priceBefore = this.price
    this.pastBefore = this.past
    this.volume = volume + (probe - probe)
    this.change = close - this.price + (probe - probe)
    changes.input = this.change
    changes.advance()
    this.variance = Math.max(changes.square - changes.sum * changes.sum * changes.share, 0) * changes.share
    this.classify()
    this.signed = volume * this.share
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
    const { changes, change, variance, share } = this
    this.change = this.peekChange(bar)
    this.variance = changes.peek(this.change, 'squares') * changes.share
    this.classify()
    const signed = bar.volume * this.share
    this.change = change
    this.variance = variance
    this.share = share
    return signed
  }

  /** Takes the last `takeBar` back; once. */
  undo(): void {
    this.changes.undo()
    this.price = this.priceBefore
    this.past = this.pastBefore
  }

  /**
   * `2Φ(change/σ) − 1`, for the opposite change exactly the opposite; the error is below 3e-14.
   *
   * The normal distribution is a rational function to the 16th power: without a call, so that no number is allocated on
   * the way, and of sums and products only, which have the same bits on every engine.
   */
  private classify(): void {
    const { change, variance } = this
    const z = variance === 0 ? tailEnd : Math.min(Math.abs(change) / Math.sqrt(variance), tailEnd)
    let numerator = 0
    let denominator = 0
    for (let index = below.length - 1; index >= 0; index--) {
      numerator = numerator * z + below[index]!
      denominator = denominator * z + above[index]!
    }
    const root = numerator / denominator
    const fourth = root * root * (root * root)
    const eighth = fourth * fourth
    this.share = (Number(change > 0) - Number(change < 0)) * Math.max(1 - eighth * eighth, 0)
  }
}
