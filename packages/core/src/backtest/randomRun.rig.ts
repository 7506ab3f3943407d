import { type Bars, barsOf } from '../bar.js'
import { defineInstrument, type Instrument, type InstrumentId } from '../instrument.js'
import type { JournalEntry } from '../journal.js'
import type { TimeInForce } from '../order.js'
import { createRandom, type RandomStream } from '../random.js'
import {
  amend,
  buy,
  cancel,
  defineStrategy,
  type Intent,
  type OrderOptions,
  type StrategyDefinition,
  sell,
  target,
  type View,
} from '../strategy.js'
import { type Timestamp, timestamp } from '../time.js'
import { type BacktestOptions, backtest } from './backtest.js'
import { makerTaker, noFees } from './fees.js'
import type { FillPolicy } from './fillPolicy.js'
import { constantLatency, noLatency } from './latency.js'
import type { Report } from './report.js'

const start = timestamp('2024-01-02T23:30:00Z')
const minute = 60_000

/** Draws from a stream what a test needs. */
export interface Draw {
  /** An integer from 0 up to, not including, `count`. */
  upTo(count: number): number
  pick<T>(list: readonly T[]): T
}

/** Draws from a named stream of a seed. */
export function drawer(seed: number | string, name: string): Draw {
  return drawFrom(createRandom(seed).stream(name))
}

function drawFrom(stream: RandomStream): Draw {
  const upTo = (count: number): number => Math.floor(stream.uniform() * count)
  return { upTo, pick: (list) => list[upTo(list.length)]! }
}

/** Instruments of one unit as tick and lot: all prices and quantities are integers. */
export const instruments: readonly Instrument[] = ['A.sim', 'B.sim', 'C.sim'].map((id) =>
  defineInstrument({ id, tick: '1', lot: '1' }),
)

/** Series of integer prices with flat bars, spikes, gaps in price and time, and bars without volume. */
export function randomMarket(seed: number, bars: number, series: number): readonly Bars[] {
  return instruments.slice(0, series).map((instrument) => {
    const draw = drawer(seed, `market ${instrument.id}`)
    const minutes = draw.pick([1, 1, 1, 3])
    let close = 80 + draw.upTo(40)
    let time = draw.upTo(3) * minutes
    const rows = Array.from({ length: Math.max(2, Math.ceil(bars / minutes)) }, () => {
      time += minutes * (draw.upTo(12) === 0 ? 1 + draw.upTo(40) : 1)
      const open = Math.max(20, close + draw.pick([0, 0, 0, 1, -1, 2, -2, 12, -12]))
      close = Math.max(20, open + draw.pick([0, 1, -1, 2, -2, 3, -3, 4, -4]))
      const spike = draw.upTo(10) === 0 ? 8 : 0
      const flat = draw.upTo(8) === 0
      const high = flat ? Math.max(open, close) : Math.max(open, close) + draw.upTo(4) + spike
      const low = flat ? Math.min(open, close) : Math.max(1, Math.min(open, close) - draw.upTo(4) - spike)
      const volume = draw.pick([0, 5, 20, 100, 1000])
      return { instrument: instrument.id, time: (start + time * minute) as Timestamp, open, high, low, close, volume }
    })
    return barsOf(rows, minutes * minute)
  })
}

/** Which wishes a restless strategy has: all; such as never go short; or orders that no price paid and no equity changes. */
export type Side = 'both' | 'long' | 'fixed'

/** A strategy that wishes for anything at any time, out of a stream of its own for each instrument. */
export function restless(seed: number, side: Side = 'both', name = 'restless'): StrategyDefinition {
  return defineStrategy({
    name,
    params: {},
    create() {
      const draws = new Map<InstrumentId, Draw>()
      const drawOf = (id: InstrumentId): Draw => {
        const known = draws.get(id) ?? drawer(seed, `${name} ${id}`)
        draws.set(id, known)
        return known
      }
      return {
        onBar(bar, view) {
          const draw = drawOf(bar.instrument)
          return Array.from({ length: draw.pick([0, 0, 1, 1, 2]) }, () =>
            wish({ draw, view, side, id: bar.instrument, price: bar.close }),
          )
        },
        onOrder(event, view) {
          if (event.kind !== 'filled' || side === 'fixed') return
          const draw = drawOf(event.instrument)
          if (draw.upTo(6) > 0) return
          return wish({ draw, view, side, id: event.instrument, price: event.price })
        },
      }
    },
  })
}

interface Mood {
  readonly draw: Draw
  readonly view: View
  readonly side: Side
  readonly id: InstrumentId
  readonly price: number
}

function wish(mood: Mood): Intent {
  const { draw, view, side, id, price } = mood
  const open = view.openOrders(id)
  const kind = side === 'fixed' ? 9 : draw.upTo(10)
  if (kind < 3) {
    const exposure = (side === 'long' ? draw.upTo(11) : draw.upTo(21) - 10) / 10
    return target(id, exposure, draw.pick([{}, {}, { stop: 'none' as const }, { stop: price - 5 + draw.upTo(11) }]))
  }
  if (kind === 3 && open.length > 0) return cancel(draw.pick(open))
  if (kind === 4 && open.length > 0) return amend(draw.pick(open), { quantity: 1 + draw.upTo(40) })
  const isBuy = draw.upTo(2) === 0
  const exits = side === 'long' && !isBuy ? ({ reduceOnly: true } as const) : {}
  const options = { ...orderOptions(mood), ...exits }
  return isBuy ? buy(id, 1 + draw.upTo(40), options) : sell(id, 1 + draw.upTo(40), options)
}

