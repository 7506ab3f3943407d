import { invariant } from '../errors.js'
import type { Instrument } from '../instrument.js'
import type { OrderRequest } from '../order.js'
import type { RiskReason, RiskRule, RiskView, Verdict } from '../risk.js'
import { timestamp } from '../time.js'
import type { ContractCheck } from './contractCheck.js'
import { orderRequestOf } from './orderRequestOf.js'
import { riskViewOf } from './riskViewOf.js'

/** An order and what the account looks like when it is reviewed. */
export interface RuleCase {
  readonly order: OrderRequest
  readonly view: RiskView
}

/** What `ruleContract` takes. */
export interface RuleContractOptions {
  /** Makes the rule under test, fresh each time. */
  create(): RiskRule
  /** Any instrument; its grids are used. */
  readonly instrument: Instrument
  /** `pass` (default) for a rule that stops new risk; `checked` for one that must look at exits too. */
  readonly exits?: 'pass' | 'checked'
  /** What a figure that is not a number leads to: `refuse` (default), or `unread` for a rule that reads none. */
  readonly notFinite?: 'refuse' | 'unread'
  /** Situations in which the rule speaks, where the built-in grid of account states does not make it. */
  readonly cases?: readonly RuleCase[]
}

/**
 * The contract of a risk rule as named checks for any test runner: it never grows an order, lets exits pass, refuses what is
 * not a number, never throws, and is pure.
 *
 * Each check runs the rule over a grid of orders and account states and over `cases`. Boundaries are the rule's own tests.
 *
 * @example
 * const checks = ruleContract({ create: () => dailyLoss({ limit: 0.03 }), instrument: btc })
 * for (const check of checks) it(check.name, () => check.run())
 */
export function ruleContract(options: RuleContractOptions): readonly ContractCheck[] {
  const { create, instrument, exits = 'pass', notFinite = 'refuse', cases = [] } = options
  const all = [...gridOf(instrument), ...cases]
  const checks: ContractCheck[] = [
    { name: 'never grows an order and keeps it on the lot grid', run: () => neverGrows(create, all) },
    { name: 'approves what it has shrunk', run: () => settles(create, all) },
    {
      name: 'gives the same verdict for the same order and view, whatever came between',
      run: () => isPure(create, all),
    },
    { name: 'says why in full', run: () => explains(create, all) },
    { name: 'speaks in at least one case', run: () => speaks(create, all) },
    { name: 'approves what its first look clears', run: () => looksRight(create, all) },
    { name: 'never throws', run: () => neverThrows(create, [...all, ...hostile(instrument, all)]) },
  ]
  if (exits === 'pass') checks.push({ name: 'lets exits pass', run: () => exitsPass(create, instrument, all) })
  if (notFinite === 'refuse') {
    checks.push({ name: 'refuses an entry when a figure is not a number', run: () => refusesNaN(create, all) })
  }
  return checks
}

function neverGrows(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of cases) {
    const verdict = rule.check(order, view)
    if (verdict.kind !== 'shrink') continue
    const { quantity } = verdict
    invariant(quantity < order.quantity, `${rule.name} shrank "${order.quantity}" to "${quantity}".`)
    invariant(quantity > 0, `${rule.name} shrank to "${quantity}" instead of refusing.`)
    const onGrid = view.instrument(order.instrument).quantity(quantity)
    invariant(onGrid === quantity, `${rule.name} shrank to "${quantity}", off the lot grid.`)
  }
}

function settles(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of cases) {
    const first = rule.check(order, view)
    if (first.kind !== 'shrink') continue
    const second = rule.check({ ...order, quantity: first.quantity }, view)
    invariant(second.kind === 'approve', `${rule.name} shrank to "${first.quantity}" and then said ${text(second)}.`)
  }
}

function isPure(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  const first = cases.map(({ order, view }) => text(rule.check(Object.freeze({ ...order }), view)))
  const trips = cases.map(({ view }) => text(rule.watch?.(view)))
  for (const [index, { order, view }] of [...cases.entries()].reverse()) {
    for (const asked of [rule, create()]) {
      const verdict = text(asked.check(order, view))
      invariant(verdict === first[index], `${rule.name} said ${first[index]} and later ${verdict}.`)
      const trip = text(asked.watch?.(view))
      invariant(trip === trips[index], `${rule.name} watched ${trips[index]} and later ${trip}.`)
    }
  }
}

function explains(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  invariant(rule.name.length > 0, 'The rule has no name.')
  for (const { order, view } of cases) {
    const verdict = rule.check(order, view)
    if (verdict.kind !== 'approve') checkReason(rule, verdict.reason)
    const trip = rule.watch?.(view)
    if (!trip) continue
    checkReason(rule, trip.reason)
    const ends = trip.until === 'operator' || trip.until > view.now
    invariant(ends, `${rule.name} tripped at ${view.now} until ${trip.until}.`)
  }
}

function checkReason(rule: RiskRule, reason: RiskReason): void {
  invariant(/^[A-Z][A-Z0-9_]*$/.test(reason.code), `Code "${reason.code}" of ${rule.name} is not UPPER_SNAKE_CASE.`)
  invariant(reason.rule === rule.name, `${rule.name} signs its reason as "${reason.rule}".`)
  invariant(reason.limit.length > 0 && reason.got.length > 0, `${rule.name} leaves figures out: ${text(reason)}.`)
}

