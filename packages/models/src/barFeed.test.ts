import type { Bar, Trade } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { barFeed } from './barFeed.js'
import { askAt } from './model.js'

const bar = (time: number, rest: Partial<Bar> = {}): Bar =>
  ({ kind: 'bar', instrument: 'A.sim', time, open: 1, high: 2, low: 1, close: 2, volume: 0, ...rest }) as Bar
const at = (time: number) => askAt(time as Bar['time'])

describe('barFeed', () => {
  it('takes sound bars that are newer than the last, and learns their distance', () => {
    const feed = barFeed('test')
    expect(feed.interval).toBe(Number.POSITIVE_INFINITY)
    const first = bar(100)
    expect(feed.take(first)).toBe(first)
    expect(feed.take(bar(100))).toBeUndefined()
    expect(feed.take(bar(90))).toBeUndefined()
    feed.take(bar(170))
    feed.take(bar(230))
    expect(feed).toMatchObject({ count: 3, interval: 60 })
  })

  it('leaves out events of another kind', () => {
    const trade = { kind: 'trade', time: 100, price: 1 } as unknown as Trade
    expect(barFeed('test').take(trade)).toBeUndefined()
  })

  it('leaves out a bar that is no number or holds no price, until a good one comes', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
    for (const bad of [{ close: nan }, { high: infinity }, { low: nan }, { close: 3 }, { close: 0.5 }]) {
      const feed = barFeed('test')
      feed.take(bar(100))
      expect(feed.take(bar(200, bad))).toBeUndefined()
      expect(feed.refuse(at(200), 1, 1_000)).toMatchObject({ code: 'nan' })
      feed.take(bar(300))
      expect(feed.refuse(at(300), 1, 1_000)).toBeUndefined()
      expect(feed.count).toBe(2)
    }
  })

  it('refuses while cold, and for rows too late or too early', () => {
    const feed = barFeed('test')
    expect(feed.refuse(at(0), 1, 100)).toEqual({ kind: 'abstain', code: 'cold', reason: 'test: too few bars' })
    feed.take(bar(100))
    expect(feed.refuse(at(200), 1, 100)).toBeUndefined()
    expect(feed.refuse(at(201), 1, 100)).toMatchObject({ code: 'expired' })
    expect(feed.refuse(at(99), 1, 100)).toMatchObject({ code: 'expired' })
  })
})
