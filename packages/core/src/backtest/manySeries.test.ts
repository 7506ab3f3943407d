import { describe, expect, it } from 'vitest'
import { type Bars, barsOf } from '../bar.js'
import { defineInstrument, type Instrument } from '../instrument.js'
import { buy, defineStrategy, sell, type View, type Wish } from '../strategy.js'
import { type Timestamp, timestamp } from '../time.js'
import { type BacktestOptions, backtest } from './backtest.js'
import { fillLine, type Row } from './playScript.rig.js'

const start = timestamp('2024-01-02')
const minute = 60_000
const define = (id: string): Instrument => defineInstrument({ id, tick: '1', lot: '1' })
const [a, b] = [define('A.sim'), define('B.sim')] as const
const flat: Row = [100, 101, 99, 100]

/** Bars that close at the given minutes. */
function series(instrument: Instrument, rows: Readonly<Record<number, Row>>, minutes = 1): Bars {
  return barsOf(
    Object.entries(rows).map(([at, [open, high, low, close, volume = 1000]]) => ({
      instrument: instrument.id,
      time: (start + Number(at) * minute) as Timestamp,
      open,
      high,
      low,
      close,
      volume,
    })),
    minutes * minute,
  )
}

/** Plays wishes by `instrument minute`, and answers the fills and what the strategy saw. */
function play(
  data: readonly Bars[],
  wishes: Readonly<Record<string, Wish | ((view: View) => Wish)>>,
  options: Partial<BacktestOptions> = {},
) {
  const seen: string[] = []
  const strategy = defineStrategy({
    name: 'script',
    params: {},
    create: () => ({
      onBar(bar, view) {
        const key = `${bar.instrument[0]} ${(bar.time - start) / minute}`
        seen.push(key)
        const wish = wishes[key]
        return typeof wish === 'function' ? wish(view) : wish
      },
    }),
  })
  const instruments = data.map(({ instrument }) => define(instrument))
  const report = backtest({ cash: '10000', instruments, strategy, data, ...options })
  const fills = report.fills.map((fill) => `${fill.instrument[0]} ${fillLine(fill, (fill.time - start) / minute)}`)
  return { report, seen, fills }
}

describe('several series', () => {
  it('come in the order of time, then of the series', () => {
    const data = [series(a, { 1: flat, 3: flat }), series(b, { 1: flat, 2: flat, 3: flat })]
    expect(play(data, {}).seen).toEqual(['A 1', 'B 1', 'B 2', 'A 3', 'B 3'])
  })

  it('give one row of equity per time', () => {
    const data = [series(a, { 1: flat, 3: flat }), series(b, { 1: flat, 2: flat, 3: flat })]
    const { equity } = play(data, {}).report
    expect(Array.from(equity.time, (time) => (time - start) / minute)).toEqual([1, 2, 3])
  })

  it('value a position at its last mark while its own market is silent', () => {
    const data = [series(a, { 1: flat, 2: [100, 110, 100, 110] }), series(b, { 1: flat, 2: flat, 3: flat, 4: flat })]
    const { equity } = play(data, { 'A 1': buy(a.id, 10) }).report
    expect([...equity.equity]).toEqual([10_000, 10_100, 10_100, 10_100])
  })

  it('meet openings by their time, then by the order of the series, and share the cash so', () => {
    const data = [series(a, { 1: flat, 4: flat }), series(b, { 1: flat, 2: flat })]
    const both = { 'B 1': [buy(a.id, 60), buy(b.id, 40)] }
    expect(play(data, both).fills).toEqual(['B 1 buy 40 @ 100', 'A 3 buy 60 @ 100'])
    const aligned = [series(a, { 1: flat, 2: flat }), series(b, { 1: flat, 2: [200, 201, 199, 200] })]
    const each = { 'B 1': [buy(b.id, 40), buy(a.id, 60)] }
    // A opens first and takes 6000 of the 10000; B costs 200 now, so 20 of 40 are left.
    expect(play(aligned, each).fills).toEqual(['A 1 buy 60 @ 100', 'B 1 buy 20 @ 200'])
  })

  it('let an order wait over a weekend of its own market', () => {
    const data = [
      series(a, { 1: flat, 500: [120, 121, 119, 120] }),
      series(b, { 1: flat, 2: flat, 3: flat, 499: flat }),
    ]
    expect(play(data, { 'B 2': buy(a.id, 1) }).fills).toEqual(['A 499 buy 1 @ 120'])
  })

  it('refuse an order for a market that has not traded yet', () => {
    const data = [series(a, { 1: flat, 2: flat }), series(b, { 2: flat, 3: flat })]
    const { fills, report } = play(data, { 'A 1': buy(b.id, 1) })
    expect(fills).toEqual([])
    expect(report.refusals.map(({ code }) => code)).toEqual(['NO_MARK'])
  })

  it('leave a trailing exit without a price alone', () => {
    const data = [series(a, { 1: flat, 2: flat }), series(b, { 2: flat, 3: flat })]
    const trail = { kind: 'absolute', distance: 5 } as const
    const { fills } = play(data, { 'A 1': sell(b.id, 1, { type: 'trailingStop', trail, reduceOnly: true }) })
    expect(fills).toEqual([])
  })

  it('keep a position per instrument and one account', () => {
    const data = [series(a, { 1: flat, 2: flat, 3: flat }), series(b, { 1: flat, 2: flat, 3: flat })]
    const seen: number[][] = []
    play(data, {
      'B 1': [buy(a.id, 10), sell(b.id, 5)],
      'B 3': (view) => void seen.push([view.position(a.id).quantity, view.position(b.id).quantity, view.equity]),
    })
    expect(seen).toEqual([[10, -5, 10_000]])
  })
})

