import { roundingError } from '../roundingError.js'

/** What a session is given: another `session` than before starts its sums anew. */
export interface SessionInput {
  readonly price: number
  readonly volume: number
  readonly session: number
}

/** The sums of a session so far, around its first price, and what rounding took from each. */
export class SessionSums {
  /** The mean; `NaN` before the first finite input and after one that is not. */
  value = Number.NaN
  session = Number.NaN
  shift = Number.NaN
  money = 0
  moneyLost = 0
  volumes = 0
  volumesLost = 0
  drift = 0
  driftLost = 0
  count = 0
}

const nothing = /* @__PURE__ */ new SessionSums()

/** Makes `next` of `past` and an input. An input or a sum that is not finite gives `NaN` and is passed over. */
export function addToSession(past: SessionSums, { price, volume, session }: SessionInput, next: SessionSums): void {
  const isNew = session !== past.session
  const sums = isNew ? nothing : past
  const shift = isNew ? price : past.shift
  const delta = price - shift
  const turnover = delta * volume
  const money = sums.money + turnover
  const volumes = sums.volumes + volume
  const drift = sums.drift + delta
  const probe = money + volumes + drift + session
  const finite = probe - probe === 0
  const kept = finite ? sums : past
  next.session = finite ? session : past.session
  next.shift = finite ? shift : past.shift
  next.money = finite ? money : past.money
  next.volumes = finite ? volumes : past.volumes
  next.drift = finite ? drift : past.drift
  next.moneyLost = kept.moneyLost
  next.volumesLost = kept.volumesLost
  next.driftLost = kept.driftLost
  next.count = kept.count
  next.value = Number.NaN
  if (!finite) return
  next.moneyLost += roundingError(sums.money, turnover, money)
  next.volumesLost += roundingError(sums.volumes, volume, volumes)
  next.driftLost += roundingError(sums.drift, delta, drift)
  next.count++
  const traded = volumes + next.volumesLost
  const mean = traded === 0 ? (drift + next.driftLost) / next.count : (money + next.moneyLost) / traded
  const value = shift + mean
  next.value = value - value === 0 ? value : Number.NaN
}

/**
 * Volume-weighted mean of the prices of a session so far; the plain mean while it has no volume.
 *
 * Sums run over `price − shift` with the first price of the session as the shift, and what rounding takes from them is
 * kept, so a long session is as exact as a short one.
 */
export class SessionMean {
  /** What `advance` takes. */
  price = Number.NaN
  volume = Number.NaN
  session = Number.NaN
  private now = new SessionSums()
  private before = new SessionSums()
  /** What `peek` writes to; not part of the state. */
  private readonly scratch = { peeked: new SessionSums() }

  /** The mean; `NaN` before the first finite input and after one that is not. */
  get value(): number {
    return this.now.value
  }

  /** True once there was a finite input. */
  get isReady(): boolean {
    return this.now.count > 0
  }

  /** Takes `price`, `volume` and `session`. */
  advance(): void {
    const { now, before } = this
    addToSession(now, this, before)
    this.now = before
    this.before = now
  }

  /** The value as it would be after `advance`. */
  peek(input: SessionInput): number {
    const { peeked } = this.scratch
    addToSession(this.now, input, peeked)
    return peeked.value
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    const { now, before } = this
    this.now = before
    this.before = now
  }
}
