import { describe, expect, it } from 'vitest'
import { buy, sell, target } from '../strategy.js'
import { playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const flat: Row = [100, 101, 99, 100]

describe('a reduce-only order', () => {
  it('fills no more than the position', () => {
    const bars: readonly Row[] = [flat, flat, flat]
    const wishes = { 0: buy(id, 10), 1: sell(id, 15, { reduceOnly: true }) }
    const { fills, events, position } = playScript({ bars: [...bars, flat], wishes })
    expect(fills).toEqual(['1 buy 10 @ 100', '2 sell 10 @ 100'])
    expect(events).toEqual(['1 accepted 1', '2 accepted 2', '2 canceled 2'])
    expect(position).toBe(0)
  })

  it('fills nothing where there is no position, or one of its own side', () => {
    const bars: readonly Row[] = [flat, flat, flat, flat]
    expect(playScript({ bars, wishes: { 0: sell(id, 5, { reduceOnly: true }) } }).fills).toEqual([])
    const more = { 0: buy(id, 10), 1: buy(id, 5, { reduceOnly: true }) }
    expect(playScript({ bars, wishes: more }).fills).toEqual(['1 buy 10 @ 100'])
  })

  it('leaves a target alone that is wished for at the same time', () => {
    const bars: readonly Row[] = [flat, flat, flat, flat]
    const wishes = { 0: [sell(id, 5, { reduceOnly: true }), target(id, 0.1)] }
    expect(playScript({ bars, wishes }).position).toBe(10)
    const over = { 0: buy(id, 10), 1: [sell(id, 15, { reduceOnly: true }), target(id, 0.1)] }
    expect(playScript({ bars, wishes: over }).position).toBe(10)
  })

  it('rests as a limit and shrinks to what is left of the position', () => {
    const bars: readonly Row[] = [flat, flat, flat, [100, 106, 99, 105]]
    const wishes = { 0: buy(id, 10), 1: [sell(id, 10, { limit: 105, reduceOnly: true }), sell(id, 4)] }
    const { fills } = playScript({ bars, wishes })
    expect(fills).toEqual(['1 buy 10 @ 100', '2 sell 4 @ 100', '4 sell 6 @ 105 maker'])
  })
})

describe('a close-position order', () => {
  it('takes the whole position, whatever its quantity says', () => {
    for (const quantity of [1, 10, 50]) {
      const wishes = { 0: buy(id, 10), 1: sell(id, quantity, { closePosition: true }) }
      const { fills, report, position } = playScript({ bars: [flat, flat, flat, flat], wishes })
      expect(fills).toEqual(['1 buy 10 @ 100', '2 sell 10 @ 100'])
      expect(position).toBe(0)
      expect(report.warnings).toEqual([])
    }
  })

  it('closes what the position has become when its trigger is reached', () => {
    const bars: readonly Row[] = [flat, flat, flat, [100, 101, 94, 96], flat]
    const wishes = { 0: buy(id, 10), 1: [sell(id, 1, { type: 'stop', trigger: 95, closePosition: true }), buy(id, 5)] }
    const { fills, position } = playScript({ bars, wishes })
    expect(fills).toEqual(['1 buy 10 @ 100', '2 buy 5 @ 100', '4 sell 15 @ 95'])
    expect(position).toBe(0)
  })

  it('goes on at later openings where the volume ends', () => {
    const thin: Row = [100, 101, 99, 100, 4]
    const wishes = { 0: buy(id, 10), 1: sell(id, 1, { closePosition: true }) }
    const { fills, report, position } = playScript({
      bars: [flat, flat, thin, thin, thin, flat],
      wishes,
      fillPolicy: { maxVolumeShare: 1 },
    })
    expect(fills).toEqual(['1 buy 10 @ 100', '2 sell 4 @ 100', '3 sell 4 @ 100', '4 sell 2 @ 100'])
    expect(position).toBe(0)
    expect(report.warnings).toEqual([])
  })

  it('leaves no reservation behind', () => {
    const wishes = { 0: buy(id, 10), 1: sell(id, 50, { closePosition: true }), 3: target(id, 0.05) }
    const { fills } = playScript({ bars: Array<Row>(6).fill(flat), wishes })
    expect(fills.at(-1)).toBe('4 buy 5 @ 100')
  })
})

describe('a position that is entered inside a bar', () => {
  it('is stopped in the same bar where the path goes on to its stop', () => {
    const bars: readonly Row[] = [flat, [100, 101, 90, 95], flat]
    const wishes = { 0: buy(id, 10, { limit: 98, stop: 93 }) }
    expect(playScript({ bars, wishes }).fills).toEqual(['2 buy 10 @ 98 maker', '2 sell 10 @ 93'])
  })

  it('is not stopped by a low that came before it was entered', () => {
    const bars: readonly Row[] = [flat, [100, 106, 90, 105], flat]
    const wishes = { 0: buy(id, 10, { type: 'stop', trigger: 104, stop: 95 }) }
    const { fills } = playScript({ bars, wishes, fillPolicy: { path: 'OLHC' } })
    expect(fills).toEqual(['2 buy 10 @ 104'])
  })

  it('takes its profit in the same bar where the path goes on to it', () => {
    const bars: readonly Row[] = [flat, [100, 106, 95, 105], flat]
    const exit = sell(id, 10, { limit: 103, reduceOnly: true })
    const wishes = { 0: buy(id, 10, { limit: 98, afterFill: [exit] }) }
    const { fills } = playScript({ bars, wishes, fillPolicy: { path: 'OLHC' } })
    expect(fills).toEqual(['2 buy 10 @ 98 maker', '2 sell 10 @ 103 maker'])
    expect(playScript({ bars, wishes, fillPolicy: { path: 'OHLC' } }).fills).toEqual([
      '2 buy 10 @ 98 maker',
      '2 sell 10 @ 103 maker',
    ])
  })
})
