import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { buy, defineStrategy, sell, target, type Wish } from '../strategy.js'
import { backtest } from './backtest.js'
import { fixedFees, makerTaker } from './fees.js'
import { playScript, type Row, seriesOf, unit } from './playScript.rig.js'
import { tickSlippage } from './slippage.js'

const { id } = unit
const flat: Row = [100, 101, 99, 100]
const dear: Row = [110, 111, 109, 110]

describe('an entry that the account cannot pay for when it fills', () => {
  it('is cut to what the money buys', () => {
    const { fills, events, report } = playScript({ bars: [flat, dear], cash: '1000', wishes: { 0: buy(id, 10) } })
    expect(fills).toEqual(['1 buy 9 @ 110'])
    expect(events).toEqual(['1 accepted 1', '1 canceled 1'])
    expect(report.warnings.join()).toContain('1 entry was made smaller at the fill')
  })

  it('is refused where the money buys not one lot', () => {
    const { fills, events } = playScript({ bars: [flat, dear], cash: '109', wishes: { 0: buy(id, 1) } })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '1 rejected 1 INSUFFICIENT_FUNDS'])
  })

  it('reserves nothing any more once it was refused', () => {
    const reserved: number[] = []
    const strategy = defineStrategy({
      name: 'once',
      params: {},
      create() {
        let bars = 0
        return {
          onBar(bar, view) {
            reserved.push(view.position(bar.instrument).reserved)
            return bars++ === 0 ? buy(bar.instrument, 1) : undefined
          },
        }
      },
    })
    backtest({ strategy, data: seriesOf([flat, dear, dear, dear]), instruments: [unit], cash: '109', rules: [] })
    expect(reserved).toEqual([0, 0, 0, 0])
  })

  it('buys whole lots to the last unit of money', () => {
    const { fills, report } = playScript({ bars: [flat, flat], cash: '1000', wishes: { 0: buy(id, 10) } })
    expect(fills).toEqual(['1 buy 10 @ 100'])
    expect(report.ledger.cash).toBe('0')
  })

  it('never spends the last of 18 decimals that is not there', () => {
    // The nearest double of this cash is 1000.
    const { fills, report } = playScript({
      bars: [flat, flat],
      cash: '999.999999999999999999',
      wishes: { 0: buy(id, 10) },
    })
    expect(fills).toEqual(['1 buy 9 @ 100'])
    expect(report.ledger.cash).toBe('99.999999999999999999')
  })

  it('keeps the fee aside', () => {
    const fees = makerTaker({ maker: 0.01, taker: 0.01 })
    const enough = playScript({ bars: [flat, flat], cash: '1010', fees, wishes: { 0: buy(id, 10) } })
    expect(enough.fills).toEqual(['1 buy 10 @ 100'])
    expect(enough.report.ledger.cash).toBe('0')
    const short = playScript({ bars: [flat, flat], cash: '1009.99', fees, wishes: { 0: buy(id, 10) } })
    expect(short.fills).toEqual(['1 buy 9 @ 100'])
  })

  it('keeps a fixed fee aside as well', () => {
    const fees = fixedFees({ perUnit: '0.5', flat: '3' })
    const { fills, report } = playScript({ bars: [flat, flat], cash: '1000', fees, wishes: { 0: buy(id, 10) } })
    expect(fills).toEqual(['1 buy 9 @ 100'])
    expect(report.ledger.cash).toBe('92.5')
  })

  it('counts the price after slippage and after rounding to the grid', () => {
    const coarse = defineInstrument({ id: 'A.sim', tick: '0.5', lot: '1' })
    const bars: readonly Row[] = [flat, [100.3, 101, 99, 100]]
    const wishes = { 0: buy(id, 10) }
    // 100.3 is 100.5 on the grid: 10 lots cost 1005.
    expect(playScript({ bars, instrument: coarse, cash: '1005', wishes }).fills).toEqual(['1 buy 10 @ 100.5'])
    expect(playScript({ bars, instrument: coarse, cash: '1004', wishes }).fills).toEqual(['1 buy 9 @ 100.5'])
    const slippage = tickSlippage({ ticks: 2 })
    expect(playScript({ bars: [flat, flat], slippage, cash: '1010', wishes }).fills).toEqual(['1 buy 9 @ 102'])
  })
})

