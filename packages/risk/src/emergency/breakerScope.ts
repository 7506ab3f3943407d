import { ConfigError, type RiskReason, type RiskUnit, type Timestamp } from '@astertrade/core'
import type { BreakerLimits } from './breakerLimits.js'
import { emptyBand, nextBand, type PriceBand } from './priceBand.js'
import { emptyMedian, nextMedian, type RunningMedian } from './runningMedian.js'

/** Something that a circuit breaker is told about an instrument, a venue or a coin. */
export type BreakerFact = { readonly time: Timestamp } & (
  | { readonly kind: 'price'; readonly instrument: string; readonly price: number }
  | { readonly kind: 'spread'; readonly instrument: string; readonly bid: number; readonly ask: number }
  /** Base units inside the collar on the thinner side. */
  | { readonly kind: 'depth'; readonly instrument: string; readonly quantity: number }
  /** What became of an order. */
  | { readonly kind: 'order'; readonly instrument: string; readonly outcome: 'accepted' | 'rejected' }
  /** How far a fill slipped and how far it was expected to, as ratios of the price. */
  | { readonly kind: 'slippage'; readonly instrument: string; readonly got: number; readonly expected: number }
  /** Price of a stablecoin in what it stands for. */
  | { readonly kind: 'peg'; readonly coin: string; readonly price: number }
  /** An answer of a venue. */
  | { readonly kind: 'response'; readonly venue: string; readonly outcome: 'ok' | 'error' }
)

/** A trip: what it stops, until when, and the figures that caused it. */
export interface BreakerTrip {
  /** Id of the instrument, `venue:` or `coin:` and a name. */
  readonly scope: string
  readonly time: Timestamp
  /** First time at which entries are allowed again, or `operator`: two people have to reset it. */
  readonly until: number | 'operator'
  readonly reason: RiskReason
  /** The alarm behind it: the same, or what the last of the trips that latched was about. */
  readonly cause: RiskReason
}

/** What a breaker keeps of one scope, as plain data. */
export interface BreakerScope {
  readonly band: PriceBand
  readonly spread: RunningMedian
  readonly depth: RunningMedian
  readonly rejectsInRow: number
  /** Answers by span of five seconds, oldest first. */
  readonly answers: readonly { readonly start: number; readonly all: number; readonly errors: number }[]
  /** Times of trips within the last hour. */
  readonly trips: readonly number[]
  readonly trip: BreakerTrip | undefined
  /** Time of the last fact. */
  readonly time: number
}

/** A scope of which nothing was heard. */
export const emptyScope: BreakerScope = {
  band: emptyBand,
  spread: emptyMedian,
  depth: emptyMedian,
  rejectsInRow: 0,
  answers: [],
  trips: [],
  trip: undefined,
  time: Number.NEGATIVE_INFINITY,
}

interface Alarm {
  readonly code: string
  readonly limit: number
  readonly got: number
  readonly unit: RiskUnit
}

const hourMs = 3_600_000
const answerSpanMs = 5_000
const minuteMs = 60_000
const answersNeeded = 10
/** Kinds of facts, and the outcomes that those have which have one. */
const factKinds: Readonly<Record<BreakerFact['kind'], readonly string[]>> = {
  price: [],
  spread: [],
  depth: [],
  order: ['accepted', 'rejected'],
  slippage: [],
  peg: [],
  response: ['ok', 'error'],
}
/** Signs every reason. */
export const breakerName = 'circuitBreaker'

/** Name of what a fact is about. */
export function scopeOf(fact: BreakerFact): string {
  if (fact.kind === 'peg') return `coin:${fact.coin}`
  return fact.kind === 'response' ? `venue:${fact.venue}` : fact.instrument
}

/**
 * One fact later: a pure state machine over the facts of one scope.
 *
 * A scope that is stopped does not trip again before it is free; the third trip within an hour latches it.
 *
 * @throws ConfigError `BAD_FACT` for a figure that is no number in its range, or a time before the last one; the state is unchanged.
 */
export function nextScope(
  state: BreakerScope,
  fact: BreakerFact,
  limits: BreakerLimits,
): { readonly state: BreakerScope; readonly trip: BreakerTrip | undefined } {
  checkFact(state, fact)
  const { state: seen, alarm } = look({ ...state, time: fact.time }, fact, limits)
  if (alarm === undefined || isStopped(state, fact.time)) return { state: seen, trip: undefined }
  const { code, limit, got, unit } = alarm
  const trips = [...state.trips.filter((time) => fact.time - time < hourMs), fact.time]
  const isLatched = trips.length >= limits.tripsToLatch
  const figures: RiskReason = { code, rule: breakerName, limit: String(limit), got: String(got), unit }
  const latched: RiskReason = {
    code: 'LATCHED',
    rule: `${breakerName}(${code})`,
    limit: String(limits.tripsToLatch),
    got: String(trips.length),
    unit: 'count',
  }
  const trip: BreakerTrip = {
    scope: scopeOf(fact),
    time: fact.time,
    until: isLatched ? 'operator' : fact.time + limits.pauseMs,
    reason: isLatched ? latched : figures,
    cause: figures,
  }
  return { state: { ...seen, trips, trip }, trip }
}

/** True while a scope stops entries. */
export function isStopped({ trip }: BreakerScope, time: number): boolean {
  return trip !== undefined && (trip.until === 'operator' || time < trip.until)
}

interface Looked {
  readonly state: BreakerScope
  readonly alarm: Alarm | undefined
}

