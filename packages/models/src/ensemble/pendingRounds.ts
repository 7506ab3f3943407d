import type { LossRule } from './forecastLoss.js'
import type { JudgedClaim } from './trust.js'

/** What `pendingRounds` takes. */
export interface PendingRoundsOptions {
  readonly experts: number
  /** Rounds that may wait at once; a new one then closes the oldest, and forecasts still open in it count as asleep. */
  readonly capacity: number
  readonly rule: LossRule
  /** Is told of each claim as it is judged. */
  onJudged?(expert: number, judged: JudgedClaim): void
}

/** What is kept of a forecast until it can be judged. */
export interface PendingView {
  /** What its loss is made of. */
  readonly view: number
  /** The confidence that it claims, negative for a fall. */
  readonly claim: number
  /** It is judged at the first price at or after this time. */
  readonly due: number
}

/** Takes the losses of a round that is complete, lent for the call; `NaN` for an expert that slept in it. */
export type TakeLosses = (losses: Float64Array) => void

/** Forecasts that wait until they can be judged, in rounds of those made at the same time. */
export interface PendingRounds {
  /** Rounds that wait. */
  readonly count: number
  /** Begins a round at a price, in which everyone sleeps. */
  open(price: number, take: TakeLosses): void
  /** Adds an expert's view to the round just opened. */
  add(expert: number, pending: PendingView): void
  /** Judges all that is due, and hands over the rounds that are complete thereby, oldest first. */
  settle(time: number, price: number, take: TakeLosses): void
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/**
 * Keeps the rounds in a ring. Each settling compares one number per round that waits, and allocates nothing.
 */
export function pendingRounds({ experts, capacity, rule, onJudged }: PendingRoundsOptions): PendingRounds {
  /** First round, number of rounds from it on, in which closed ones may lie. */
  const span = new Float64Array(2)
  const prices = new Float64Array(capacity)
  const nextDue = new Float64Array(capacity)
  const left = new Float64Array(capacity)
  const due = new Float64Array(capacity * experts)
  const views = new Float64Array(capacity * experts)
  const claims = new Float64Array(capacity * experts)
  const losses = new Float64Array(capacity * experts)
  const parts = [span, prices, nextDue, left, due, views, claims, losses]
  const at = (index: number): number => (span[0]! + index) % capacity
  const close = (slot: number, take: TakeLosses): void => {
    left[slot] = 0
    nextDue[slot] = Number.POSITIVE_INFINITY
    take(losses.subarray(slot * experts, (slot + 1) * experts))
  }
  const dropClosed = (): void => {
    while (span[1]! > 0 && left[span[0]!] === 0) {
      span[0] = at(1)
      span[1] = span[1]! - 1
    }
  }
  const judge = (index: number, time: number, price: number): void => {
    const slot = at(index)
    const overlap = span[1]! - index
    let next = Number.POSITIVE_INFINITY
    for (let place = slot * experts; place < (slot + 1) * experts; place++) {
      if (due[place]! <= time) {
        losses[place] = rule.lossOf(views[place]!, prices[slot]!, price)
        onJudged?.(place - slot * experts, {
          claim: claims[place]!,
          outcome: Math.sign(price - prices[slot]!),
          overlap,
        })
        due[place] = Number.POSITIVE_INFINITY
        left[slot] = left[slot]! - 1
      } else next = Math.min(next, due[place]!)
    }
    nextDue[slot] = next
  }
  return {
    get count() {
      return span[1]!
    },
    open(price, take) {
      dropClosed()
      if (span[1] === capacity) {
        close(span[0]!, take)
        dropClosed()
      }
      const slot = at(span[1]!)
      span[1] = span[1]! + 1
      prices[slot] = price
      nextDue[slot] = Number.POSITIVE_INFINITY
      left[slot] = 0
      due.fill(Number.POSITIVE_INFINITY, slot * experts, (slot + 1) * experts)
      losses.fill(Number.NaN, slot * experts, (slot + 1) * experts)
    },
    add(expert, pending) {
      const slot = at(span[1]! - 1)
      const place = slot * experts + expert
      views[place] = pending.view
      claims[place] = pending.claim
      due[place] = pending.due
      left[slot] = left[slot]! + 1
      nextDue[slot] = Math.min(nextDue[slot]!, pending.due)
    },
    settle(time, price, take) {
      const count = span[1]!
      for (let index = 0; index < count; index++) {
        const slot = at(index)
        if (nextDue[slot]! > time) continue
        judge(index, time, price)
        if (left[slot] === 0) close(slot, take)
      }
      dropClosed()
    },
    snapshot: () => Float64Array.from(parts.flatMap((part) => [...part])),
    restore(state) {
      let from = 0
      for (const part of parts) {
        part.set(state.subarray(from, from + part.length))
        from += part.length
      }
    },
  }
}
