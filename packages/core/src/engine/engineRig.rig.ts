import type { Command } from '../command.js'
import type { EngineOptions, StrategyAllocation } from '../engine.js'
import { invariant } from '../errors.js'
import type { ControlEvent, Event, OrderRejected, OrderUpdate } from '../events.js'
import type { Fill, Liquidity } from '../fill.js'
import { defineInstrument, type Instrument } from '../instrument.js'
import { booksOf } from '../ledger.js'
import { money } from '../money.js'
import { isTerminal, type OrderId, type OrderRequest, orderId } from '../order.js'
import { defineStrategy, type PositionView, type Strategy, type View, type Wish } from '../strategy.js'
import { type Timestamp, timestamp } from '../time.js'
import { createKernel } from './createKernel.js'
import type { Kernel } from './kernel.js'

/** Instruments with one unit as tick and lot. */
export const a: Instrument = defineInstrument({ id: 'A.sim', tick: '1', lot: '1' })
export const b: Instrument = defineInstrument({ id: 'B.sim', tick: '1', lot: '1' })
/** Noon, so that a minute's step does not cross a day. */
export const noon: Timestamp = timestamp('2024-01-02T12:00:00Z')

type Distribute<T> = T extends unknown ? Omit<T, 'time'> : never

/** What a rig takes; the strategies do what the test tells them to. */
export interface RigOptions extends Partial<Omit<EngineOptions, 'strategies' | 'observer'>> {
  /** Names and allocations (default `{ one: 1 }`). */
  readonly strategies?: Readonly<Record<string, number>>
  readonly hooks?: Strategy
  readonly observer?: EngineOptions['observer']
}

/** An engine that a test feeds by hand, one event a minute; each step checks that the engine's books agree with its orders. */
export interface EngineRig {
  readonly kernel: Kernel
  /** What the engine reported: refusals by code, trips, faults. */
  readonly heard: string[]
  /** Steps a bar at a price; strategies answer with their wishes. */
  bar(price: number, wishes?: Wish | Readonly<Record<string, Wish>>, instrument?: Instrument): readonly string[]
  /** Steps a bar with a range. */
  range(prices: readonly [number, number, number, number], wishes?: Wish): readonly string[]
  /** A fact about the n-th order. */
  say(n: number, kind: OrderUpdate['kind'] | 'rejected'): readonly string[]
  /** A fill of the n-th order; what is left out is taken from the order. */
  fill(n: number, fill: Partial<FilledAs>): readonly string[]
  /** Any event at the present time. */
  step(event: Distribute<ControlEvent> | Distribute<Exclude<Event, ControlEvent>>): readonly string[]
  /** Moves the clock. */
  wait(ms: number): void
  position(strategy?: string, instrument?: Instrument): PositionView
  order(n: number): OrderRequest | undefined
  view(strategy?: string): View
}

/** A fill in numbers. */
export interface FilledAs {
  readonly price: number
  readonly quantity: number
  readonly trade: string
  readonly fee: string
  readonly side: 'buy' | 'sell'
  readonly instrument: Instrument
  readonly liquidity: Liquidity
}

/** The n-th order of epoch 1. */
export const nth = (n: number): OrderId => orderId(1, n)
const numberOf = (id: OrderId): number => id - orderId(1, 0)

/** Makes a rig. */
export function createEngineRig(options: RigOptions = {}): EngineRig {
  const { strategies = { one: 1 }, hooks = {}, observer = {}, ...rest } = options
  const wishes = new Map<string, Wish>()
  const heard: string[] = []
  const list: StrategyAllocation[] = Object.entries(strategies).map(([name, allocation]) => ({
    allocation,
    strategy: defineStrategy({
      name,
      params: {},
      create: () => ({
        ...hooks,
        onBar() {
          const wish = wishes.get(name)
          wishes.delete(name)
          return wish
        },
      }),
    }),
  }))
  const kernel = createKernel({
    instruments: [a, b],
    cash: '10000',
    ...rest,
    strategies: list,
    observer: { ...listener(heard), ...observer },
  })
  let now = noon
  let trades = 0
  const step = (event: Event): readonly string[] => {
    const commands = kernel.step(event)
    checkState(kernel)
    return commands.map((command) => commandLine(command, numberOf))
  }
  step({ kind: 'started', time: now, run: 'rig', epoch: 1 })
  const order = (n: number): OrderRequest | undefined =>
    (kernel.orders.get(nth(n)) ?? kernel.endedOrders.find(({ request }) => request.id === nth(n)))?.request
  const bar = (
    instrument: Instrument,
    [open, high, low, close]: readonly [number, number, number, number],
    wish: Wish | Readonly<Record<string, Wish>>,
  ): readonly string[] => {
    now = (now + 60_000) as Timestamp
    if (isWish(wish)) wishes.set('one', wish)
    else for (const [name, one] of Object.entries(wish)) wishes.set(name, one)
    return step({ kind: 'bar', instrument: instrument.id, time: now, open, high, low, close, volume: 1000 })
  }
  return {
    kernel,
    heard,
    bar: (price, wish, instrument = a) => bar(instrument, [price, price, price, price], wish),
    range: (prices, wish) => bar(a, prices, wish),
    say: (n, kind) =>
      step(
        kind === 'rejected'
          ? ({ kind, orderId: nth(n), time: now, reason: 'TEST' } satisfies OrderRejected)
          : ({ kind, orderId: nth(n), time: now } satisfies OrderUpdate),
      ),
    fill(n, given) {
      trades++
      const known = order(n)
      const { instrument = known === undefined ? a : kernel.slotOf.get(known.instrument)!.instrument } = given
      const { price = 100, fee = '0', trade = `t${trades}`, liquidity = 'taker' } = given
      const { quantity = known?.quantity ?? 1, side = known?.side ?? 'buy' } = given
      return step({
        kind: 'filled',
        instrument: instrument.id,
        time: now,
        orderId: nth(n),
        tradeId: trade,
        side,
        price: instrument.price(price, 'nearest'),
        quantity: instrument.quantity(quantity),
        fee: money(fee),
        liquidity,
      } satisfies Fill)
    },
    step: (event) => step({ ...event, time: now } as Event),
    wait(ms) {
      now = (now + ms) as Timestamp
    },
    position: (strategy = 'one', instrument = a) =>
      kernel.strategies.find(({ name }) => name === strategy)!.view.position(instrument.id),
    order,
    view: (strategy = 'one') => kernel.strategies.find(({ name }) => name === strategy)!.view,
  }
}

