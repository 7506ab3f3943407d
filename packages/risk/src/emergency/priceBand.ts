import { exp } from '@astertrade/core'
import type { BreakerLimits } from './breakerLimits.js'

/** What is known of a price: its mean over five minutes, and how fast it moves. */
export interface PriceBand {
  /** Sums of prices by span of 10 seconds, oldest first. */
  readonly spans: readonly { readonly start: number; readonly sum: number; readonly count: number }[]
  readonly price: number
  readonly time: number
  /** Variance of the return per millisecond, quick over five minutes and calm over a day. */
  readonly quick: number
  readonly calm: number
  /** When the first price came. */
  readonly since: number
  /** Since when the price has been outside its band; `NaN` inside. */
  readonly outsideSince: number
}

/** What a band found wrong: a code with its figures, both ratios or multiples. */
export interface BandAlarm {
  readonly code: 'BAND' | 'VOLATILITY'
  readonly limit: number
  readonly got: number
}

const spanMs = 10_000
const windowMs = 300_000
const dayLong = 86_400_000
/** Prices have to have been seen for so long before their usual movement is believed. */
const warmMs = 3_600_000

/** Nothing was seen yet. */
export const emptyBand: PriceBand = {
  spans: [],
  price: Number.NaN,
  time: Number.NaN,
  quick: 0,
  calm: 0,
  since: Number.NaN,
  outsideSince: Number.NaN,
}

/**
 * Takes a price: the band lies around the mean of the last five minutes, as wide as a share of it or six deviations of a move of five minutes,
 * whichever is wider; 15 seconds outside are an alarm, as is a quick volatility of over four times the day's.
 *
 * Variances are exponentially weighted means of squared returns over elapsed time. The pattern is that of limit up, limit down.
 */
export function nextBand(
  state: PriceBand,
  { price, time }: { readonly price: number; readonly time: number },
  limits: Pick<BreakerLimits, 'band' | 'bandSigmas' | 'outsideMs' | 'volatilityRatio'>,
): { readonly state: PriceBand; readonly alarm: BandAlarm | undefined } {
  const moved = withVariance(state, price, time)
  const spans = state.spans.filter(({ start }) => start > time - windowMs)
  const isWarm = time - moved.since >= warmMs
  const mean = meanOf(spans)
  // What was usual before this price: a jump is no measure of itself.
  const usual = isWarm ? limits.bandSigmas * Math.sqrt(state.calm * windowMs) : 0
  const width = Math.max(limits.band, usual)
  const isOutside = price > mean * (1 + width) || price < mean * (1 - width)
  const outsideSince = isOutside ? (Number.isNaN(state.outsideSince) ? time : state.outsideSince) : Number.NaN
  const calm = isOutside ? state.calm : moved.calm
  const next = { ...moved, calm, spans: addPrice(spans, price, time), outsideSince }
  if (time - outsideSince >= limits.outsideMs)
    return { state: next, alarm: { code: 'BAND', limit: width, got: Math.abs(price / mean - 1) } }
  const ratio = isWarm && state.calm > 0 ? Math.sqrt(moved.quick / state.calm) : 0
  if (ratio > limits.volatilityRatio) {
    return { state: next, alarm: { code: 'VOLATILITY', limit: limits.volatilityRatio, got: ratio } }
  }
  return { state: next, alarm: undefined }
}

function withVariance(state: PriceBand, price: number, time: number): PriceBand {
  const elapsed = time - state.time
  if (Number.isNaN(elapsed)) return { ...state, price, time, since: time }
  // The move is counted from the older price once time has passed.
  if (elapsed === 0) return state
  const move = price / state.price - 1
  const rate = (move * move) / elapsed
  // What has been seen for less than the span is averaged evenly: a mean that started at 0 would call everything unusual.
  const even = elapsed / (time - state.since)
  const follow = (held: number, span: number): number => held + Math.max(even, 1 - exp(-elapsed / span)) * (rate - held)
  return { ...state, price, time, quick: follow(state.quick, windowMs), calm: follow(state.calm, dayLong) }
}

/** `NaN` without a price, which nothing is outside of. */
function meanOf(spans: PriceBand['spans']): number {
  let [sum, count] = [0, 0]
  for (const span of spans) {
    sum += span.sum
    count += span.count
  }
  return sum / count
}

function addPrice(spans: PriceBand['spans'], price: number, time: number): PriceBand['spans'] {
  const start = Math.floor(time / spanMs) * spanMs
  const last = spans.at(-1)
  if (last?.start !== start) return [...spans, { start, sum: price, count: 1 }]
  return [...spans.slice(0, -1), { start, sum: last.sum + price, count: last.count + 1 }]
}
