import { describe, expect, it } from 'vitest'
import { buy, sell } from '../strategy.js'
import { dayMs, type Timestamp } from '../time.js'
import { playScript, type Row, start, unit } from './playScript.rig.js'

const { id } = unit
const flat: Row = [100, 101, 99, 100]
const hour = 3_600_000

describe('good till canceled', () => {
  it('stays for as long as there are bars', () => {
    const bars: readonly Row[] = [...Array<Row>(50).fill(flat), [100, 101, 94, 96]]
    const { fills } = playScript({ bars, interval: hour, wishes: { 0: buy(id, 10, { limit: 95 }) } })
    expect(fills).toEqual(['51 buy 10 @ 95 maker'])
  })
})

describe('good till date', () => {
  const bars: readonly Row[] = [flat, flat, flat, [100, 101, 94, 96]]
  const until = (minutes: number) => (start + minutes * 60_000) as Timestamp
  const order = (minutes: number) => ({
    0: buy(id, 10, { limit: 95, timeInForce: 'gtd', expiresAt: until(minutes) }),
  })

  it('ends with the first bar that opens at its end or later', () => {
    const { fills, events } = playScript({ bars, wishes: order(3) })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '4 expired 1'])
  })

  it('meets the bar in which its end lies', () => {
    expect(playScript({ bars, wishes: order(3.5) }).fills).toEqual(['4 buy 10 @ 95 maker'])
  })

  it('is refused without a date', () => {
    const wishes = { 0: buy(id, 10, { limit: 95, timeInForce: 'gtd' }) }
    expect(playScript({ bars, wishes }).events).toEqual(['1 rejected 1 NO_EXPIRY'])
  })

  it('ends a market order that found no volume', () => {
    const dry: readonly Row[] = [flat, [100, 101, 99, 100, 0], [100, 101, 99, 100, 0], flat]
    const wishes = { 0: buy(id, 10, { timeInForce: 'gtd', expiresAt: until(3) }) }
    const { fills, events } = playScript({ bars: dry, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '3 expired 1'])
  })
})

describe('a day order', () => {
  const order = { 0: buy(id, 10, { limit: 95, timeInForce: 'day' }) }
  const from = (start + dayMs - 3 * hour) as Timestamp

  it('meets the bars of its own UTC day', () => {
    const bars: readonly Row[] = [flat, flat, [100, 101, 94, 96]]
    expect(playScript({ bars, from, interval: hour, wishes: order }).fills).toEqual(['3 buy 10 @ 95 maker'])
  })

  it('lives through the day that begins at the midnight it was decided at', () => {
    const bars: readonly Row[] = [flat, flat, [100, 101, 94, 96]]
    const eve = (start + dayMs - hour) as Timestamp
    expect(playScript({ bars, from: eve, interval: hour, wishes: order }).fills).toEqual(['3 buy 10 @ 95 maker'])
  })

  it('does not meet the first bar of the next day', () => {
    const bars: readonly Row[] = [flat, flat, flat, [100, 101, 94, 96]]
    const { fills, events } = playScript({ bars, from, interval: hour, wishes: order })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '4 expired 1'])
  })

  it('does not meet it either when it was placed at the last bar before', () => {
    const bars: readonly Row[] = [flat, flat, [100, 101, 94, 96]]
    const late = { 0: buy(id, 10, { limit: 95, timeInForce: 'day' }) }
    const eve = (start + dayMs - 2 * hour) as Timestamp
    expect(playScript({ bars, from: eve, interval: hour, wishes: late }).events).toEqual([
      '1 accepted 1',
      '3 expired 1',
    ])
  })

  it('ends a market order that found no volume', () => {
    const bars: readonly Row[] = [flat, [100, 101, 99, 100, 0], [100, 101, 99, 100, 0], flat]
    const wishes = { 0: buy(id, 10, { timeInForce: 'day' }) }
    const { fills } = playScript({ bars, from, interval: hour, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual([])
  })
})

describe('immediate or cancel', () => {
  it('meets the next opening once and takes what is there', () => {
    const bars: readonly Row[] = [flat, [98, 101, 97, 100, 4], flat]
    const wishes = { 0: buy(id, 10, { limit: 99, timeInForce: 'ioc' }) }
    const { fills, events } = playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual(['1 buy 4 @ 98'])
    expect(events).toEqual(['1 accepted 1', '1 expired 1'])
  })

  it('ends unfilled where the opening is beyond its limit, though the bar comes back to it', () => {
    const bars: readonly Row[] = [flat, [100, 101, 90, 95]]
    const wishes = { 0: buy(id, 10, { limit: 99, timeInForce: 'ioc' }) }
    const { fills, events } = playScript({ bars, wishes })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '1 expired 1'])
  })

  it('takes no liquidity beyond the first opening as a market order', () => {
    const bars: readonly Row[] = [flat, [100, 101, 99, 100, 3], flat]
    const wishes = { 0: sell(id, 10, { timeInForce: 'ioc' }) }
    expect(playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } }).fills).toEqual(['1 sell 3 @ 100'])
  })
})

