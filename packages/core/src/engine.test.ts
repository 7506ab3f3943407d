import { describe, expect, it } from 'vitest'
import { createEngine, type EngineOptions } from './engine.js'
import type { Event } from './events.js'
import { defineInstrument } from './instrument.js'
import { money } from './money.js'
import { approve, type RiskRule } from './risk.js'
import { defineStrategy, target } from './strategy.js'
import { type Timestamp, timestamp } from './time.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const eth = defineInstrument({ id: 'ETH-USDT.sim', tick: '0.01', lot: '0.001' })
const start = timestamp('2024-01-02')

const hold = defineStrategy({
  name: 'hold',
  params: { exposure: 0.5 },
  create: ({ exposure }) => ({ onBar: (bar) => target(bar.instrument, exposure) }),
})

const options = (changes: Partial<EngineOptions> = {}): EngineOptions => ({
  instruments: [btc],
  strategies: [{ strategy: hold, allocation: 1 }],
  cash: '10000',
  ...changes,
})

const bar = (minute: number, price: number, instrument = btc): Event => ({
  kind: 'bar',
  instrument: instrument.id,
  time: (start + minute * 60_000) as Timestamp,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 1,
})

describe('createEngine', () => {
  it('answers facts with commands', () => {
    const engine = createEngine(options())
    const [command] = engine.step(bar(1, 40_000))
    expect(command?.kind === 'place' && command.approved.order).toMatchObject({ side: 'buy', quantity: 0.125, id: 1 })
  })

  it('answers with one shared frozen array where there is nothing to ask for', () => {
    const engine = createEngine(options({ strategies: [{ strategy: hold, params: { exposure: 0 }, allocation: 1 }] }))
    const first = engine.step(bar(1, 40_000))
    expect(first).toEqual([])
    expect(engine.step(bar(2, 40_000))).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
  })

  it('shows positions and books', () => {
    const engine = createEngine(options({ instruments: [btc, eth] }))
    engine.step(bar(1, 40_000))
    engine.step(bar(1, 2_000, eth))
    expect(engine.positions()).toEqual([
      { strategy: 'hold', instrument: btc.id, quantity: 0, averagePrice: 0, reserved: 0.125 },
      { strategy: 'hold', instrument: eth.id, quantity: 0, averagePrice: 0, reserved: 2.5 },
    ])
    expect(engine.books()).toEqual({ cash: money('10000'), deposits: money('10000'), realised: 0n, fees: 0n, cost: 0n })
    expect(engine.view.equity).toBe(10_000)
    expect(engine.view.instruments).toEqual([btc, eth])
    expect(engine.view.openOrders(eth.id)).toHaveLength(1)
    expect(engine.view.grossExposure).toBe(10_000)
  })

  it('asks its own limits first, then the rules in their order', () => {
    const asked: string[] = []
    const rule = (name: string): RiskRule => ({
      name,
      check() {
        asked.push(name)
        return approve
      },
    })
    const engine = createEngine(options({ rules: [rule('first'), rule('second')] }))
    engine.step({ kind: 'mode', time: start, mode: 'halted', by: 'operator', reason: 'test' })
    engine.step(bar(1, 40_000))
    expect(asked).toEqual([])
    engine.step({ kind: 'mode', time: (start + 60_000) as Timestamp, mode: 'normal', by: 'operator', reason: 'test' })
    engine.step(bar(2, 40_000))
    expect(asked).toEqual(['first', 'second'])
  })

  it('refuses options that make no sense', () => {
    const bad: readonly (readonly [Partial<EngineOptions>, string, string])[] = [
      [{ instruments: [] }, 'NO_INSTRUMENT', 'An engine needs at least one instrument.'],
      [{ strategies: [] }, 'NO_STRATEGY', 'An engine needs at least one strategy.'],
      [{ instruments: [btc, btc] }, 'DUPLICATE_NAME', 'Two of the instruments are called "BTC-USDT.sim".'],
      [
        { strategies: [1, 2].map(() => ({ strategy: hold, allocation: 0.5 })) },
        'DUPLICATE_NAME',
        'Two of the strategies are called "hold".',
      ],
      [{ cash: '0' }, 'BAD_PARAMETER', 'Cash "0" is not above 0.'],
      [{ cash: '-1' }, 'BAD_PARAMETER', 'Cash "-1" is not above 0.'],
      [{ cash: '1e4' }, 'BAD_MONEY', 'Not an amount of money: "1e4".'],
      [{ endedKept: 0 }, 'BAD_PARAMETER', 'endedKept "0" is not an integer ≥ 1.'],
      [{ endedKept: 1.5 }, 'BAD_PARAMETER', 'endedKept "1.5" is not an integer ≥ 1.'],
      ...[0, -0.1, 1.1, Number.NaN].map(
        (allocation) =>
          [
            { strategies: [{ strategy: hold, allocation }] },
            'BAD_ALLOCATION',
            `The allocation "${allocation}" of strategy "hold" is not a ratio from 0 to 1.`,
          ] as const,
      ),
      [
        {
          strategies: [
            { strategy: hold, allocation: 0.6 },
            { strategy: { ...hold, name: 'other' }, allocation: 0.5 },
          ],
        },
        'BAD_ALLOCATION',
        'The allocations sum to "1.1".',
      ],
      [
        { strategies: [{ strategy: hold, params: { exposre: 1 }, allocation: 1 }] },
        'UNKNOWN_PARAMETER',
        'Strategy "hold" has no parameter "exposre".',
      ],
    ]
    for (const [changes, code, message] of bad) {
      expect(() => createEngine(options(changes))).toThrow(expect.objectContaining({ code }))
      expect(() => createEngine(options(changes))).toThrow(message)
    }
  })

  it('takes allocations that sum to 1 but for rounding', () => {
    const strategies = [0.1, 0.2, 0.3, 0.4].map((allocation) => ({
      strategy: { ...hold, name: String(allocation) },
      allocation,
    }))
    expect(() => createEngine(options({ strategies }))).not.toThrow()
  })
})
