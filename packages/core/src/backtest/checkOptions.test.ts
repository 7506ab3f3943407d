import { describe, expect, it } from 'vitest'
import { defineStrategy, type StrategyDefinition, target } from '../strategy.js'
import { type BacktestOptions, backtest } from './backtest.js'
import { backtestStream, type StreamedBacktestOptions } from './backtestStream.js'
import { makerTaker, tieredFees } from './fees.js'
import { type Row, seriesOf, unit } from './playScript.rig.js'

const flat: Row = [100, 101, 99, 100]
const data = seriesOf([flat, flat])
const strategy: StrategyDefinition = defineStrategy({
  name: 'hold',
  params: {},
  create: () => ({ onBar: (bar) => target(bar.instrument, 0.5) }),
})
const sound = { strategy, data, cash: '10000', instruments: [unit] }
const run = (changes: object) => () => backtest({ ...sound, ...changes } as BacktestOptions)
const refusal = (code: string, message: string) =>
  expect.objectContaining({ name: 'ConfigError', code, message: expect.stringContaining(message) })

describe('the options of a backtest', () => {
  it.each([
    [undefined, '"undefined"'],
    [null, '"null"'],
    ['x', '"x"'],
  ])('are one object, not %o', (options, shown) => {
    expect(() => backtest(options as unknown as BacktestOptions)).toThrow(
      refusal('BAD_PARAMETER', `A backtest was given ${shown}, not its options.\n  backtest({ strategy, data, cash`),
    )
  })

  it.each([
    [
      undefined,
      'Option data is "undefined", no bars.\n  parseCsv(bytes, { instrument }).bars, or barsOf(list, interval).',
    ],
    [null, 'Option data is "null", no bars.'],
    ['bars.csv', 'Option data is "bars.csv", no bars.'],
    [[data, 5], 'Option data is "5", no bars.'],
    [
      { bars: data, issues: [] },
      'Option data is "{ bars, issues }", no bars.\n  parseCsv answers { bars, issues }: give its bars.',
    ],
  ])('have bars as data, not %o', (given, message) => {
    expect(run({ data: given })).toThrow(refusal('BAD_DATA', message))
  })

  it.each([
    [undefined, '"undefined" is no strategy.\n  defineStrategy({ name'],
    [null, '"null" is no strategy.'],
    [{}, '"{  }" is no strategy.'],
    [() => strategy, '"function" is no strategy.'],
    [[{ allocation: 1 }], '"{ allocation }" is no strategy.'],
    [[null], '"null" is no strategy.'],
    [{ ...strategy, name: '' }, 'A strategy has no name.'],
    [{ ...strategy, params: undefined }, 'Strategy "hold" has no params.\n  params: {} where it takes none.'],
  ])('have a strategy, not %o', (given, message) => {
    expect(run({ strategy: given })).toThrow(refusal('BAD_STRATEGY', message))
  })

  it.each([
    [{ instruments: [{ id: 'A.sim', tick: 1, lot: 1 }] }, 'Option instruments is "[…]", not a list of instruments'],
    [{ rules: {} }, 'Option rules is "{  }", not a list of rules'],
    [{ rules: [null] }, 'Option rules is "[…]", not a list of rules'],
    [{ rules: [{ name: 'idle' }] }, 'Option rules is "[…]", not a list of rules'],
    [{ sizer: {} }, 'Option sizer is "{  }", not a sizer: { name, size }.'],
    [{ targets: 'x' }, `Option targets is "x", not 'atDecision' or 'atOpen'.`],
    [{ bars: 'x' }, `Option bars is "x", not 'lent' or 'shared'.`],
    [{ seed: Number.NaN }, 'Option seed is "NaN", not an integer.'],
    [{ seed: 1.5 }, 'Option seed is "1.5", not an integer.'],
    [{ seed: Number.POSITIVE_INFINITY }, 'Option seed is "Infinity", not an integer.'],
    [{ run: '' }, 'Option run is "", not a name.'],
    [{ params: 5 }, 'Option params is "5", not an object.'],
    [{ warnings: 'abc' }, 'Option warnings is "abc", not a list of sentences.'],
    [{ journal: 5 }, 'Option journal is "5", not a function that takes each row.'],
    [{ onProgress: 5 }, 'Option onProgress is "5", not a function that takes the bars done.'],
    [{ fillPolicy: null }, 'A fill policy is "null", not an object.\n  Such as fillPolicy'],
    [{ fillPolicy: 'close' }, 'A fill policy is "close", not an object.'],
  ])('are of the kind that is meant, not %o', (changes, message) => {
    expect(run(changes)).toThrow(refusal('BAD_PARAMETER', message))
  })

  it('have models of fees and slippage with all that a run asks of them', () => {
    const fees = makerTaker({ maker: 0, taker: 0 })
    expect(run({ fees: { name: 'mine', charge: fees.charge } })).toThrow(
      refusal('BAD_PARAMETER', 'Option fees lacks highestRate (a number ≥ 0), fresh (a function).'),
    )
    expect(run({ fees: { ...fees, highestRate: Number.NaN } })).toThrow(
      refusal('BAD_PARAMETER', 'Option fees lacks highestRate (a number ≥ 0).'),
    )
    expect(run({ slippage: { distance: () => 1 } })).toThrow(
      refusal('BAD_PARAMETER', 'Option slippage lacks name (a string), ratio (a number ≥ 0).'),
    )
    expect(run({ latency: { name: 'mine', entryMs: Number.NaN } })).toThrow(
      refusal('BAD_PARAMETER', 'Option latency "{ name, entryMs }" is no model.'),
    )
  })

  it('say NaN where that was given as cash', () => {
    expect(run({ cash: Number.NaN })).toThrow(refusal('BAD_MONEY', 'Not an amount of money: NaN.'))
    expect(run({ cash: 10000n })).toThrow(refusal('BAD_MONEY', 'Not an amount of money: 10000.'))
  })
})

