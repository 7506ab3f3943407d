import { describe, expect, it } from 'vitest'
import { buy, cancel, sell, target } from '../strategy.js'
import { nth, playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const rising: readonly Row[] = [
  [100, 102, 99, 101],
  [103, 106, 102, 105],
  [107, 109, 104, 108],
  [110, 113, 108, 112],
]

describe('a market order', () => {
  it('fills at the open of the next bar, never at the bar that caused it', () => {
    expect(playScript({ bars: rising, wishes: { 0: buy(id, 10) } }).fills).toEqual(['1 buy 10 @ 103'])
  })

  it('fills at the next close under nextClose', () => {
    const { fills } = playScript({ bars: rising, wishes: { 0: buy(id, 10) }, fillPolicy: { barFill: 'nextClose' } })
    expect(fills).toEqual(['2 buy 10 @ 105'])
  })

  it('fills at the close of its own bar under close', () => {
    const { fills } = playScript({ bars: rising, wishes: { 0: buy(id, 10) }, fillPolicy: { barFill: 'close' } })
    expect(fills).toEqual(['1 buy 10 @ 101'])
  })

  it('fills at the typical price of the next bar under nextVwap, put on the grid against the order', () => {
    const fillPolicy = { barFill: 'nextVwap' } as const
    // (106 + 102 + 105) / 3 = 104.33
    expect(playScript({ bars: rising, wishes: { 0: buy(id, 10) }, fillPolicy }).fills).toEqual(['2 buy 10 @ 105'])
    expect(playScript({ bars: rising, wishes: { 0: sell(id, 10) }, fillPolicy }).fills).toEqual(['2 sell 10 @ 104'])
  })

  it('fills at the opening after a gap, however far the price has moved', () => {
    const bars: readonly Row[] = [rising[0]!, [150, 151, 149, 150]]
    expect(playScript({ bars, wishes: { 0: buy(id, 10) } }).fills).toEqual(['1 buy 10 @ 150'])
  })

  it('fills at the opening of a bar that comes late, at the time of that opening', () => {
    const { fills } = playScript({ bars: rising.slice(0, 2), times: [1, 10], wishes: { 0: buy(id, 10) } })
    expect(fills).toEqual(['9 buy 10 @ 103'])
  })

  it('can be taken back before the next opening only', () => {
    const early = playScript({ bars: rising, wishes: { 0: [buy(id, 10), cancel(nth(1))] } })
    expect(early.fills).toEqual([])
    expect(early.events).toEqual(['1 accepted 1', '1 canceled 1'])
    const late = playScript({ bars: rising, wishes: { 0: buy(id, 10), 1: cancel(nth(1)) } })
    expect(late.fills).toEqual(['1 buy 10 @ 103'])
  })

  it('waits for ever on data that ends, which the report says', () => {
    const { fills, report } = playScript({ bars: rising, wishes: { 3: buy(id, 10) } })
    expect(fills).toEqual([])
    expect(report.warnings).toEqual(['1 order was still under way at the end.'])
  })
})

describe('an order whose neighbour fills at once', () => {
  it('can still be taken back, though the fill brought an order of its own in between', () => {
    const wishes = { 0: [buy(id, 10, { stop: 50 }), buy(id, 1, { limit: 60 })], 1: cancel(nth(2)) }
    const { fills, events } = playScript({ bars: rising, wishes, fillPolicy: { barFill: 'close' } })
    expect(fills).toEqual(['1 buy 10 @ 101'])
    expect(events.at(-1)).toBe('2 canceled 2')
  })
})

describe('a flip', () => {
  it('splits into an exit and an entry, both at the next opening', () => {
    const { fills, events } = playScript({ bars: rising, wishes: { 0: buy(id, 10), 2: sell(id, 15) } })
    expect(fills).toEqual(['1 buy 10 @ 103', '3 sell 10 @ 110', '3 sell 5 @ 110'])
    expect(events).toEqual(['1 accepted 1', '3 accepted 2', '3 accepted 3'])
  })

  it('turns a fully invested account around at once', () => {
    const { fills, position } = playScript({
      bars: rising,
      cash: '1030',
      wishes: { 0: target(id, 1), 1: target(id, -1) },
    })
    expect(fills).toEqual(['1 buy 10 @ 103', '2 sell 10 @ 107', '2 sell 10 @ 107'])
    expect(position).toBe(-10)
  })
})
