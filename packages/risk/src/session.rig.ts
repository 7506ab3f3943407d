import {
  type Bar,
  type Command,
  createEngine,
  defineInstrument,
  defineStrategy,
  type Engine,
  type Event,
  exposureSizer,
  type Fill,
  type JournalEntry,
  type JournalEvent,
  journalCommand,
  type Money,
  money,
  type OrderRequest,
  type RiskRule,
  replay,
  type Sizer,
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
  /** Positions by strategy and instrument, as `keyOf` writes them. */
  readonly held: Map<string, number>
  readonly journal: JournalEntry[]
  /** Entry orders that the last step placed. */
  placed: OrderRequest[]
  /** Codes of what was refused, in order. */
  readonly refusals: string[]
  /** Every fill that was stepped. */
  readonly fills: Fill[]
  /** Steps a bar; one of the strategies answers it with a wish. */
  bar(market: number, price: number, wish?: Wish, strategy?: string): void
  step(event: Event): void
  fill(order: Followed, quantity: number, price: number): void
  wait(ms: number): void
  /** Makes a new engine from the journal and goes on with it; answers the first difference. */
  restart(): string | undefined
}

const start = timestamp('2024-01-02T12:00:00Z')

/** Strategies of a session; without a name the first one wishes. */
export const scripts = ['script', 'rival'] as const

/** Name of a position. */
export function keyOf(strategy: string, instrument: string): string {
  return `${strategy} ${instrument}`
}

/** Starts a session with rules, entries getting a stop of 5 % where they name none. */
export function createSession(rules: () => readonly RiskRule[], cash = '10000', sizer: Sizer = exposureSizer): Session {
  const wishes = new Map<string, Wish>()
  const bars: Bar[] = []
  const strategies = scripts.map((name) => ({
    strategy: defineStrategy({
      name,
      params: {},
      create: () => ({ onBar: (bar) => wishes.get(keyOf(name, String(bar.time))) }),
    }),
    allocation: 0.5,
  }))
  const makeEngine = (): Engine =>
    createEngine({
      instruments: markets,
      strategies,
      cash,
      rules: rules(),
      sizer,
      observer: { onRefused: ({ reason }) => session?.refusals.push(reason.code) },
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
      session.journal.push({ ...base, kind: 'command', cause, command: journalCommand(command) })
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
    refusals: [],
    fills: [],
    bar(market, price, wish, strategy = scripts[0]) {
      session.now = timestamp(session.now + 60_000)
      if (wish !== undefined) wishes.set(keyOf(strategy, String(session.now)), wish)
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
      const key = keyOf(order.strategy, order.instrument)
      session.held.set(key, round((session.held.get(key) ?? 0) + sign * quantity))
      const fill: Fill = {
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
      }
      session.fills.push(fill)
      session.step(fill)
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

/** Net position of an instrument by the outsider's book-keeping. */
export function heldOf({ held }: Session, id: string): number {
  return round(scripts.reduce((sum, strategy) => sum + (held.get(keyOf(strategy, id)) ?? 0), 0))
}

/** What may become a long and what may become a short position of a strategy, by the outsider's book-keeping: orders under way in full. */
export function sidesOf(
  { held, open }: Session,
  strategy: string,
  id: string,
): { readonly buy: number; readonly sell: number } {
  const position = held.get(keyOf(strategy, id)) ?? 0
  const sum = (side: 'buy' | 'sell', exits: boolean): number =>
    open.reduce((part, { order, remaining }) => {
      const isOwn = order.strategy === strategy && order.instrument === id && order.side === side
      if (!isOwn || order.reduceOnly !== exits) return part
      return !exits || order.type === 'market' ? part + remaining : part
    }, 0)
  const buy = position + sum('buy', false) + (position < 0 ? sum('buy', true) : 0)
  const sell = -position + sum('sell', false) + (position > 0 ? sum('sell', true) : 0)
  return { buy: round(buy), sell: round(sell) }
}

/** Worst-case base units of an instrument, strategy by strategy. */
export function worstOf(session: Session, id: string): number {
  const worst = (strategy: string): number => {
    const { buy, sell } = sidesOf(session, strategy, id)
    return Math.max(Math.abs(buy), Math.abs(sell))
  }
  return round(scripts.reduce((total, strategy) => total + worst(strategy), 0))
}
