import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booksOf } from '../ledger.js'
import { createRandom } from '../random.js'
import { amend, buy, cancel, type Intent, type OrderOptions, sell, target } from '../strategy.js'
import { a, b, createEngineRig, type EngineRig, nth } from './engineRig.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 60)
const strategies = { one: 0.5, two: 0.5 }

/** An engine under random wishes and random facts about its orders, in any order that a venue could invent and some more. */
function ordeal(seed: number, steps: number, options: Parameters<typeof createEngineRig>[0] = {}) {
  const random = createRandom(seed).stream('ordeal')
  const draw = (count: number): number => Math.floor(random.uniform() * count)
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)]!
  const rig = createEngineRig({ strategies, endedKept: 1_000, ...options })
  const counts = { fills: 0, late: 0, unknown: 0, repeats: 0 }
  const lines: string[] = []
  let issued = 0
  let cash = 10_000n
  const held = new Map<string, bigint>()
  const told = new Map<string, readonly [number, { price: number; quantity: number; trade: string; fee: string }]>()
  const take = (commands: readonly string[]): void => {
    lines.push(...commands)
    issued += commands.filter((line) => line.startsWith('place')).length
  }
  const fill = (n: number): void => {
    const order = rig.order(n)
    if (order === undefined) return
    const record = rig.kernel.orders.get(nth(n))
    const repeated = told.size > 0 && draw(5) === 0
    if (repeated) {
      const [again, as] = pick([...told.values()])
      counts.repeats++
      take(rig.fill(again, as))
      return
    }
    if (record === undefined) counts.late++
    const quantity = 1 + draw(Math.max(1, record?.remaining ?? 3))
    const as = { price: 90 + draw(20), quantity, trade: `${n}-${told.size}`, fee: String(draw(3)) }
    told.set(as.trade, [n, as])
    counts.fills++
    const sign = order.side === 'buy' ? 1n : -1n
    cash -= sign * BigInt(as.price) * BigInt(quantity) + BigInt(as.fee)
    const key = `${order.strategy} ${order.instrument}`
    held.set(key, (held.get(key) ?? 0n) + sign * BigInt(quantity))
    take(rig.fill(n, as))
  }
  const acts = [
    () => take(rig.bar(90 + draw(20), { one: wish(draw, rig), two: wish(draw, rig) }, pick([a, b]))),
    () => fill(1 + draw(rig.kernel.orderCount)),
    () => fill(rig.kernel.orders.list.at(-1 - draw(3))?.request.id ? numberOf(rig, draw) : 1),
    () => {
      const kind = pick([
        'sent',
        'accepted',
        'triggered',
        'amended',
        'canceled',
        'expired',
        'unknown',
        'absent',
        'rejected',
      ] as const)
      if (kind === 'unknown') counts.unknown++
      take(rig.say(1 + draw(rig.kernel.orderCount), kind))
    },
  ]
  for (let step = 0; step < steps; step++) pick(acts)()
  return { rig, counts, lines, cash, held, issued }
}

function numberOf(rig: EngineRig, draw: (count: number) => number): number {
  const { list } = rig.kernel.orders
  return list[draw(list.length)]!.request.id - nth(0)
}

function wish(draw: (count: number) => number, rig: EngineRig): readonly Intent[] {
  const { id } = [a, b][draw(2)]!
  const side = [buy, sell][draw(2)]!
  const quantity = 1 + draw(20)
  const kinds: readonly (() => OrderOptions)[] = [
    () => ({}),
    () => ({ limit: 90 + draw(20), postOnly: true }),
    () => ({ type: 'stop', trigger: 90 + draw(20), reduceOnly: true }),
    () => ({ reduceOnly: true }),
    () => ({ closePosition: true }),
    () => ({ stop: 50 + draw(100), group: { kind: draw(2) ? 'oco' : 'ouo', name: `g${draw(2)}` } }),
    () => ({ afterFill: [sell(id, quantity, { limit: 120, reduceOnly: true })] }),
  ]
  switch (draw(6)) {
    case 0:
      return []
    case 1:
      return [target(id, (draw(21) - 10) / 10, draw(2) ? { stop: 50 + draw(100) } : {})]
    case 2:
      return [cancel(nth(1 + draw(rig.kernel.orderCount)))]
    case 3:
      return [amend(nth(1 + draw(rig.kernel.orderCount)), { quantity: 1 + draw(20) })]
    default:
      return [side(id, quantity, kinds[draw(kinds.length)]!())]
  }
}

describe('an engine under any life cycle of its orders', () => {
  it('keeps its books, positions and reservations in agreement, and counts as an independent book-keeper does', () => {
    const sum = { fills: 0, late: 0, unknown: 0, repeats: 0 }
    let faults = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { rig, counts, cash, held } = ordeal(seed, 200)
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key]
        faults += rig.heard.filter((line) => line.startsWith('fault')).length
        expect(booksOf(rig.kernel.ledger).cash).toBe(cash * 10n ** 18n)
        for (const strategy of Object.keys(strategies)) {
          for (const instrument of [a, b]) {
            const quantity = held.get(`${strategy} ${instrument.id}`) ?? 0n
            expect(BigInt(rig.position(strategy, instrument).quantity)).toBe(quantity)
          }
        }
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(sum)) expect(count, kind).toBeGreaterThan(numRuns)
    expect(faults).toBeGreaterThan(0)
  })

  it('asks for the same things again when it hears the same facts again', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(ordeal(seed, 100).lines).toEqual(ordeal(seed, 100).lines)
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
  })

  it('asks for the same things whether somebody listens or not', () => {
    const silent = {
      onFill: undefined,
      onRefused: undefined,
      onShrunk: undefined,
      onTrip: undefined,
      onTripEnd: undefined,
      onFault: undefined,
    }
    const rows = { length: 0, time: new Float64Array(0), equity: new Float64Array(0), exposed: 0 }
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const deaf = ordeal(seed, 100, { observer: silent as never })
        expect(deaf.rig.heard).toEqual([])
        expect(ordeal(seed, 100, { observer: { rows } }).lines).toEqual(deaf.lines)
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
    expect(rows.length).toBeGreaterThan(0)
  })

  it('finds a reservation that is off by one lot', () => {
    const { rig } = ordeal(1, 50)
    rig.kernel.slots[0]!.pendingBuy++
    expect(() => rig.bar(100)).toThrow('is reserved to buy')
  })
})