describe('bars of different lengths', () => {
  const minutes = Object.fromEntries(Array.from({ length: 125 }, (_, index) => [index + 1, flat]))
  const hours: Readonly<Record<number, Row>> = { 60: [50, 60, 40, 55], 120: [70, 80, 20, 75], 180: [90, 95, 85, 90] }
  const data = [series(a, minutes), series(b, hours, 60)]

  it('never fill an order at an opening that was over when it was sent', () => {
    expect(play(data, { 'A 90': buy(b.id, 1) }).fills).toEqual(['B 120 buy 1 @ 90'])
    expect(play(data, { 'A 60': buy(b.id, 1) }).fills).toEqual([])
    expect(play(data, { 'B 60': buy(b.id, 1) }).fills).toEqual(['B 60 buy 1 @ 70'])
  })

  it('never fill a resting order at prices from before it was sent', () => {
    expect(play(data, { 'A 90': buy(b.id, 1, { limit: 30 }) }).fills).toEqual([])
    expect(play(data, { 'B 60': buy(b.id, 1, { limit: 30 }) }).fills).toEqual(['B 120 buy 1 @ 30 maker'])
  })

  it('may fill at the close of a bar that was under way', () => {
    const { fills } = play(data, { 'A 90': buy(b.id, 1) }, { fillPolicy: { barFill: 'nextClose' } })
    expect(fills).toEqual(['B 120 buy 1 @ 75'])
  })

  it('never fill at the average of a bar that was under way', () => {
    const { fills } = play(data, { 'A 90': buy(b.id, 1) }, { fillPolicy: { barFill: 'nextVwap' } })
    expect(fills).toEqual(['B 180 buy 1 @ 90'])
  })
})

describe('times before 1970', () => {
  it('are times like any other', () => {
    const old = barsOf(
      [-3, -2, -1].map((at) => ({
        instrument: a.id,
        time: (at * minute) as Timestamp,
        open: 100,
        high: 101,
        low: 99,
        close: 100,
        volume: 1,
      })),
      minute,
    )
    const strategy = defineStrategy({
      name: 'hold',
      params: {},
      create: () => ({ onBar: (bar) => buy(bar.instrument, 1) }),
    })
    const one = backtest({ cash: '10000', instruments: [a], strategy, data: old })
    expect(one.fills.map(({ time }) => time / minute)).toEqual([-3, -2])
    const other = { ...old, instrument: b.id }
    const two = backtest({ cash: '10000', instruments: [a, b], strategy, data: [old, other] })
    expect(two.fills).toHaveLength(4)
    expect([...two.equity.time]).toEqual([...one.equity.time])
  })
})