describe('fill or kill', () => {
  const wishes = { 0: buy(id, 10, { timeInForce: 'fok' }) }

  it('fills whole where the volume is there', () => {
    const bars: readonly Row[] = [flat, [100, 101, 99, 100, 10]]
    expect(playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } }).fills).toEqual(['1 buy 10 @ 100'])
  })

  it('fills nothing where one lot is missing', () => {
    const bars: readonly Row[] = [flat, [100, 101, 99, 100, 9], flat]
    const { fills, events } = playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '1 expired 1'])
  })
})

describe('at the open', () => {
  it('fills at the next open under any policy', () => {
    const bars: readonly Row[] = [flat, [102, 106, 101, 105]]
    for (const barFill of ['nextOpen', 'nextClose', 'close', 'nextVwap'] as const) {
      const wishes = { 0: buy(id, 10, { timeInForce: 'atOpen' }) }
      expect(playScript({ bars, wishes, fillPolicy: { barFill } }).fills).toEqual(['1 buy 10 @ 102'])
    }
  })

  it('ends where the open is beyond its limit', () => {
    const bars: readonly Row[] = [flat, [102, 106, 90, 105]]
    const wishes = { 0: buy(id, 10, { limit: 101, timeInForce: 'atOpen' }) }
    const { fills, events } = playScript({ bars, wishes })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '1 expired 1'])
  })
})

describe('at the close', () => {
  it('fills at the next close, not at the one that caused it, under any policy', () => {
    const bars: readonly Row[] = [flat, [102, 106, 101, 105]]
    for (const barFill of ['nextOpen', 'nextClose', 'close', 'nextVwap'] as const) {
      const wishes = { 0: buy(id, 10, { timeInForce: 'atClose' }) }
      expect(playScript({ bars, wishes, fillPolicy: { barFill } }).fills).toEqual(['2 buy 10 @ 105'])
    }
  })

  it('fills at the close where its limit allows it', () => {
    const bars: readonly Row[] = [flat, [102, 106, 101, 105], [105, 106, 100, 101]]
    const at = (limit: number) => ({ 0: buy(id, 10, { limit, timeInForce: 'atClose' }) })
    expect(playScript({ bars, wishes: at(105) }).fills).toEqual(['2 buy 10 @ 105'])
    expect(playScript({ bars, wishes: at(104) }).fills).toEqual([])
  })

  it('keeps its time for both halves of a flip', () => {
    const bars: readonly Row[] = [flat, flat, [102, 106, 101, 105]]
    const wishes = { 0: buy(id, 10), 1: sell(id, 15, { timeInForce: 'atClose' }) }
    expect(playScript({ bars, wishes }).fills).toEqual(['1 buy 10 @ 100', '3 sell 10 @ 105', '3 sell 5 @ 105'])
  })
})

describe('a triggered order that meets the market once', () => {
  const bars: readonly Row[] = [flat, [100, 106, 100, 106], [106, 107, 102, 102], flat]

  it.each([
    ['stopLimit', { trigger: 105, limit: 103 }],
    ['trailingStopLimit', { trail: { kind: 'absolute', distance: 5 }, limitOffset: -2 }],
  ] as const)('ends at its trigger where the limit of a %s order is not there', (type, options) => {
    for (const timeInForce of ['ioc', 'fok'] as const) {
      const { fills, events } = playScript({ bars, wishes: { 0: buy(id, 1, { ...options, type, timeInForce }) } })
      expect(fills).toEqual([])
      expect(events).toEqual(['1 accepted 1', '2 triggered 1', '2 expired 1'])
    }
  })

  it('takes what it finds and no more', () => {
    const thin: readonly Row[] = [flat, [100, 106, 100, 106, 3], flat]
    const play = (timeInForce: 'ioc' | 'fok') => {
      const wishes = { 0: buy(id, 5, { type: 'stopLimit', trigger: 105, limit: 105, timeInForce }) }
      return playScript({ bars: thin, wishes, fillPolicy: { maxVolumeShare: 1 } })
    }
    expect(play('ioc').fills).toEqual(['2 buy 3 @ 105'])
    expect(play('ioc').events).toEqual(['1 accepted 1', '2 triggered 1', '2 expired 1'])
    expect(play('fok').fills).toEqual([])
    expect(play('fok').events).toEqual(['1 accepted 1', '2 triggered 1', '2 expired 1'])
  })
})

describe('fill or kill across zero', () => {
  it('stays one order, so that no half of it can fill alone', () => {
    const play = (volume: number) => {
      const bars: readonly Row[] = [flat, flat, [100, 101, 99, 100, volume], flat]
      const wishes = { 0: buy(id, 4), 1: sell(id, 10, { timeInForce: 'fok' }) }
      return playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } })
    }
    expect(play(9)).toMatchObject({ fills: ['1 buy 4 @ 100'], position: 4 })
    expect(play(10)).toMatchObject({ fills: ['1 buy 4 @ 100', '2 sell 10 @ 100'], position: -6 })
  })
})
