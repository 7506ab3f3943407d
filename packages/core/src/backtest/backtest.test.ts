import { describe, expect, it } from 'vitest'
import { createBars } from '../bar.js'
import { defineInstrument } from '../instrument.js'
import { buy, defineStrategy, target } from '../strategy.js'
import { type BacktestOptions, backtest } from './backtest.js'
import { makerTaker } from './fees.js'
import { constantLatency } from './latency.js'
import { playScript, type Row, seriesOf, start, unit } from './playScript.rig.js'
import { randomMarket, restless } from './randomRun.rig.js'
import { tickSlippage } from './slippage.js'

const flat: Row = [100, 101, 99, 100]
const data = seriesOf([flat, flat, flat])
const hold = defineStrategy({
  name: 'hold',
  params: { exposure: 0.5 },
  create: ({ exposure }) => ({ onBar: (bar) => target(bar.instrument, exposure) }),
})
const options: BacktestOptions = { cash: '10000', instruments: [unit], data, strategy: hold }
const other = defineInstrument({ id: 'B.sim', tick: '1', lot: '1' })

describe('backtest', () => {
  it('runs a strategy over its data and says what it ran', () => {
    const report = backtest(options)
    expect(report.config).toMatchObject({
      strategies: [{ name: 'hold', params: { exposure: 0.5 }, allocation: 1 }],
      instruments: [{ id: 'A.sim', bars: 3, from: start, to: start + 180_000, interval: 60_000 }],
      cash: '10000',
      leverage: 1,
      fees: 'none',
      slippage: 'none',
      latency: 'none',
      rules: ['engine', 'buyingPower(1)'],
      seed: 1,
    })
    expect(report.config.instruments[0]?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(report.resultHash).toMatch(/^[0-9a-f]{64}$/)
    expect(report.ledger).toEqual({ cash: '5000', fees: '0', realised: '0', deposits: '10000' })
    expect(report.warnings).toEqual([])
  })

  it('takes grids that fit the data where none are given', () => {
    const { instruments: _, ...rest } = options
    expect(backtest(rest).fills.map(({ quantity }) => quantity)).toEqual([50])
  })

  it('takes one series, a list of one, and parameters beside the strategy', () => {
    const { resultHash } = backtest(options)
    expect(backtest({ ...options, data: [data] }).resultHash).toBe(resultHash)
    expect(backtest({ ...options, strategy: [{ strategy: hold, allocation: 1 }] }).resultHash).toBe(resultHash)
    expect(backtest({ ...options, params: { exposure: 0.2 } }).fills[0]?.quantity).toBe(20)
  })

  it('runs several strategies on one account', () => {
    const second = { ...hold, name: 'second' }
    const { fills } = backtest({
      ...options,
      strategy: [
        { strategy: hold, allocation: 0.5 },
        { strategy: second, allocation: 0.5, params: { exposure: -1 } },
      ],
    })
    expect(fills.map(({ strategy, side, quantity }) => `${strategy} ${side} ${quantity}`)).toEqual([
      'hold buy 25',
      'second sell 50',
    ])
  })

  it('says how far it has come', () => {
    const many = seriesOf(Array<Row>(140_000).fill(flat))
    const heard: number[] = []
    backtest({ ...options, data: many, params: { exposure: 0 }, onProgress: (done) => heard.push(done) })
    expect(heard).toEqual([65_536, 131_072])
  })

  it('keeps an equity row for each time of a long run of many series', () => {
    const rows = Array<Row>(3_000).fill(flat)
    const { equity } = backtest({
      ...options,
      instruments: [unit, other],
      data: [seriesOf(rows), seriesOf(rows, { instrument: other })],
    })
    expect(equity.length).toBe(3_000)
    expect(equity.time.every((time, index) => time === start + (index + 1) * 60_000)).toBe(true)
  })

  it('counts the share of times with a position', () => {
    const exposureOf = (wishes: Parameters<typeof playScript>[0]['wishes']) =>
      playScript({ bars: Array<Row>(8).fill(flat), wishes: wishes ?? {} }).report.statistics.exposure
    expect(exposureOf({})).toBe(0)
    // Held at the closes of bars 3, 4 and 5 of 8.
    expect(exposureOf({ 1: buy(unit.id, 1), 4: target(unit.id, 0) })).toBe(3 / 8)
  })

  it('gives another result hash for anything that may change the result', () => {
    const { resultHash } = backtest(options)
    const changes: readonly Partial<BacktestOptions>[] = [
      { cash: '10001' },
      { seed: 2 },
      { leverage: 2 },
      { fees: makerTaker({ maker: 0, taker: 0.001 }) },
      { slippage: tickSlippage({ ticks: 1 }) },
      { latency: constantLatency('1ms') },
      { fillPolicy: { path: 'worst' } },
      { params: { exposure: 0.4 } },
      { periodsPerYear: 100 },
      { data: seriesOf([flat, flat, [100, 101, 99, 100, 999]]) },
      { rules: [{ name: 'silent', check: () => ({ kind: 'approve' }) }] },
      { strategy: { ...hold, name: 'held' } },
    ]
    const hashes = changes.map((change) => backtest({ ...options, ...change }).resultHash)
    expect(new Set([resultHash, ...hashes]).size).toBe(changes.length + 1)
  })

  it('leaves its data and its options as they were', () => {
    const market = randomMarket(1, 50, 1)
    const before = [...market[0]!.close, ...market[0]!.time]
    backtest(Object.freeze({ ...options, data: market, strategy: restless(1) }))
    expect([...market[0]!.close, ...market[0]!.time]).toEqual(before)
  })

  it('refuses what makes no sense, before the first bar', () => {
    let asked = 0
    const counting = { ...hold, create: () => ({ onBar: () => void asked++ }) }
    const bad: readonly (readonly [Partial<BacktestOptions>, string, string])[] = [
      [{ data: createBars('A.sim', 60_000, 0) }, 'NO_DATA', 'The series of A.sim is empty.'],
      [{ data: [] }, 'NO_DATA', 'A backtest needs at least one series of bars.'],
      [{ data: seriesOf([[100, 99, 98, 100]]) }, 'BAD_DATA', 'Bar 0 of A.sim is not sound'],
      [{ instruments: [other] }, 'BAD_INSTRUMENT', 'Series 0 is "A.sim", but instrument 0 is "B.sim".'],
      [{ instruments: [] }, 'BAD_INSTRUMENT', 'Series 0 is "A.sim", but there is no instrument 0.'],
      [
        { data: [data, data], instruments: [unit, unit] },
        'DUPLICATE_NAME',
        'Two of the instruments are called "A.sim".',
      ],
      [{ cash: '0' }, 'BAD_PARAMETER', 'Cash "0" is not above 0.'],
      [{ leverage: 0 }, 'BAD_PARAMETER', 'Leverage "0" is not positive.'],
      [{ fillPolicy: { path: 'up' as never } }, 'BAD_PARAMETER', 'Fill policy path "up" is unknown.'],
      [{ params: { expsure: 1 } }, 'UNKNOWN_PARAMETER', 'Strategy "hold" has no parameter "expsure".'],
      [
        { params: {}, strategy: [{ strategy: counting, allocation: 1 }] },
        'BAD_PARAMETER',
        'params stand beside several strategies.',
      ],
      [{ strategy: [] }, 'NO_STRATEGY', 'An engine needs at least one strategy.'],
      [
        { defaultStop: { kind: 'fraction', ratio: 2 } },
        'BAD_PARAMETER',
        'Default stop: ratio "2" is not between 0 and 1.',
      ],
    ]
    for (const [change, code, message] of bad) {
      expect(() => backtest({ ...options, strategy: counting, ...change }), message).toThrow(message)
      expect(() => backtest({ ...options, strategy: counting, ...change })).toThrow(expect.objectContaining({ code }))
    }
    expect(asked).toBe(0)
  })

  it('trades nothing where there is no strategy hook and no wish', () => {
    const idle = defineStrategy({ name: 'idle', params: {}, create: () => ({}) })
    const report = backtest({ ...options, strategy: idle })
    expect([report.fills.length, report.statistics.equityFinal]).toEqual([0, 10_000])
    const one = seriesOf([flat])
    const single = backtest({
      ...options,
      data: one,
      strategy: { ...idle, create: () => ({ onBar: (bar) => buy(bar.instrument, 1) }) },
    })
    expect(single.equity.length).toBe(1)
    expect(Number.isNaN(single.statistics.equityFinal)).toBe(false)
  })

  it('knows its options, and names the one that was meant', () => {
    const idle = defineStrategy({ name: 'idle', params: {}, create: () => ({}) })
    const odd = { ...options, strategy: idle, leverge: 2 }
    expect(() => backtest(odd)).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_OPTION',
        message: 'A backtest has no option "leverge".\n  Did you mean "leverage"?',
      }),
    )
  })

  it.each([
    [{ fees: 5 }, 'Option fees "5" is no model.\n  Such as fees: makerTaker({ maker: 0.001, taker: 0.001 }).'],
    [{ fees: null }, 'Option fees "null" is no model.'],
    [{ slippage: 0.1 }, 'Option slippage "0.1" is no model.\n  Such as slippage: fixedSlippage({ bps: 2 }).'],
    [{ latency: '1s' }, 'Option latency "1s" is no model.'],
  ])('refuses %o, whose model is none', (changes, says) => {
    const idle = defineStrategy({ name: 'idle', params: {}, create: () => ({}) })
    const odd = { ...options, strategy: idle, ...changes } as unknown as typeof options & { strategy: typeof idle }
    expect(() => backtest(odd)).toThrow(says)
    expect(() => backtest(odd)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})
