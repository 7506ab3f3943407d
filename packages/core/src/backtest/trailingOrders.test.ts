import { describe, expect, it } from 'vitest'
import { amend, buy, sell } from '../strategy.js'
import { nth, playScript, type Row, unit } from './playScript.rig.js'

const { id } = unit
const first: Row = [100, 102, 99, 100]
const trail = { kind: 'absolute', distance: 5 } as const
const highFirst = { path: 'OHLC' } as const
const lowFirst = { path: 'OLHC' } as const

describe('a trailing stop', () => {
  it('follows a rising price and sells when it falls by the distance', () => {
    // Best price 110 in bar 1; the stop stands at 105 and is met in bar 2.
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [109, 109, 104, 106]]
    const { fills } = playScript({
      bars,
      wishes: { 0: sell(id, 10, { type: 'trailingStop', trail }) },
      fillPolicy: lowFirst,
    })
    expect(fills).toEqual(['3 sell 10 @ 105'])
  })

  it('counts a high before the low of the same bar only where the path says so', () => {
    const bars: readonly Row[] = [first, [101, 110, 98, 109]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail }) }
    expect(playScript({ bars, wishes, fillPolicy: highFirst }).fills).toEqual(['2 sell 10 @ 105'])
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual([])
  })

  it('never moves back', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 107], [107, 108, 106, 107], [106, 107, 104, 104]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail }) }
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['4 sell 10 @ 105'])
  })

  it('buys back behind a falling price', () => {
    const bars: readonly Row[] = [first, [99, 100, 90, 91], [91, 96, 91, 94]]
    const wishes = { 0: buy(id, 10, { type: 'trailingStop', trail }) }
    expect(playScript({ bars, wishes, fillPolicy: highFirst }).fills).toEqual(['3 buy 10 @ 95'])
  })

  it('fills at the open when the price gaps over it', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [100, 102, 99, 101]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail }) }
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['3 sell 10 @ 100'])
  })

  it('trails by a share of the best price, put on the grid away from it', () => {
    // 110 less 5 % is 104.5, on the grid 104.
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [109, 109, 103, 106]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail: { kind: 'percent', ratio: 0.05 } }) }
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['3 sell 10 @ 104'])
  })

  it('trails by a multiple of the range that was measured when it was placed', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [109, 109, 103, 106]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail: { kind: 'atr', multiple: 3, atr: 2 } }) }
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['3 sell 10 @ 104'])
  })

  it('keeps its best price when its size is amended', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 107], [107, 108, 104, 106]]
    const wishes = { 0: sell(id, 10, { type: 'trailingStop', trail }), 1: amend(nth(1), { quantity: 4 }) }
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['3 sell 4 @ 105'])
  })
})

describe('a trailing stop-limit', () => {
  const wishes = { 0: sell(id, 10, { type: 'trailingStopLimit', trail, limitOffset: 2 }) }

  it('becomes a limit beyond its trigger by the offset and takes what the market gives', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [109, 109, 104, 106]]
    const { fills, events } = playScript({ bars, wishes, fillPolicy: lowFirst })
    expect(events).toEqual(['1 accepted 1', '3 triggered 1'])
    expect(fills).toEqual(['3 sell 10 @ 105'])
  })

  it('rests at its limit of 103 when the price gaps below it', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [100, 102, 99, 101], [101, 104, 100, 103]]
    expect(playScript({ bars, wishes, fillPolicy: lowFirst }).fills).toEqual(['4 sell 10 @ 103 maker'])
  })

  it('keeps the limit of its trigger when its size is amended afterwards', () => {
    const bars: readonly Row[] = [first, [101, 110, 100, 109], [100, 102, 99, 101], [101, 104, 100, 103]]
    const { fills } = playScript({
      bars,
      wishes: { ...wishes, 2: amend(nth(1), { quantity: 4 }) },
      fillPolicy: lowFirst,
    })
    expect(fills).toEqual(['4 sell 4 @ 103 maker'])
  })
})
