import { describe, expect, it } from 'vitest'
import { buy, sell } from '../strategy.js'
import { playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const thin = (volume: number): Row => [100, 101, 99, 100, volume]
const half = { maxVolumeShare: 0.5 }

describe('a share of the volume', () => {
  it('fills an order over as many bars as it takes', () => {
    const bars = [thin(8), thin(8), thin(9), thin(8), thin(8)]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10) }, fillPolicy: half })
    expect(fills).toEqual(['1 buy 4 @ 100', '2 buy 4 @ 100', '3 buy 2 @ 100'])
  })

  it('is one share for all orders of a bar, in the order they came', () => {
    const bars = [thin(8), thin(8), thin(8), thin(8)]
    const { fills } = playScript({ bars, wishes: { 0: [buy(id, 3), buy(id, 3), buy(id, 3)] }, fillPolicy: half })
    expect(fills).toEqual(['1 buy 3 @ 100', '1 buy 1 @ 100', '2 buy 2 @ 100', '2 buy 2 @ 100', '3 buy 1 @ 100'])
  })

  it('is shared between the opening and the levels of the same bar', () => {
    const bars: readonly Row[] = [thin(10), [100, 101, 94, 96, 10], [96, 97, 93, 96, 10]]
    const { fills } = playScript({ bars, wishes: { 0: [buy(id, 3), buy(id, 5, { limit: 95 })] }, fillPolicy: half })
    expect(fills).toEqual(['1 buy 3 @ 100', '2 buy 2 @ 95 maker', '3 buy 3 @ 95 maker'])
  })

  it('fills nothing in a bar without volume', () => {
    const bars = [thin(10), thin(0), thin(1), thin(2)]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 1) }, fillPolicy: half })
    expect(fills).toEqual(['3 buy 1 @ 100'])
  })

  it('is without limit by default', () => {
    const { fills } = playScript({ bars: [thin(0), thin(0)], wishes: { 0: buy(id, 50) } })
    expect(fills).toEqual(['1 buy 50 @ 100'])
  })

  it('lets a triggered stop go on at the openings after', () => {
    const bars: readonly Row[] = [thin(10), thin(40), [100, 101, 94, 95, 10], [93, 94, 90, 91, 10]]
    const wishes = { 0: buy(id, 8), 1: sell(id, 8, { type: 'stop', trigger: 95, reduceOnly: true }) }
    const { fills } = playScript({ bars, wishes, fillPolicy: half })
    expect(fills).toEqual(['1 buy 8 @ 100', '3 sell 5 @ 95', '3 sell 3 @ 93'])
  })

  it('counts at the close of a bar too', () => {
    const bars = [thin(8), thin(8), thin(8), thin(8)]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 6) }, fillPolicy: { ...half, barFill: 'nextClose' } })
    expect(fills).toEqual(['2 buy 4 @ 100', '3 buy 2 @ 100'])
  })
})
