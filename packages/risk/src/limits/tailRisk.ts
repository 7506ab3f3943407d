import {
  approve,
  dayMs,
  type InstrumentId,
  type OrderRequest,
  type RiskReason,
  type RiskRule,
  type RiskView,
  type Verdict,
} from '@astertrade/core'
import type { Exposures } from '../measures/portfolioLosses.js'
import type { BookTail, ScenarioBook } from '../measures/scenarioBook.js'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkCount } from './checkCount.js'
import { checkOptionNames } from './checkOptions.js'
import { exposurePrice } from './exposurePrice.js'
import { limitRatio } from './limitRatio.js'
import { backtestInForce } from './riskBacktest.js'
import { unusable } from './unusable.js'
import { worstCase } from './worstCase.js'

/** What `tailRisk` takes. */
export interface TailRiskOptions {
  /** The book of scenarios as it is now, with levels of 950 and 990 per mille; undefined while there is none. */
  readonly book: (view: RiskView) => ScenarioBook | undefined
  /** Value at risk of a day at 95 %, as a share of equity (default 0.03). */
  readonly valueAtRisk?: number
  /** Expected shortfall of a day at 99 %, as a share of equity (default 0.08). */
  readonly expectedShortfall?: number
  /** Oldest data that is still believed, in milliseconds (default a day, its horizon). */
  readonly ageMs?: number
  /** Default `seed`: a limit above a seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = {
  valueAtRisk: seedFigures.valueAtRisk,
  expectedShortfall: seedFigures.expectedShortfall,
  ageMs: dayMs,
  ceilings: 'seed',
} as const

/**
 * Limits the value at risk at 95 % and the expected shortfall at 99 % of the portfolio with the order in it.
 *
 * Orders under way and unknown ones of its side and instrument count in full, those of the other side not at all, since what waits is no
 * hedge yet. Other instruments count at both ends of what orders under way may make of them. An order that is too much is tried at a half, a
 * quarter and an eighth, then refused with `VAR95` or `CVAR99`: bounded work on the order path. Without a book, on old data or where the
 * figures cannot be computed nothing new is risked: `RISK_UNAVAILABLE`. An order that lowers both figures passes. Exits pass. Where
 * `riskBacktest` knows of a yellow or red light, both figures count 1.2 times.
 *
 * @throws ConfigError for a limit outside (0, 1] or above its seed figure, an age that is no whole number, or an unknown option.
 * @example
 * tailRisk({ book: () => book }).name // => 'tailRisk(VaR95 3%, CVaR99 8%)'
 */
export function tailRisk(options: TailRiskOptions): RiskRule {
  checkOptionNames('tailRisk', options, ['book', ...Object.keys(defaults)])
  const { book, valueAtRisk, expectedShortfall, ageMs, ceilings } = { ...defaults, ...options }
  const { label: ordinary } = limitRatio('valueAtRisk', valueAtRisk, ceilings)
  const { label: extreme } = limitRatio('expectedShortfall', expectedShortfall, ceilings)
  checkCount('ageMs', ageMs, 366 * dayMs)
  const name = `tailRisk(VaR95 ${ordinary}, CVaR99 ${extreme})`
  const limits = { name, valueAtRisk, expectedShortfall, ageMs }
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const price = exposurePrice(order, view)
      const flaw = unusable(name, order, view, price)
      if (flaw) return { kind: 'refuse', reason: flaw }
      const scenarios = book(view)
      if (scenarios === undefined) return unavailable(name, 'a book of scenarios', 'there is none')
      const age = view.now - scenarios.asOf
      if (!(age <= ageMs)) return unavailable(name, `data of at most ${ageMs} ms`, `its data is ${age} ms old`)
      return measure(order, view, price, scenarios, limits)
    },
    use: (view) => tailUse(view, book(view), limits),
  }
}

/** The larger share in use of the two limits by positions as they are, orders under way left out. */
function tailUse(view: RiskView, book: ScenarioBook | undefined, limits: Limits): number {
  const held = Object.fromEntries(view.instruments.map(({ id }) => [id, positionValue(view, id)]))
  if (Object.values(held).every((value) => value === 0)) return 0
  if (book === undefined || !(view.now - book.asOf <= limits.ageMs) || book.hold(held)) return Number.NaN
  const tail = book.tail()
  if (tail.kind === 'unavailable' || !(view.equity > 0)) return Number.NaN
  const [var95, cvar99] = figuresOf(tail, view)
  return Math.max(var95 / limits.valueAtRisk, cvar99 / limits.expectedShortfall) / view.equity
}

function positionValue(view: RiskView, id: InstrumentId): number {
  const { quantity } = view.exposure(id)
  return quantity === 0 ? 0 : quantity * view.markPrice(id)
}

interface Limits {
  readonly name: string
  readonly valueAtRisk: number
  readonly expectedShortfall: number
  readonly ageMs: number
}