function orderOptions({ draw, view, side, id, price }: Mood): OrderOptions {
  const near = (): number => price - 5 + draw.upTo(11)
  const trail = draw.pick([
    { kind: 'absolute', distance: 1 + draw.upTo(6) },
    { kind: 'percent', ratio: 0.02 },
    { kind: 'atr', multiple: 2, atr: 1.5 },
  ] as const)
  const types: readonly (() => OrderOptions)[] = [
    () => ({}),
    () => ({ limit: near() }),
    () => ({ type: 'stop', trigger: near() }),
    () => ({ type: 'stopLimit', trigger: near(), limit: near() }),
    () => ({ type: 'marketIfTouched', trigger: near() }),
    () => ({ type: 'limitIfTouched', trigger: near(), limit: near() }),
    () => ({ type: 'trailingStop', trail }),
    () => ({ type: 'trailingStopLimit', trail, limitOffset: draw.upTo(3) }),
    () => ({ type: 'marketToLimit' }),
    () => ({ type: 'iceberg', limit: near(), displayQuantity: 1 }),
  ]
  const flags: readonly (() => OrderOptions)[] = [
    () => ({}),
    () => ({}),
    () => ({ reduceOnly: true }),
    () => ({ closePosition: true }),
    () => ({ postOnly: true }),
    () => ({ group: { kind: draw.pick(['oco', 'ouo'] as const), name: `${id} ${draw.upTo(2)}` } }),
    () => ({ afterFill: [exitAt(id, near(), side)] }),
    () => ({ stop: near() }),
  ]
  return meant({ ...draw.pick(types)(), ...draw.pick(flags)(), ...timeOf(draw, view) })
}

/** Without what its type cannot be: a maker without a limit, or a trigger at an auction. */
function meant({ postOnly, timeInForce = 'gtc', ...order }: OrderOptions): OrderOptions {
  const isAuction = timeInForce === 'atOpen' || timeInForce === 'atClose'
  const triggers = order.trigger !== undefined || order.trail !== undefined
  return {
    ...order,
    ...(postOnly && (order.limit !== undefined || order.limitOffset !== undefined) && { postOnly }),
    timeInForce: isAuction && triggers ? 'gtc' : timeInForce,
  }
}

function exitAt(id: InstrumentId, limit: number, side: Side) {
  return sell(id, 5, side === 'long' ? { limit, reduceOnly: true } : { limit })
}

function timeOf(draw: Draw, view: View): OrderOptions {
  const timeInForce = draw.pick<TimeInForce>(['gtc', 'gtc', 'gtc', 'gtd', 'day', 'ioc', 'fok', 'atOpen', 'atClose'])
  if (timeInForce !== 'gtd') return { timeInForce }
  return { timeInForce, expiresAt: (view.now + (1 + draw.upTo(10)) * minute) as Timestamp }
}

/** Random conditions to run under. */
export function randomConditions(
  seed: number,
): Partial<BacktestOptions> & { readonly fillPolicy: Partial<FillPolicy> } {
  const draw = drawer(seed, 'conditions')
  return {
    cash: draw.pick(['500', '3000', '100000']),
    leverage: draw.pick([1, 1, 3]),
    fees: draw.pick([
      noFees,
      makerTaker({ maker: 0.001, taker: 0.002 }),
      makerTaker({ maker: -0.0001, taker: 0.0005 }),
    ]),
    latency: draw.pick([noLatency, noLatency, constantLatency('1m'), constantLatency('90s')]),
    targets: draw.pick(['atDecision', 'atDecision', 'atOpen'] as const),
    defaultStop: draw.pick([
      'none',
      { kind: 'fraction', ratio: 0.03 },
      { kind: 'atr', multiple: 2, period: 3 },
    ] as const),
    fillPolicy: {
      barFill: draw.pick(['nextOpen', 'nextOpen', 'nextClose', 'close', 'nextVwap'] as const),
      path: draw.pick(['OHLC', 'OLHC', 'adaptive', 'worst', 'best'] as const),
      limitTouch: draw.pick(['through', 'touch'] as const),
      maxVolumeShare: draw.pick([Number.POSITIVE_INFINITY, 1, 0.5, 0.1]),
    },
  }
}

/** One case: everything else follows from the seed. */
export interface RandomCase {
  readonly seed: number
  readonly bars: number
  readonly series: number
}

/** A run and its journal. */
export interface RandomRun {
  readonly report: Report
  readonly entries: readonly JournalEntry[]
  readonly data: readonly Bars[]
}

/** Plays a restless strategy, or the given one, on a random market under random conditions. */
export function playRandom(given: RandomCase, changes: Partial<BacktestOptions> = {}): RandomRun {
  const data = (changes.data as readonly Bars[] | undefined) ?? randomMarket(given.seed, given.bars, given.series)
  const entries: JournalEntry[] = []
  const report = backtest({
    cash: '100000',
    strategy: restless(given.seed),
    ...randomConditions(given.seed),
    instruments: instruments.slice(0, given.series),
    journal: (entry) => entries.push(entry),
    ...changes,
    data,
  })
  return { report, entries, data }
}
