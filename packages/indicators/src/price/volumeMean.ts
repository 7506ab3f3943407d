import { RollingTotal, rollingTotals } from '../rollingTotal.js'

/** Volume-weighted mean of the last `period` prices; the plain mean where none of them has a volume. */
export class VolumeMean {
  /** What `advance` takes. */
  price = Number.NaN
  volume = Number.NaN
  /** The mean; `NaN` while the window is not full. */
  value = Number.NaN
  private readonly period: number = 0
  private readonly money: RollingTotal
  private readonly volumes: RollingTotal
  private readonly prices: RollingTotal

  constructor(period: number) {
    this.period = period
    this.money = new RollingTotal(period)
    this.volumes = new RollingTotal(period)
    this.prices = new RollingTotal(period)
  }

  /** True while the window is full of finite inputs. */
  get isReady(): boolean {
    return this.money.isReady && this.volumes.isReady
  }

  /** Takes `price` and `volume`; a hole in one is a hole in both. */
  advance(): void {
    const { price, volume, money, volumes, prices } = this
    money.input = price * volume
    volumes.input = volume + (price - price)
    prices.input = price + (volume - volume)
    money.advance()
    volumes.advance()
    prices.advance()
    this.value = meanOf(money.sum, volumes.sum, prices.sum / this.period)
  }

  /** The value as it would be after `advance`. */
  peek(price: number, volume: number): number {
    const { money, volumes, prices } = this
    const plain = prices.peek(price + (volume - volume)) / this.period
    return meanOf(money.peek(price * volume), volumes.peek(volume + (price - price)), plain)
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.money.undo()
    this.volumes.undo()
    this.prices.undo()
  }
}

/** A total of volumes is 0 exactly when each of them is. */
function meanOf(money: number, volume: number, plain: number): number {
  const mean = volume === 0 ? plain + (money - money) : money / volume
  return mean - mean === 0 ? mean : Number.NaN
}

/** The means of columns, equal bit for bit to a `VolumeMean`. */
export function volumeMeans(price: Float64Array, volume: Float64Array, period: number, out: Float64Array): void {
  const { length } = out
  const inputs = new Float64Array(length)
  const volumes = new Float64Array(length)
  const plain = new Float64Array(length)
  fillWhereBoth(volume, price, inputs)
  rollingTotals(inputs, period, volumes)
  fillWhereBoth(price, volume, inputs)
  rollingTotals(inputs, period, plain)
  fillProducts(price, volume, inputs)
  rollingTotals(inputs, period, out)
  for (let index = 0; index < length; index++) out[index] = meanOf(out[index]!, volumes[index]!, plain[index]! / period)
}

/** The values of a column where those of the other are finite too. */
function fillWhereBoth(column: Float64Array, other: Float64Array, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = column[index]! + (other[index]! - other[index]!)
}

function fillProducts(price: Float64Array, volume: Float64Array, out: Float64Array): void {
  const { length } = out
  for (let index = 0; index < length; index++) out[index] = price[index]! * volume[index]!
}
