import { describe, expect, it } from 'vitest'
import { buy, sell } from '../strategy.js'
import { constantLatency } from './latency.js'
import { playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const rising: readonly Row[] = [
  [100, 101, 99, 100],
  [102, 103, 94, 102],
  [104, 105, 94, 104],
  [106, 107, 94, 106],
]

describe('latency', () => {
  it('moves a fill by whole bars', () => {
    const wishes = { 0: buy(id, 1) }
    expect(playScript({ bars: rising, wishes, latency: constantLatency('1m') }).fills).toEqual(['2 buy 1 @ 104'])
    expect(playScript({ bars: rising, wishes, latency: constantLatency('2m') }).fills).toEqual(['3 buy 1 @ 106'])
  })

  it('does not move a fill where it is shorter than a bar, and the report says so', () => {
    const { fills, report } = playScript({ bars: rising, wishes: { 0: buy(id, 1) }, latency: constantLatency('59s') })
    expect(fills).toEqual(['1 buy 1 @ 102'])
    expect(report.warnings).toEqual([
      'A latency of 59000 ms is below what these bars resolve: only whole bars of it delay a fill.',
    ])
  })

  it('holds resting orders back too', () => {
    const wishes = { 0: buy(id, 1, { limit: 95 }) }
    expect(playScript({ bars: rising, wishes, latency: constantLatency('1m') }).fills).toEqual(['3 buy 1 @ 95 maker'])
  })

  it('never lets an order fill at the bar that caused it, even under close', () => {
    const wishes = { 0: buy(id, 1) }
    const { fills } = playScript({
      bars: rising,
      wishes,
      latency: constantLatency('1m'),
      fillPolicy: { barFill: 'close' },
    })
    expect(fills).toEqual(['2 buy 1 @ 104'])
  })

  it('keeps the order of what was sent', () => {
    const wishes = { 0: [buy(id, 2), sell(id, 1, { reduceOnly: true })] }
    const { fills } = playScript({ bars: rising, wishes, latency: constantLatency('1m') })
    expect(fills).toEqual(['2 buy 2 @ 104', '2 sell 1 @ 104'])
  })
})
