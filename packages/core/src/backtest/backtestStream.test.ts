import { describe, expect, it } from 'vitest'
import { type Bars, sliceBars } from '../bar.js'
import { crossover } from '../crossover.js'
import { defineInstrument } from '../instrument.js'
import { defineStrategy, target } from '../strategy.js'
import { backtest } from './backtest.js'
import { backtestStream, type StreamedBacktestOptions } from './backtestStream.js'
import { makerTaker } from './fees.js'
import { fixedSlippage } from './slippage.js'
import { syntheticTape } from './syntheticTape.js'

/** Follows the last close against an exponential average, with a stop, on every instrument. */
const follow = defineStrategy({
  name: 'follow',
  params: { share: 0.4, weight: 0.02 },
  create({ share, weight }) {
    const states = new Map<string, { average: number; cross: ReturnType<typeof crossover> }>()
    return {
      onBar(bar) {
        const state = states.get(bar.instrument) ?? { average: bar.close, cross: crossover() }
        states.set(bar.instrument, state)
        state.average += weight * (bar.close - state.average)
        const side = state.cross.next(bar.close, state.average)
        if (side === 'above') return target(bar.instrument, share, { stop: bar.close * 0.99 })
        if (side === 'below') return target(bar.instrument, -share, { stop: bar.close * 1.01 })
      },
    }
  },
})

const tape = (instrument: string, seed: number, bars: number): Bars => syntheticTape({ instrument, seed, bars })
const grid = ({ instrument }: Bars) => defineInstrument({ id: instrument, tick: '0.01', lot: '0.000001' })

async function* pieces(bars: Bars, sizes: readonly number[]): AsyncGenerator<Bars> {
  let from = 0
  for (let index = 0; from < bars.length; index++) {
    const size = sizes[index % sizes.length]!
    yield sliceBars(bars, from, from + size)
    from += size
  }
}

function optionsFor(data: readonly Bars[]): Omit<StreamedBacktestOptions, 'data'> {
  return {
    strategy: follow,
    instruments: data.map(grid),
    cash: '10000',
    fees: makerTaker({ maker: 0.0002, taker: 0.0005 }),
    slippage: fixedSlippage({ bps: 1 }),
  }
}

describe('backtestStream', () => {
  it.each([
    ['one series', [tape('A.x', 1, 6_000)], [[1_000], [1], [777, 1, 3_000]]],
    [
      'three series of different length',
      [tape('A.x', 1, 3_000), tape('B.x', 2, 2_500), tape('C.x', 3, 10)],
      [[500], [1], [90, 1_000]],
    ],
  ])('has the result hash of the whole, however %s is cut', async (_, data, cuts) => {
    const whole = backtest({ ...optionsFor(data), data })
    expect(whole.statistics.trades).toBeGreaterThan(20)
    for (const sizes of cuts) {
      const report = await backtestStream({ ...optionsFor(data), data: data.map((bars) => pieces(bars, sizes)) })
      expect(report.statistics).toEqual(whole.statistics)
      expect(report.trades).toEqual(whole.trades)
      expect(report.config).toEqual(whole.config)
      expect(report.resultHash).toBe(whole.resultHash)
    }
  })

  it('asks for the instruments, since the first piece may be coarser than the rest, and knows its options', async () => {
    const data = tape('A.x', 1, 200)
    const { instruments: _, ...rest } = optionsFor([data])
    // @ts-expect-error Instruments are missing.
    await expect(backtestStream({ ...rest, data: pieces(data, [100]) })).rejects.toMatchObject({
      code: 'BAD_INSTRUMENT',
      message: expect.stringMatching(/^A streamed backtest has no instruments\.\n {2}Give one for each source/),
    })
    const odd = { ...optionsFor([data]), data: pieces(data, [100]), leverge: 2 }
    await expect(backtestStream(odd)).rejects.toThrow('Did you mean "leverage"?')
  })

  it('keeps one equity row a day', async () => {
    const data = tape('A.x', 1, 3 * 1_440)
    const report = await backtestStream({ ...optionsFor([data]), data: pieces(data, [100]) })
    expect(report.equity.length).toBe(3)
    expect(report.equity.equity[2]).toBe(report.statistics.equityFinal)
  })

  it('refuses a piece that does not follow, and a source without bars', async () => {
    const data = tape('A.x', 1, 200)
    async function* twice(): AsyncGenerator<Bars> {
      yield data
      yield data
    }
    async function* nothing(): AsyncGenerator<Bars> {}
    await expect(backtestStream({ ...optionsFor([data]), data: twice() })).rejects.toThrow('does not follow')
    await expect(backtestStream({ ...optionsFor([data]), data: nothing() })).rejects.toThrow('yields none')
  })
})
