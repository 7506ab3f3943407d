import { roundingError } from '../roundingError.js'

/**
 * Volume-weighted mean of the prices of a session so far; the plain mean while it has no volume.
 *
 * Sums run over `price − shift` with the first price of the session as the shift, and what rounding takes from them is
 * kept, so a long session is as exact as a short one. An input or a sum that is not finite gives `NaN` once and is
 * passed over.
 */
export class SessionMean {
  /** What `advance` takes; another `session` than before starts the sums anew. */
  price = Number.NaN
  volume = Number.NaN
  session = Number.NaN
  /** The mean; `NaN` before the first finite input and after one that is not. */
  value = Number.NaN
  private open = Number.NaN
  private shift = Number.NaN
  private money = 0
  private moneyLost = 0
  private volumes = 0
  private volumesLost = 0
  private drift = 0
  private driftLost = 0
  private count = 0
  private valueBefore = Number.NaN
  private openBefore = Number.NaN
  private shiftBefore = Number.NaN
  private moneyBefore = 0
  private moneyLostBefore = 0
  private volumesBefore = 0
  private volumesLostBefore = 0
  private driftBefore = 0
  private driftLostBefore = 0
  private countBefore = 0

  /** True once there was a finite input. */
  get isReady(): boolean {
    return this.count > 0
  }

  /** Takes `price`, `volume` and `session`. */
  advance(): void {
    const { price, volume, session } = this
    this.save()
    const starts = session !== this.open
    const shift = starts ? price : this.shift
    const delta = price - shift
    const turnover = delta * volume
    const moneyOld = starts ? 0 : this.money
    const volumesOld = starts ? 0 : this.volumes
    const driftOld = starts ? 0 : this.drift
    const money = moneyOld + turnover
    const volumes = volumesOld + volume
    const drift = driftOld + delta
    const count = (starts ? 0 : this.count) + 1
    const probe = money + volumes + drift + session
    this.value = Number.NaN
    if (probe - probe !== 0) return
    const moneyLost = (starts ? 0 : this.moneyLost) + roundingError(moneyOld, turnover, money)
    const volumesLost = (starts ? 0 : this.volumesLost) + roundingError(volumesOld, volume, volumes)
    const driftLost = (starts ? 0 : this.driftLost) + roundingError(driftOld, delta, drift)
    this.value = meanOf(shift, money + moneyLost, volumes + volumesLost, (drift + driftLost) / count)
    this.open = session
    this.shift = shift
    this.money = money
    this.moneyLost = moneyLost
    this.volumes = volumes
    this.volumesLost = volumesLost
    this.drift = drift
    this.driftLost = driftLost
    this.count = count
  }

  /** The value as it would be after `advance`. */
  peek(price: number, volume: number, session: number): number {
    const starts = session !== this.open
    const shift = starts ? price : this.shift
    const delta = price - shift
    const turnover = delta * volume
    const moneyOld = starts ? 0 : this.money
    const volumesOld = starts ? 0 : this.volumes
    const driftOld = starts ? 0 : this.drift
    const money = moneyOld + turnover
    const volumes = volumesOld + volume
    const drift = driftOld + delta
    const count = (starts ? 0 : this.count) + 1
    const probe = money + volumes + drift + session
    if (probe - probe !== 0) return Number.NaN
    const moneyLost = (starts ? 0 : this.moneyLost) + roundingError(moneyOld, turnover, money)
    const volumesLost = (starts ? 0 : this.volumesLost) + roundingError(volumesOld, volume, volumes)
    const driftLost = (starts ? 0 : this.driftLost) + roundingError(driftOld, delta, drift)
    return meanOf(shift, money + moneyLost, volumes + volumesLost, (drift + driftLost) / count)
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    this.value = this.valueBefore
    this.open = this.openBefore
    this.shift = this.shiftBefore
    this.money = this.moneyBefore
    this.moneyLost = this.moneyLostBefore
    this.volumes = this.volumesBefore
    this.volumesLost = this.volumesLostBefore
    this.drift = this.driftBefore
    this.driftLost = this.driftLostBefore
    this.count = this.countBefore
  }

  private save(): void {
    this.valueBefore = this.value
    this.openBefore = this.open
    this.shiftBefore = this.shift
    this.moneyBefore = this.money
    this.moneyLostBefore = this.moneyLost
    this.volumesBefore = this.volumes
    this.volumesLostBefore = this.volumesLost
    this.driftBefore = this.drift
    this.driftLostBefore = this.driftLost
    this.countBefore = this.count
  }
}

function meanOf(shift: number, money: number, volume: number, drift: number): number {
  const mean = volume === 0 ? shift + drift : shift + money / volume
  return mean - mean === 0 ? mean : Number.NaN
}
