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

/** A line so far, and what rounding took from it. */
interface Line {
  total: number
  lost: number
}

/** The line of columns, equal bit for bit to an `Accumulation`. */
export function accumulate(bars: BarColumns, nan: NanPolicy, out: Float64Array): void {
  const line: Line = { total: 0, lost: 0 }
  let started = false
  for (let index = 0; index < out.length; ) {
    const from = index
    index = accumulateRun(bars, from, line, out)
    if (index > from) {
      started = true
      continue
    }
    out[index] = Number.NaN
    if (nan === 'propagate' && started) line.total = Number.NaN
    index++
  }
}

/**
 * Goes on while values are finite, for a thousand bars at most; returns the index it stopped at. In pieces, since V8 would
 * compile one long loop before it has seen what follows it.
 */
function accumulateRun({ high, low, close, volume }: BarColumns, from: number, line: Line, out: Float64Array): number {
  const end = Math.min(from + 1_000, out.length)
  let { total, lost } = line
  let index = from
  for (; index < end; index++) {
    const flow = moneyFlowMultiplier(high[index]!, low[index]!, close[index]!) * volume[index]!
    const sum = total + flow
    if (sum - sum !== 0) break
    const added = sum - total
    lost += total - (sum - added) + (flow - added)
    total = sum
    out[index] = sum + lost
  }
  line.total = total
  line.lost = lost
  return index
}
