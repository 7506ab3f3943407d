import type { Bar } from '../bar.js'
import { InvariantError } from '../errors.js'
import type { Liquidity } from '../fill.js'
import type { FillPolicy } from './fillPolicy.js'
import type { SimMarket } from './simMarket.js'
import { becomeLimit, endsWithTime, limitOf, meetsOnce, type SimOrder, trails, trailTo } from './simOrder.js'
import type { SimVenue } from './simVenue.js'

/**
 * Meets the market with an order that waited: at the price, as far as position, money and volume allow.
 *
 * What is left waits on, rests as a limit, or ends, as type and time in force say.
 */
export function fillWaiting(venue: SimVenue, market: SimMarket, order: SimOrder, price: number): void {
  const { request, direction } = order
  const limit = limitOf(order)
  if (limit !== undefined && direction * (limit - price) < 0) {
    venue.end(order, 'expired')
    return
  }
  venue.claim(market, order)
  const worse = venue.slipped(market, order, price)
  const points = venue.fillable(market, order, worse)
  if (request.timeInForce === 'fok' && points < order.remaining) {
    venue.end(order, 'expired')
    return
  }
  if (points > 0) venue.execute(market, order, points, worse, 'taker')
  if (order.phase !== 'done') leaveRest(venue, market, order, price)
}

/** What becomes of the part that did not fill. */
function leaveRest(venue: SimVenue, market: SimMarket, order: SimOrder, price: number): void {
  const { request, direction } = order
  const outOfVolume = market.used >= market.available
  if (!outOfVolume) {
    if (request.reduceOnly) venue.end(order, 'canceled')
    else venue.endUnpaid(order)
  } else if (meetsOnce(request)) {
    venue.end(order, 'expired')
  } else if (request.type === 'marketToLimit') {
    order.phase = 'resting'
    order.level = market.instrument.price(price, direction > 0 ? 'up' : 'down')
    order.touches = direction > 0 ? -1 : 1
    market.resting.push(order)
    market.stale = true
  }
}

/** Walks the bar's path and meets each level in the order the price reaches it. */
export function matchPath(venue: SimVenue, market: SimMarket, bar: Bar, openedAt: number): void {
  if (market.stale) findNearest(market)
  if (!market.trailing && bar.high < market.upper && bar.low > market.lower) return
  if (isAmbiguous(venue.policy, market, bar)) venue.ambiguousBars++
  const path = pathOf(venue.policy, market, bar)
  meet(venue, market, { part: 'open', from: bar.open, to: bar.open, openedAt })
  for (let index = 1; index < path.length; index++) {
    meet(venue, market, { part: 'path', from: path[index - 1]!, to: path[index]!, openedAt })
  }
  market.live = Number.NaN
}

/** Nearest levels above and below, so that most bars pass with two comparisons. */
function findNearest(market: SimMarket): void {
  market.upper = Number.POSITIVE_INFINITY
  market.lower = Number.NEGATIVE_INFINITY
  market.trailing = false
  market.expiring = false
  for (const order of market.resting) {
    if (order.touches > 0) market.upper = Math.min(market.upper, order.level)
    else market.lower = Math.max(market.lower, order.level)
    if (trails(order)) market.trailing = true
    if (endsWithTime(order)) market.expiring = true
  }
  if (market.waiting.some(endsWithTime)) market.expiring = true
  market.stale = false
}

/**
 * True when both an upper and a lower exit of one strategy lie inside the bar: their order had to be guessed. Where the bar opens
 * at or beyond one, that one is met first, and nothing is guessed.
 */
function isAmbiguous(policy: FillPolicy, market: SimMarket, bar: Bar): boolean {
  return market.resting.some(
    (a) =>
      a.request.reduceOnly &&
      a.touches > 0 &&
      a.level <= bar.high &&
      !isTouched(policy, a, bar.open) &&
      market.resting.some(
        (b) =>
          b.request.reduceOnly &&
          b.touches < 0 &&
          b.level >= bar.low &&
          !isTouched(policy, b, bar.open) &&
          b.request.strategy === a.request.strategy,
      ),
  )
}

/** Open, the two extremes in the policy's order, close. */
function pathOf(policy: FillPolicy, market: SimMarket, bar: Bar): readonly number[] {
  const { open, high, low, close } = bar
  const highFirst = [open, high, low, close]
  const lowFirst = [open, low, high, close]
  switch (policy.path) {
    case 'OHLC':
      return highFirst
    case 'OLHC':
      return lowFirst
    case 'adaptive':
      return high - open <= open - low ? highFirst : lowFirst
    default: {
      const adverseIsHigh = exposureSign(market) < 0
      return adverseIsHigh === (policy.path === 'worst') ? highFirst : lowFirst
    }
  }
}

