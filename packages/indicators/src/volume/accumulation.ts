import type { BarColumns, BarInput } from '../indicator.js'
import type { NanPolicy } from '../parameters.js'
import { moneyFlowMultiplier } from './moneyFlow.js'

/** Adds up money flow volume from 0 on; what rounding takes away is kept, so a long sum is as exact as a short one. */
export class Accumulation {
  /** The line; `NaN` before the first bar and after one that is not finite. */
  value = Number.NaN
  private readonly nan: NanPolicy
  private total = 0
  private lost = 0
  private started: 0 | 1 = 0
  private totalBefore = 0
  private lostBefore = 0
  private startedBefore: 0 | 1 = 0

  constructor(nan: NanPolicy) {
    this.nan = nan
  }

  /** True once there was a finite bar. */
  get isReady(): boolean {
    return this.started === 1
  }

  next({ high, low, close, volume }: BarInput): void {
    const { total } = this
    const probe = high - low + close
    // moneyFlowMultiplier, written out: see ExponentialAverage for what a number costs at a call.
    const multiplier = (high === low ? 0 : (close - low - (high - close)) / (high - low)) + (probe - probe)
    const flow = multiplier * volume
    this.totalBefore = total
    this.lostBefore = this.lost
    this.startedBefore = this.started
    const sum = total + flow
    if (sum - sum === 0) {
      const added = sum - total
      this.lost += total - (sum - added) + (flow - added)
      this.total = sum
      this.started = 1
      this.value = sum + this.lost
    } else {
      this.value = Number.NaN
      if (this.nan === 'propagate' && this.started === 1) this.total = Number.NaN
    }
  }

  /** The line as it would be after `next`. */
  peek({ high, low, close, volume }: BarInput): number {
    const { total } = this
    const flow = moneyFlowMultiplier(high, low, close) * volume
    const sum = total + flow
    if (sum - sum !== 0) return Number.NaN
    const added = sum - total
    return sum + (this.lost + (total - (sum - added) + (flow - added)))
  }

  /** Takes the last `next` back; once. */
  undo(): void {
    this.total = this.totalBefore
    this.lost = this.lostBefore
    this.started = this.startedBefore
  }
}

/** The line of columns, equal bit for bit to an `Accumulation`. */
export function accumulate({ high, low, close, volume }: BarColumns, nan: NanPolicy, out: Float64Array): void {
  const { length } = out
  let total = 0
  let lost = 0
  let started = false
  for (let index = 0; index < length; index++) {
    const flow = moneyFlowMultiplier(high[index]!, low[index]!, close[index]!) * volume[index]!
    const sum = total + flow
    if (sum - sum === 0) {
      const added = sum - total
      lost += total - (sum - added) + (flow - added)
      total = sum
      started = true
      out[index] = sum + lost
    } else {
      out[index] = Number.NaN
      if (nan === 'propagate' && started) total = Number.NaN
    }
  }
}