describe('several entries at one opening', () => {
  it('share the cash in the order they were sent', () => {
    const { fills } = playScript({
      bars: [[50, 50, 50, 50], flat],
      cash: '1000',
      wishes: { 0: [buy(id, 7), buy(id, 7)] },
    })
    expect(fills).toEqual(['1 buy 7 @ 100', '1 buy 3 @ 100'])
  })

  it('may use what an exit before them frees', () => {
    const wishes = { 0: buy(id, 10), 1: [sell(id, 10, { reduceOnly: true }), buy(id, 10)] }
    const { fills } = playScript({ bars: [flat, flat, flat], cash: '1000', wishes })
    expect(fills[1]).toBe('2 sell 10 @ 100')
  })
})

describe('leverage', () => {
  it('carries positions of a multiple of equity', () => {
    const { fills } = playScript({ bars: [flat, flat], cash: '1000', leverage: 3, wishes: { 0: buy(id, 40) } })
    expect(fills).toEqual(['1 buy 30 @ 100'])
  })

  it('counts short positions like long ones', () => {
    const { fills } = playScript({ bars: [flat, flat], cash: '1000', leverage: 2, wishes: { 0: sell(id, 40) } })
    expect(fills).toEqual(['1 sell 20 @ 100'])
  })

  it('turns a position around where the loss leaves less than was held', () => {
    const bars: readonly Row[] = [flat, flat, [80, 81, 79, 80]]
    const wishes = { 0: target(id, 1), 1: target(id, -1) }
    const { fills } = playScript({ bars, cash: '1000', wishes })
    // 10 bought at 100 are sold at 80: 800 are left, which carry 10 short at 80.
    expect(fills).toEqual(['1 buy 10 @ 100', '2 sell 10 @ 80', '2 sell 10 @ 80'])
  })

  it('turns around with the fees of both parts paid', () => {
    const fees = makerTaker({ maker: 0.1, taker: 0.1 })
    const wishes = { 0: buy(id, 9), 1: sell(id, 50, { limit: 200 }) }
    const bars: readonly Row[] = [flat, flat, [100, 201, 99, 200], flat]
    const { fills } = playScript({ bars, cash: '1000', fees, wishes, rules: [] })
    // 9 cost 900 and 90. At 200 they bring 1800 less 180: 1630 carry 7 short at 200 and their 140, not 8 and their 160.
    expect(fills).toEqual(['1 buy 9 @ 100', '3 sell 16 @ 200 maker'])
  })

  it('lets a resting entry of the other side close first and open with what is left', () => {
    const bars: readonly Row[] = [flat, flat, [100, 121, 99, 120], flat]
    const wishes = { 0: buy(id, 10), 1: sell(id, 25, { limit: 120 }) }
    const { fills } = playScript({ bars, cash: '1000', wishes })
    // Ten close, and the 1200 they leave carry ten short.
    expect(fills).toEqual(['1 buy 10 @ 100', '3 sell 20 @ 120 maker'])
  })
})

describe('two strategies on one instrument', () => {
  /** Wishes by strategy and bar. */
  const scripted = (name: string, wishes: Readonly<Record<number, Wish>>) => ({
    allocation: 0.5,
    strategy: defineStrategy({
      name,
      params: {},
      create() {
        let index = -1
        return {
          onBar() {
            index++
            return wishes[index]
          },
        }
      },
    }),
  })

  it('cannot spend what the other sold short, so cash stays above 0', () => {
    const report = backtest({
      cash: '10000',
      instruments: [unit],
      data: seriesOf([flat, flat, flat, flat, flat, flat]),
      strategy: [
        scripted('a', { 0: buy(id, 100), 2: buy(id, 100) }),
        scripted('b', { 1: sell(id, 100), 3: buy(id, 100) }),
      ],
    })
    expect(report.fills.map(({ strategy, side, quantity }) => `${strategy} ${side} ${quantity}`)).toEqual(['a buy 100'])
    expect(report.ledger.cash).toBe('0')
  })

  it('are cut at the fill by what each of them holds', () => {
    const report = backtest({
      cash: '10000',
      instruments: [unit],
      data: seriesOf([flat, flat, flat, dear, dear]),
      strategy: [scripted('a', { 0: buy(id, 40), 2: buy(id, 30) }), scripted('b', { 1: sell(id, 30) })],
    })
    // Of 10,000 the two hold 7,000, though the account nets 1,000: what is left buys 27 at 110.
    expect(report.fills.map(({ strategy, side, quantity }) => `${strategy} ${side} ${quantity}`)).toEqual([
      'a buy 40',
      'b sell 30',
      'a buy 27',
    ])
  })
})