/** Sign of the position, or of what the first resting entry would make of a flat one: then it enters before it falls. */
function exposureSign(market: SimMarket): number {
  let net = 0
  for (const points of market.positions.values()) net += points
  if (net !== 0) return net
  const entry = market.resting.find((order) => !order.request.reduceOnly)
  return entry === undefined ? 1 : -entry.direction
}

interface Stretch {
  readonly part: 'open' | 'path'
  readonly from: number
  readonly to: number
  readonly openedAt: number
}

const meetingsMax = 10_000

/** Meets every level on a monotone stretch of the path, the nearest first, ties by age. */
function meet(venue: SimVenue, market: SimMarket, stretch: Stretch): void {
  market.live = stretch.from
  for (let meetings = 0; ; meetings++) {
    if (meetings > meetingsMax)
      throw new InvariantError(`Over ${meetingsMax} orders of ${market.instrument.id} met one bar.`)
    const order = nextMet(venue.policy, market, stretch)
    if (order === undefined) break
    const price = priceOf(venue.policy, order, market.live)
    trailAll(market, price)
    market.live = price
    // A limit that is beyond the price as it comes takes; one that the price came to has rested.
    const takes = order.crosses || (stretch.part === 'open' && stretch.openedAt <= order.eligibleAt)
    hit(venue, market, order, takes ? 'taker' : 'maker')
    venue.settle()
  }
  market.live = stretch.to
  trailAll(market, stretch.to)
}

function nextMet(policy: FillPolicy, market: SimMarket, stretch: Stretch): SimOrder | undefined {
  let best: SimOrder | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const order of market.resting) {
    if (stretch.openedAt < order.eligibleAt) continue
    if (!isTouched(policy, order, market.live) && !isTouched(policy, order, stretch.to)) continue
    const distance = Math.abs(priceOf(policy, order, market.live) - market.live)
    if (distance < bestDistance && canFill(market, order)) {
      best = order
      bestDistance = distance
    }
  }
  return best
}

/** An order that found no volume in this bar is not met again in it. */
function canFill(market: SimMarket, order: SimOrder): boolean {
  return order.armed || market.used < market.available
}

/** True where a price reaches an order's level: at it for triggers, past it for limits, unless the policy says touch. */
export function isTouched(policy: FillPolicy, order: SimOrder, price: number): boolean {
  const past = order.touches * (price - order.level)
  return order.armed || policy.limitTouch === 'touch' ? past >= 0 : past > 0
}

/** The level, or the present price where that is already past it. */
function priceOf(policy: FillPolicy, order: SimOrder, live: number): number {
  return isTouched(policy, order, live) ? live : order.level
}

function trailAll(market: SimMarket, price: number): void {
  if (!market.trailing && !market.stale) return
  for (const order of market.resting) if (trails(order)) trailTo(order, price, market.instrument)
  if (market.trailing) market.stale = true
}

/** A level was reached: a trigger wakes its order, a limit fills. */
function hit(venue: SimVenue, market: SimMarket, order: SimOrder, liquidity: Liquidity): void {
  const { request } = order
  const price = market.live
  if (order.armed) {
    venue.trigger(order)
    if (request.type === 'stopLimit' || request.type === 'limitIfTouched' || request.type === 'trailingStopLimit') {
      becomeLimit(order, market.instrument)
      if (!meetsOnce(request)) {
        order.crosses = isTouched(venue.policy, order, price)
        market.stale = true
        return
      }
    }
    venue.toWaiting(market, order)
    fillWaiting(venue, market, order, price)
    return
  }
  order.crosses = false
  if (request.postOnly && liquidity === 'taker') {
    venue.end(order, 'canceled')
    return
  }
  venue.claim(market, order)
  const final = liquidity === 'maker' ? venue.onGrid(market, order, price) : venue.slipped(market, order, price)
  const points = venue.fillable(market, order, final)
  if (points > 0) venue.execute(market, order, points, final, liquidity)
  if (order.phase !== 'done' && market.used < market.available) {
    if (request.reduceOnly) venue.end(order, 'canceled')
    else venue.endUnpaid(order)
  }
}