function looksRight(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of cases) {
    if (!rule.firstLook?.clears(order, view)) continue
    const verdict = rule.check(order, view)
    invariant(verdict.kind === 'approve', `The first look of ${rule.name} clears what it says ${text(verdict)} to.`)
  }
}

function speaks(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  const silent = cases.every(({ order, view }) => rule.check(order, view).kind === 'approve')
  invariant(!silent, `${rule.name} approved all ${cases.length} cases: give \`cases\` in which it speaks.`)
}

function neverThrows(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of cases) {
    try {
      rule.check(order, view)
      rule.watch?.(view)
    } catch (error) {
      invariant(false, `${rule.name} threw ${String(error)} at quantity "${order.quantity}", equity "${view.equity}".`)
    }
  }
}

function exitsPass(create: () => RiskRule, instrument: Instrument, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of [...cases, ...hostile(instrument, cases)]) {
    for (const exit of [
      { ...order, reduceOnly: true },
      { ...order, reduceOnly: true, closePosition: true },
    ]) {
      const verdict = rule.check(exit, view)
      invariant(verdict.kind === 'approve', `${rule.name} holds an exit of "${order.quantity}": ${text(verdict)}.`)
    }
  }
}

function refusesNaN(create: () => RiskRule, cases: readonly RuleCase[]): void {
  const rule = create()
  for (const { order, view } of cases) {
    for (const figure of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const market: OrderRequest = { ...order, type: 'market', limit: undefined, trigger: undefined }
      const verdict = rule.check(market, poisoned(view, figure))
      invariant(verdict.kind === 'refuse', `${rule.name} said ${text(verdict)} although every figure is ${figure}.`)
    }
  }
}

function poisoned(view: RiskView, figure: number): RiskView {
  return {
    ...view,
    equity: figure,
    highWaterMarkNear: figure,
    dayStartNear: figure,
    grossExposure: figure,
    worstPoints: () => figure,
    freeCash: figure,
    lossToStops: () => figure,
    markAgeMs: () => figure,
    exposure: () => ({ quantity: figure, pendingBuy: figure, pendingSell: figure, pendingExit: figure }),
    markPrice: () => figure,
    mark: () => ({ price: figure, ageMs: figure }),
  }
}

/** Orders of all sizes and kinds in account states around the usual limits, with and without a price. */
function gridOf(instrument: Instrument): readonly RuleCase[] {
  const tick = instrument.tick.size
  const marks = [tick, 100 * tick, 65_000 * tick]
  const lots = [1, 7, 1_000, 123_457, 1_000_000_000]
  const cases: RuleCase[] = []
  for (const mark of marks) {
    const views = viewsOf(instrument, mark)
    for (const count of lots) {
      const quantity = count * instrument.lot.size
      for (const side of ['buy', 'sell'] as const) {
        const orders = [
          orderRequestOf({ instrument, side, quantity }),
          orderRequestOf({ instrument, side, quantity, type: 'limit', limit: mark }),
          orderRequestOf({ instrument, side, quantity, type: 'stop', trigger: 2 * mark }),
        ]
        for (const order of orders) for (const view of views) cases.push({ order, view })
      }
    }
  }
  return cases
}

function viewsOf(instrument: Instrument, mark: number): readonly RiskView[] {
  const states = [
    { equity: '10000', highWaterMark: '10000', dayStart: '10000' },
    { equity: '9800', highWaterMark: '10000', dayStart: '10000' },
    { equity: '9700', highWaterMark: '10000', dayStart: '10000' },
    { equity: '9000', highWaterMark: '10000', dayStart: '9100' },
    { equity: '100', highWaterMark: '1000', dayStart: '1000' },
    { equity: '0', highWaterMark: '10000', dayStart: '10000' },
    { equity: '-500', highWaterMark: '10000', dayStart: '-400' },
  ]
  const views = states.map((state) =>
    riskViewOf({ instruments: [instrument], marks: { [instrument.id]: mark }, ...state }),
  )
  return [...views, riskViewOf({ instruments: [instrument], now: timestamp('2020-02-29T23:59:59.999Z') })]
}

/** What should never arrive, and still must not bring a rule down. */
function hostile(instrument: Instrument, cases: readonly RuleCase[]): readonly RuleCase[] {
  const { NaN: nan, POSITIVE_INFINITY: infinity, MAX_VALUE: huge } = Number
  const [order, view] = [orderRequestOf({ instrument }), riskViewOf({ instruments: [instrument] })]
  const views = [nan, infinity, -infinity, huge, -1, 0].flatMap((figure) => [
    poisoned(view, figure),
    { ...view, markPrice: () => figure, mark: () => ({ price: figure, ageMs: 0 }) },
  ])
  const orders = [nan, infinity, huge, -1, 0].flatMap((figure): OrderRequest[] => [
    { ...order, quantity: figure } as OrderRequest,
    { ...order, type: 'limit', limit: figure } as OrderRequest,
    { ...order, type: 'stop', trigger: figure } as OrderRequest,
  ])
  const known = cases[0]?.view ?? view
  return [
    ...views.map((bad) => ({ order, view: bad })),
    ...orders.flatMap((bad) => [known, view, ...views].map((each) => ({ order: bad, view: each }))),
  ]
}

/** The sentence of a verdict or trip, with big numbers as text. */
function text(value: Verdict | object | undefined): string {
  return JSON.stringify(value) ?? 'nothing'
}