function isWish(wish: Wish | Readonly<Record<string, Wish>>): wish is Wish {
  return wish === undefined || Array.isArray(wish) || 'kind' in wish
}

function listener(heard: string[]): NonNullable<EngineOptions['observer']> {
  return {
    onRefused: ({ reason }) => heard.push(`refused ${reason.code}`),
    onShrunk: ({ code }) => heard.push(`shrunk ${code}`),
    onTrip: ({ mode, reason }) => heard.push(`trip ${reason.code} ${mode}`),
    onTripEnd: (code) => heard.push(`end ${code}`),
    onFault: (message) => heard.push(`fault ${message}`),
  }
}

/** A command in a line: `place 1 buy 10 market`, `place 2 sell 10 stop exit trigger 95`, `amend 2 …`, `cancel 2`. */
export function commandLine(command: Command, number: (id: OrderId) => number): string {
  if (command.kind === 'cancel') return `cancel ${number(command.orderId)}`
  const { id, side, quantity, type, reduceOnly, limit, trigger, timeInForce, instrument } = command.approved.order
  const parts: (string | number)[] = [command.kind, number(id), side, quantity, type]
  if (instrument !== a.id) parts.push(instrument)
  if (reduceOnly) parts.push('exit')
  if (limit !== undefined) parts.push('limit', limit)
  if (trigger !== undefined) parts.push('trigger', trigger)
  if (timeInForce !== 'gtc') parts.push(timeInForce)
  return parts.join(' ')
}

/** Asserts what is always true of an engine: books balance, positions add up, and just the open orders are reserved. */
export function checkState(kernel: Kernel): void {
  const { cash, cost, deposits, realised, fees } = booksOf(kernel.ledger)
  invariant(cash + cost === deposits + realised - fees, 'The books do not balance.')
  for (const slot of kernel.slots) {
    const books = kernel.strategies.map((state) => state.books[slot.index]!)
    const own = kernel.orders.list.filter(({ book }) => book.slot === slot)
    const sum = (wanted: (record: (typeof own)[number]) => boolean): number =>
      own.reduce((total, record) => (wanted(record) ? total + record.remaining : total), 0)
    const text = JSON.stringify(own.map(({ request, remaining, state }) => [request.type, remaining, state]))
    invariant(books.reduce((total, book) => total + book.points, 0) === slot.points, 'Positions do not add up.')
    invariant(kernel.held.includes(slot) === (slot.points !== 0), `Slot ${slot.index} is held wrongly.`)
    invariant(kernel.quantities[slot.index] === slot.points / slot.instrument.lot.scale, 'A quantity is stale.')
    const entry = ({ request }: (typeof own)[number]): boolean => !request.reduceOnly
    const buys = sum((record) => entry(record) && record.direction > 0)
    const sells = sum((record) => entry(record) && record.direction < 0)
    const exits = sum(
      ({ request: { reduceOnly, type } }) => reduceOnly && (type === 'market' || type === 'marketToLimit'),
    )
    invariant(slot.pendingBuy === buys, `"${slot.pendingBuy}" is reserved to buy, orders say "${buys}": ${text}`)
    invariant(slot.pendingSell === sells, `"${slot.pendingSell}" is reserved to sell, orders say "${sells}": ${text}`)
    invariant(slot.pendingExit === exits, `"${slot.pendingExit}" is reserved to exit, orders say "${exits}": ${text}`)
    const unknown = own.filter(({ state }) => state === 'unknown').length
    invariant(slot.unknown === unknown, `"${slot.unknown}" orders are unknown, not "${unknown}".`)
    for (const { state, remaining } of own) {
      invariant(!isTerminal(state) && remaining >= 0, `An order that ended is under way: "${state}", "${remaining}".`)
    }
  }
}