/** The verdict that holds wherever orders under way leave the other instruments. */
function measure(order: OrderRequest, view: RiskView, price: number, book: ScenarioBook, limits: Limits): Verdict {
  const instrument = view.instrument(order.instrument)
  const cases = worstExposures(view, order)
  let worst: Verdict = approve
  for (const exposures of cases) {
    const verdict = measureOne(order, view, price, book, exposures, limits)
    if (verdict.kind === 'refuse') return verdict
    if (verdict.kind === 'shrink' && (worst.kind !== 'shrink' || verdict.quantity < worst.quantity)) worst = verdict
  }
  if (worst.kind !== 'shrink' || cases.length === 1) return worst
  const smaller = { ...order, quantity: instrument.quantity(worst.quantity) }
  const fits = cases.every((held) => measureOne(smaller, view, price, book, held, limits).kind === 'approve')
  return fits ? worst : { kind: 'refuse', reason: worst.reason }
}

/** The verdict with given values of what is held. */
function measureOne(
  order: OrderRequest,
  view: RiskView,
  price: number,
  book: ScenarioBook,
  exposures: Exposures,
  limits: Limits,
): Verdict {
  const { name } = limits
  const held = book.hold(exposures)
  if (held) return unavailable(name, held.needed, `${held.code} ${held.got}`)
  const before = book.tail()
  if (before.kind === 'unavailable') return unavailable(name, before.needed, `${before.code} ${before.got}`)
  // The tail is lent: its figures are read before it is asked again.
  const [var95, cvar99] = figuresOf(before, view)
  const most = { var95: view.equity * limits.valueAtRisk, cvar99: view.equity * limits.expectedShortfall }
  const value = (order.side === 'buy' ? 1 : -1) * price * order.quantity
  const first = book.tail(order.instrument, value)
  if (first.kind === 'unavailable') return unavailable(name, first.needed, `${first.code} ${first.got}`)
  const [newVar95, newCvar99] = figuresOf(first, view)
  const isWithin = (tail: BookTail): boolean => {
    const [a, b] = figuresOf(tail, view)
    return (a <= most.var95 && b <= most.cvar99) || (a <= var95 && b <= cvar99)
  }
  if (isWithin(first)) return approve
  const byVar = newVar95 > most.var95
  const reason: RiskReason = {
    code: byVar ? 'VAR95' : 'CVAR99',
    rule: name,
    limit: String(byVar ? most.var95 : most.cvar99),
    got: String(byVar ? newVar95 : newCvar99),
    unit: 'quote',
  }
  const share = book.fit(order.instrument, value / 2, isWithin)
  const instrument = view.instrument(order.instrument)
  const quantity = typeof share === 'number' ? instrument.quantity((order.quantity / 2) * share) : 0
  return quantity > 0 ? { kind: 'shrink', quantity: instrument.quantity(quantity), reason } : { kind: 'refuse', reason }
}

function unavailable(rule: string, limit: string, got: string): Verdict {
  return { kind: 'refuse', reason: { code: 'RISK_UNAVAILABLE', rule, limit, got, unit: 'quote' } }
}

/** The two figures as the limits see them after a backtest. */
function figuresOf({ levels }: BookTail, view: RiskView): readonly [var95: number, cvar99: number] {
  const { multiplier } = backtestInForce(view)
  const at = (perMille: number) => levels.find((level) => level.confidencePerMille === perMille)
  return [(at(950)?.valueAtRisk ?? Number.NaN) * multiplier, (at(990)?.expectedShortfall ?? Number.NaN) * multiplier]
}

/**
 * Signed values of all instruments, once for each way in which orders under way may leave them: the order's own as far to its side as they
 * may take it, the others all as far long, all as far short, and each one against the rest. That is every corner for up to three
 * instruments with orders under way. Positions of several strategies are netted, as the account holds them.
 */
function worstExposures(view: RiskView, order: OrderRequest): readonly Exposures[] {
  const longs: Record<string, number> = {}
  const shorts: Record<string, number> = {}
  const open: string[] = []
  for (const instrument of view.instruments) {
    let [most, least] = [0, 0]
    for (const strategy of view.strategies) {
      const { long, short } = worstCase(view.exposure(instrument.id, strategy), instrument)
      most += long
      least -= short
    }
    if (instrument.id === order.instrument) [most, least] = order.side === 'buy' ? [most, most] : [least, least]
    const worthOf = (points: number): number =>
      points === 0 ? 0 : (points / instrument.lot.scale) * view.markPrice(instrument.id)
    longs[instrument.id] = worthOf(most)
    shorts[instrument.id] = worthOf(least)
    if (most !== least) open.push(instrument.id)
  }
  if (open.length === 0) return [longs]
  const corners = [longs, shorts]
  if (open.length === 1) return corners
  for (const id of open) corners.push({ ...longs, [id]: shorts[id]! })
  if (open.length > 2) for (const id of open) corners.push({ ...shorts, [id]: longs[id]! })
  return corners
}