function look(state: BreakerScope, fact: BreakerFact, limits: BreakerLimits): Looked {
  switch (fact.kind) {
    case 'price': {
      const { state: band, alarm } = nextBand(state.band, fact, limits)
      const unit = alarm?.code === 'BAND' ? 'ratio' : 'count'
      return { state: { ...state, band }, alarm: alarm && { ...alarm, unit } }
    }
    case 'spread': {
      const spread = (fact.ask - fact.bid) / ((fact.ask + fact.bid) / 2)
      const ratio = spread / state.spread.median
      const alarm = above('SPREAD', limits.spreadRatio, ratio, 'count')
      return { state: { ...state, spread: nextMedian(state.spread, spread, fact.time) }, alarm }
    }
    case 'depth': {
      const ratio = fact.quantity / state.depth.median
      const isThin = ratio < limits.depthRatio
      const alarm = isThin
        ? ({ code: 'DEPTH', limit: limits.depthRatio, got: ratio, unit: 'ratio' } as const)
        : undefined
      return { state: { ...state, depth: nextMedian(state.depth, fact.quantity, fact.time) }, alarm }
    }
    case 'order': {
      const rejectsInRow = fact.outcome === 'rejected' ? state.rejectsInRow + 1 : 0
      if (rejectsInRow < limits.rejects) return { state: { ...state, rejectsInRow }, alarm: undefined }
      const alarm = { code: 'REJECTS', limit: limits.rejects, got: rejectsInRow, unit: 'count' } as const
      return { state: { ...state, rejectsInRow: 0 }, alarm }
    }
    case 'slippage':
      return { state, alarm: above('SLIPPAGE', limits.slippageRatio, fact.got / fact.expected, 'count') }
    case 'peg': {
      const { pegDistance: limit } = limits
      const isOff = fact.price < 1 - limit || fact.price > 1 + limit
      const alarm = { code: 'DEPEG', limit, got: Math.abs(fact.price - 1), unit: 'ratio' } as const
      return { state, alarm: isOff ? alarm : undefined }
    }
    case 'response':
      return lookAtAnswers(state, fact, limits)
    default:
      return fact satisfies never
  }
}

function lookAtAnswers(
  state: BreakerScope,
  { time, outcome }: Extract<BreakerFact, { kind: 'response' }>,
  { errorShare }: BreakerLimits,
): Looked {
  const start = Math.floor(time / answerSpanMs) * answerSpanMs
  const recent = state.answers.filter((span) => span.start > time - minuteMs)
  const last = recent.at(-1)
  const [all, errors] = last?.start === start ? [last.all, last.errors] : [0, 0]
  const span = { start, all: all + 1, errors: errors + (outcome === 'error' ? 1 : 0) }
  const answers = [...(last?.start === start ? recent.slice(0, -1) : recent), span]
  const sum = answers.reduce((total, entry) => ({ all: total.all + entry.all, errors: total.errors + entry.errors }), {
    all: 0,
    errors: 0,
  })
  const share = sum.all < answersNeeded ? 0 : sum.errors / sum.all
  return { state: { ...state, answers }, alarm: above('ERROR_RATE', errorShare, share, 'ratio') }
}

function above(code: string, limit: number, got: number, unit: RiskUnit): Alarm | undefined {
  return got > limit ? { code, limit, got, unit } : undefined
}

function checkFact(state: BreakerScope, fact: BreakerFact): void {
  if (!Object.hasOwn(factKinds, fact.kind)) throw badFact(`A fact of kind "${fact.kind}" is none.`)
  const subject: unknown = fact.kind === 'peg' ? fact.coin : fact.kind === 'response' ? fact.venue : fact.instrument
  if (typeof subject !== 'string' || subject === '')
    throw badFact(`A fact of kind "${fact.kind}" is about "${subject}".`)
  if (!(typeof fact.time === 'number' && fact.time >= state.time && fact.time < Number.POSITIVE_INFINITY)) {
    throw badFact(`A fact of ${scopeOf(fact)} is of "${fact.time}", before "${state.time}".`)
  }
  for (const [name, value] of Object.entries(figuresOf(fact))) {
    const isPositive = typeof value === 'number' && (value > 0 || (name === 'quantity' && value === 0))
    const isSound = name === 'got' ? Number.isFinite(value) : isPositive
    if (!isSound || value === Number.POSITIVE_INFINITY) throw badFact(`${name} of ${scopeOf(fact)} is "${value}".`)
  }
  const outcomes = factKinds[fact.kind]
  if ((fact.kind === 'order' || fact.kind === 'response') && !outcomes.includes(fact.outcome)) {
    throw badFact(`outcome of ${scopeOf(fact)} is "${fact.outcome}", not ${outcomes.join(' or ')}.`)
  }
  if (fact.kind === 'spread' && fact.bid > fact.ask) {
    throw badFact(`The book of ${fact.instrument} is crossed: "${fact.bid}" over "${fact.ask}".`)
  }
}

function figuresOf(fact: BreakerFact): Readonly<Record<string, number>> {
  switch (fact.kind) {
    case 'price':
    case 'peg':
      return { price: fact.price }
    case 'spread':
      return { bid: fact.bid, ask: fact.ask }
    case 'depth':
      return { quantity: fact.quantity }
    case 'slippage':
      return { got: fact.got, expected: fact.expected }
    default:
      return {}
  }
}

function badFact(message: string): ConfigError {
  return new ConfigError(message, { code: 'BAD_FACT', hints: ['Facts come in order of time and hold finite numbers.'] })
}
