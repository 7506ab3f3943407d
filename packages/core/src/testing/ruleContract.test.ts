import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { approve, type RiskReason, type RiskRule, type RiskView } from '../risk.js'
import { orderRequestOf } from './orderRequestOf.js'
import { riskViewOf } from './riskViewOf.js'
import { type RuleContractOptions, ruleContract } from './ruleContract.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const reason: RiskReason = { code: 'HALF', rule: 'halfLot', limit: '1', got: '2', unit: 'base' }

/** A correct rule: at most seven lots an entry, and only while equity is a number. */
const sevenLots: RiskRule = {
  name: 'halfLot',
  check(order, view) {
    if (order.reduceOnly) return approve
    if (!Number.isFinite(view.equity) || !(order.quantity > 0)) return { kind: 'refuse', reason }
    if (order.quantity <= 0.007) return approve
    return { kind: 'shrink', quantity: view.instrument(btc.id).quantity(0.007), reason }
  },
}

const rule = (check: RiskRule['check'], rest: Partial<RiskRule> = {}): RiskRule => ({ ...sevenLots, ...rest, check })
const failures = (create: () => RiskRule, options: Partial<RuleContractOptions> = {}): string[] =>
  ruleContract({ create, instrument: btc, ...options }).flatMap((check) => {
    try {
      check.run()
      return []
    } catch (error) {
      return [`${check.name}: ${(error as Error).message}`]
    }
  })

describe('ruleContract', () => {
  it('passes a rule that keeps it', () => {
    expect(failures(() => sevenLots)).toEqual([])
  })

  it('finds a rule that grows an order', () => {
    const grows = rule((order) => ({ kind: 'shrink', quantity: btc.quantity(order.quantity + 0.001), reason }))
    expect(failures(() => grows).join()).toContain(
      'never grows an order and keeps it on the lot grid: halfLot shrank "0.001" to "0.002".',
    )
  })

  it('finds a rule that shrinks to nothing or off the grid', () => {
    const nothing = rule(() => ({ kind: 'shrink', quantity: btc.quantity(0), reason }))
    expect(failures(() => nothing).join()).toContain('shrank to "0" instead of refusing')
    const fine = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.0001' })
    const off = rule(() => ({ kind: 'shrink', quantity: fine.quantity(0.0001), reason }))
    expect(failures(() => off).join()).toContain('shrank to "0.0001", off the lot grid')
  })

  it('finds a rule that does not accept its own answer', () => {
    const halves = rule((order) => {
      const quantity = btc.quantity(order.quantity / 2)
      return quantity > 0 ? { kind: 'shrink', quantity, reason } : { kind: 'refuse', reason }
    })
    expect(failures(() => halves).join()).toContain(
      'approves what it has shrunk: halfLot shrank to "0.003" and then said',
    )
  })

  it('finds a rule that holds an exit, unless it says that it checks them', () => {
    const holds = rule(() => ({ kind: 'refuse', reason }))
    expect(failures(() => holds).join()).toContain('lets exits pass: halfLot holds an exit of "0.001"')
    expect(failures(() => holds, { exits: 'checked' })).toEqual([])
  })

  it('finds a rule that takes NaN for a number, unless it reads no figure', () => {
    const careless = rule((order, view) =>
      view.equity < 0 && !order.reduceOnly ? { kind: 'refuse', reason } : approve,
    )
    expect(failures(() => careless).join()).toContain('although every figure is NaN')
    expect(failures(() => careless, { notFinite: 'unread' })).toEqual([])
  })

  it('finds a rule that throws', () => {
    const throws = rule((order, view) => {
      btc.price(view.mark(order.instrument)?.price ?? 1, 'up')
      return sevenLots.check(order, view)
    })
    expect(failures(() => throws).join()).toContain('never throws: halfLot threw InvariantError')
  })

  it('finds a rule with a memory', () => {
    let calls = 0
    const forgets = rule((order, view) => (calls++ % 7 === 0 ? approve : sevenLots.check(order, view)))
    expect(failures(() => forgets).join()).toContain('gives the same verdict for the same order and view')
    let watched = 0
    const trip = (view: RiskView) =>
      ({ mode: 'halted', until: 'operator', flatten: false, reason: { ...reason, got: String(view.equity) } }) as const
    const wakes = rule(sevenLots.check, { watch: (view) => (watched++ > 40 ? trip(view) : undefined) })
    expect(failures(() => wakes).join()).toContain('halfLot watched nothing and later {"mode":"halted"')
  })

  it('finds a rule that never speaks, and takes the cases in which it does', () => {
    const picky = rule((order, view) =>
      order.strategy === 'odd'
        ? { kind: 'refuse', reason }
        : order.reduceOnly || Number.isFinite(view.equity)
          ? approve
          : { kind: 'refuse', reason },
    )
    expect(failures(() => picky)).toEqual([expect.stringContaining('give `cases` in which it speaks')])
    const view = riskViewOf({ instruments: [btc] })
    const odd = orderRequestOf({ instrument: btc, strategy: 'odd' })
    const cases = [{ order: odd, view }]
    expect(failures(() => picky, { cases, exits: 'checked' })).toEqual([])
  })

  it('finds a reason that is incomplete or signed by another', () => {
    const refuse = (bad: Partial<RiskReason>) =>
      rule((order) => (order.reduceOnly ? approve : { kind: 'refuse', reason: { ...reason, ...bad } }))
    expect(failures(() => refuse({ code: 'half' })).join()).toContain('Code "half" of halfLot is not UPPER_SNAKE_CASE.')
    expect(failures(() => refuse({ rule: 'other' })).join()).toContain('halfLot signs its reason as "other".')
    expect(failures(() => refuse({ got: '' })).join()).toContain('halfLot leaves figures out')
    expect(failures(() => rule(sevenLots.check, { name: '' })).join()).toContain('The rule has no name.')
  })

  it('finds a trip that ends before it begins', () => {
    const watch = (view: RiskView) => ({ mode: 'reduceOnly', until: view.now, flatten: false, reason }) as const
    expect(failures(() => rule(sevenLots.check, { watch })).join()).toContain('halfLot tripped at')
  })
})
