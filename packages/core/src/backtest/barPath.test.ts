import { describe, expect, it } from 'vitest'
import { buy, sell } from '../strategy.js'
import type { FillPolicy } from './fillPolicy.js'
import { playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const flat: Row = [100, 101, 99, 100]

/** A position with a take-profit at 105 and a stop at 95, met by one bar. */
function exitOf(path: FillPolicy['path'], bar: Row, side: 'long' | 'short' = 'long') {
  const [enter, leave] = side === 'long' ? [buy, sell] : [sell, buy]
  const group = { kind: 'oco', name: 'exit' } as const
  const [above, below] = side === 'long' ? (['limit', 'stop'] as const) : (['stop', 'limit'] as const)
  const at = (type: 'limit' | 'stop', price: number) =>
    leave(id, 10, { type, [type === 'limit' ? 'limit' : 'trigger']: price, reduceOnly: true, group })
  const { fills, report } = playScript({
    bars: [flat, flat, bar],
    wishes: { 0: enter(id, 10), 1: [at(above, 105), at(below, 95)] },
    fillPolicy: { path },
  })
  return { price: Number(/@ (\d+)/.exec(fills[1] ?? '')?.[1]), fills, ambiguous: report.ambiguousBars }
}

describe('the path of a bar', () => {
  const wide: Row = [101, 110, 90, 100]

  it('goes to the high first under OHLC and to the low first under OLHC', () => {
    expect(exitOf('OHLC', wide).price).toBe(105)
    expect(exitOf('OLHC', wide).price).toBe(95)
  })

  it('goes first to the extreme that is nearer to the open under adaptive', () => {
    expect(exitOf('adaptive', [101, 110, 90, 100]).price).toBe(105)
    expect(exitOf('adaptive', [99, 110, 90, 100]).price).toBe(95)
    expect(exitOf('adaptive', [100, 110, 90, 100]).price).toBe(105)
  })

  it('goes against the position first under worst and with it under best', () => {
    expect(exitOf('worst', wide).price).toBe(95)
    expect(exitOf('best', wide).price).toBe(105)
    expect(exitOf('worst', wide, 'short').price).toBe(105)
    expect(exitOf('best', wide, 'short').price).toBe(95)
  })

  it('fills one of two exits that exclude each other, never both', () => {
    for (const path of ['OHLC', 'OLHC', 'adaptive', 'worst', 'best'] as const) {
      expect(exitOf(path, wide).fills).toHaveLength(2)
    }
  })

  it('counts the bars in which the order of two exits was a guess, and says so', () => {
    expect(exitOf('adaptive', wide).ambiguous).toBe(1)
    expect(exitOf('adaptive', [100, 106, 96, 100]).ambiguous).toBe(0)
    expect(exitOf('adaptive', [100, 104, 94, 100]).ambiguous).toBe(0)
    // An exit that the bar opens beyond fills there: nothing is guessed.
    expect(exitOf('adaptive', [106, 110, 90, 100]).ambiguous).toBe(0)
    expect(exitOf('adaptive', [95, 110, 90, 100]).ambiguous).toBe(0)
    const { report } = playScript({
      bars: [flat, flat, wide],
      wishes: {
        0: buy(id, 10),
        1: [
          sell(id, 10, { limit: 105, reduceOnly: true }),
          sell(id, 10, { type: 'stop', trigger: 95, reduceOnly: true }),
        ],
      },
    })
    expect(report.warnings.join()).toContain('In 1 bar two exits were possible')
  })

  it('meets a resting order at the open before anything else', () => {
    const wishes = { 0: buy(id, 10), 1: sell(id, 10, { type: 'stop', trigger: 95, reduceOnly: true }) }
    const { fills } = playScript({ bars: [flat, flat, [92, 110, 90, 108]], wishes, fillPolicy: { path: 'OHLC' } })
    expect(fills[1]).toBe('3 sell 10 @ 92')
  })

  it('passes a bar that touches no level', () => {
    const wishes = { 0: [buy(id, 1, { limit: 95 }), sell(id, 1, { limit: 105 })] }
    expect(playScript({ bars: [flat, [100, 105, 95, 100], flat], wishes }).fills).toEqual([])
  })
})
