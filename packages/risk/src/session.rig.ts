import {
  type Bar,
  type Command,
  createEngine,
  defineInstrument,
  defineStrategy,
  type Engine,
  type Event,
  type JournalEntry,
  type JournalEvent,
  type Money,
  money,
  type OrderRequest,
  type RiskRule,
  replay,
  type Timestamp,
  timestamp,
  type Wish,
} from '@astertrade/core'

/** Instruments of a session, with one unit as tick and a thousandth as lot. */
export const markets = ['A.one', 'B.one', 'C.two'].map((id) => defineInstrument({ id, tick: '0.01', lot: '0.001' }))

/** An order as an outsider follows it: what was asked for, and what has come of it. */
export interface Followed {
  readonly order: OrderRequest
  remaining: number
  filled: number
  isUnknown: boolean
}

/** A session with a book-keeper of its own beside the engine, and a journal from which it can be started again. */
export interface Session {
  engine: Engine
  now: Timestamp
  readonly open: Followed[]
  readonly held: Map<string, number>
  readonly journal: JournalEntry[]
  /** Entry orders that the last step placed. */
  placed: OrderRequest[]
  /** Steps a bar; strategies answer it with a wish. */
  bar(market: number, price: number, wish?: Wish): void
  step(event: Event): void
  fill(order: Followed, quantity: number, price: number): void
  wait(ms: number): void
  /** Makes a new engine from the journal and goes on with it; answers the first difference. */
  restart(): string | undefined
}

const start = timestamp('2024-01-02T12:00:00Z')

/** Starts a session with rules, entries getting a stop of 5 % where they name none. */
export function createSession(rules: () => readonly RiskRule[], cash = '10000'): Session {
  const wishes = new Map<number, Wish>()
  const bars: Bar[] = []
  const strategy = defineStrategy({
    name: 'script',
    params: {},
    create: () => ({ onBar: (bar) => wishes.get(bar.time) }),
  })
  const makeEngine = (): Engine =>
    createEngine({
      instruments: markets,
      strategies: [{ strategy, allocation: 1 }],
      cash,
      rules: rules(),
      defaultStop: { kind: 'fraction', ratio: 0.05 },
    })
  let trades = 0
  const write = (
    content:
      | { kind: 'event'; event: JournalEvent }
      | { kind: 'market'; dataset: string; from: number; to: number; digest: string }
      | { kind: 'command'; cause: number; command: Command },
  ): void => {
    const base = { seq: session.journal.length + 1, epoch: 1, seenAt: session.now }
    if (content.kind !== 'command') session.journal.push({ ...base, ...content })
    else {
      const { command, cause } = content
      const data = command.kind === 'cancel' ? command : { kind: command.kind, order: command.approved.order }
      session.journal.push({ ...base, kind: 'command', cause, command: data })
    }
  }
  const take = (commands: readonly Command[]): void => {
    const cause = session.journal.length
    for (const command of commands) {
      write({ kind: 'command', cause, command })
      if (command.kind === 'cancel') continue
      const { order } = command.approved
      if (command.kind === 'amend') {
        // Until the venue has answered, the larger of both may fill.
        const known = session.open.find((followed) => followed.order.id === order.id)!
        if (!order.reduceOnly) known.remaining = Math.max(known.remaining, round(order.quantity - known.filled))
        continue
      }
      session.open.push({ order, remaining: order.quantity, filled: 0, isUnknown: false })
      if (!order.reduceOnly) session.placed.push(order)
    }
  }
  const session: Session = {
    engine: makeEngine(),
    now: start,
    open: [],
    held: new Map(),
    journal: [],
    placed: [],
    bar(market, price, wish) {
      session.now = timestamp(session.now + 60_000)
      if (wish !== undefined) wishes.set(session.now, wish)
      const { id } = markets[market]!
      const bar: Bar = {
        kind: 'bar',
        instrument: id,
        time: session.now,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: 1,
      }
      write({ kind: 'market', dataset: 'script', from: bars.length, to: bars.length + 1, digest: 'script' })
      bars.push(bar)
      session.placed = []
      take(session.engine.step(bar))
    },
    step(event) {
      write({ kind: 'event', event: event as JournalEvent })
      session.placed = []
      take(session.engine.step(event))
    },
    fill(followed, quantity, price) {
      const { order } = followed
      const instrument = markets.find(({ id }) => id === order.instrument)!
      trades++
      const sign = order.side === 'buy' ? 1 : -1
      // Whoever fills is known to be there.
      followed.isUnknown = false
      followed.filled = round(followed.filled + quantity)
      followed.remaining = round(followed.remaining - quantity)
      if (followed.remaining <= 0) session.open.splice(session.open.indexOf(followed), 1)
      session.held.set(order.instrument, round((session.held.get(order.instrument) ?? 0) + sign * quantity))
      session.step({
        kind: 'filled',
        instrument: order.instrument,
        time: session.now,
        orderId: order.id,
        tradeId: `t${trades}`,
        side: order.side,
        price: instrument.price(price, 'nearest'),
        quantity: instrument.quantity(quantity),
        fee: money('0.01') as Money,
        liquidity: 'taker',
      })
    },
    wait(ms) {
      session.now = timestamp(session.now + ms)
    },
    restart() {
      const fresh = makeEngine()
      let row = 0
      const market = {
        digest: 'script',
        step(to: number, each: (bar: Bar) => void) {
          for (; row < to; row++) each(bars[row]!)
        },
      }
      const { difference } = replay(fresh, session.journal, market)
      session.engine = fresh
      return difference && JSON.stringify(difference)
    },
  }
  session.step({ kind: 'started', time: session.now, run: 'session', epoch: 1 })
  return session
}

/** On the lot grid again after a sum. */
export function round(quantity: number): number {
  return Math.round(quantity * 1000) / 1000
}

/** Worst-case base units of an instrument by the outsider's book-keeping: position, orders under way, unknown ones. */
export function worstOf({ held, open }: Session, id: string): number {
  const position = held.get(id) ?? 0
  const sum = (side: 'buy' | 'sell', exits: boolean): number =>
    open.reduce((total, { order, remaining }) => {
      const isOwn = order.instrument === id && order.side === side && order.reduceOnly === exits
      return isOwn && (!exits || order.type === 'market') ? total + remaining : total
    }, 0)
  const long = position + sum('buy', false) + (position < 0 ? sum('buy', true) : 0)
  const short = -position + sum('sell', false) + (position > 0 ? sum('sell', true) : 0)
  return round(Math.max(Math.abs(long), Math.abs(short)))
}