describe('a model of costs that answers what makes no sense', () => {
  it('stops the run', () => {
    const slippage = (distance: unknown) => ({ name: 'mine', ratio: 0, distance: () => distance as number })
    for (const distance of [-5, Number.NaN, Number.POSITIVE_INFINITY, undefined]) {
      expect(run({ slippage: slippage(distance) })).toThrow(
        refusal('BAD_SLIPPAGE', `Slippage "mine" answered a distance of "${distance}".\n  A number ≥ 0 in price units`),
      )
    }
    const fees = { ...makerTaker({ maker: 0, taker: 0 }), name: 'mine', charge: () => 0.5 }
    expect(run({ fees: { ...fees, fresh: () => fees } })).toThrow(
      refusal('BAD_FEES', `Fees "mine" answered a charge of "0.5".\n  An amount such as money('0.5').`),
    )
  })

  it('is found at once where it is built without rates', () => {
    const missing = undefined as never
    expect(() => makerTaker(missing)).toThrow(refusal('BAD_FEES', 'The rates of makerTaker are "undefined".'))
    expect(() => makerTaker(0.001 as never)).toThrow(refusal('BAD_FEES', 'The rates of makerTaker are "0.001".'))
    expect(() => makerTaker({ maker: '0.001' as never, taker: 0 })).toThrow(
      refusal('BAD_FEES', 'The maker fee "0.001"'),
    )
    expect(() => tieredFees(missing)).toThrow(refusal('BAD_FEES', 'Fee tiers do not start at 0 and rise.'))
  })
})

describe('the options of a streamed backtest', () => {
  const stream = (given: unknown) => backtestStream({ ...sound, data: given } as StreamedBacktestOptions)

  it.each([
    [data, 'A source of bars is "{ instrument, interval, length, time, open, high }", no AsyncIterable.'],
    [[data], 'A source of bars is "{ instrument, interval, length, time, open, high }", no AsyncIterable.'],
    [undefined, 'A source of bars is "undefined", no AsyncIterable.'],
  ])('have sources, not what is in memory', async (given, message) => {
    await expect(stream(given)).rejects.toThrow(refusal('BAD_DATA', message))
  })

  it('have sources that yield bars', async () => {
    const source = (async function* () {
      yield undefined
    })()
    await expect(stream(source)).rejects.toThrow(refusal('BAD_DATA', 'Option data is "undefined", no bars.'))
  })
})
