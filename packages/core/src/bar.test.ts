import { describe, expect, it } from 'vitest'
import {
  advanceBar,
  type Bar,
  barColumns,
  barsOf,
  createBars,
  cursor,
  sealedBar,
  sliceBars,
  snapshotBar,
} from './bar.js'
import { defineInstrument } from './instrument.js'
import { lendBar } from './lentBar.js'
import { type Timestamp, timestamp } from './time.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const start = timestamp('2024-01-02')
const bar = (index: number): Bar => ({
  kind: 'bar',
  instrument: btc.id,
  time: (start + (index + 1) * 60_000) as Timestamp,
  open: 100 + index,
  high: 110 + index,
  low: 90 + index,
  close: 105 + index,
  volume: 1000 + index,
})
const bars = barsOf([bar(0), bar(1), bar(2)], 60_000)

describe('bars', () => {
  it('are six columns on one shared buffer of 48 bytes a bar', () => {
    const made = createBars(btc.id, 60_000, 5)
    const buffers = new Set(barColumns.map((name) => made[name].buffer))
    expect(buffers.size).toBe(1)
    const [buffer] = [...buffers]
    expect(buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(buffer?.byteLength).toBe(5 * 48)
    expect(made.length).toBe(5)
    expect(barColumns.every((name) => made[name].length === 5)).toBe(true)
  })

  it('hold what was put in', () => {
    expect(bars).toMatchObject({ instrument: btc.id, interval: 60_000, length: 3 })
    expect([...bars.close]).toEqual([105, 106, 107])
    expect([...bars.time]).toEqual([0, 1, 2].map((index) => bar(index).time))
  })

  it('are refused where there are none, or of two instruments', () => {
    expect(() => barsOf([], 60_000)).toThrow('No bars were given.')
    expect(() => barsOf([], 60_000)).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    const other = { ...bar(1), instrument: 'ETH-USDT.sim' as typeof btc.id }
    expect(() => barsOf([bar(0), other], 60_000)).toThrow('Bars of "BTC-USDT.sim" and "ETH-USDT.sim" in one series.')
    expect(() => barsOf([bar(0), other], 60_000)).toThrow(expect.objectContaining({ code: 'MIXED_INSTRUMENTS' }))
  })
})

describe('a slice', () => {
  it('shows the same memory', () => {
    const slice = sliceBars(bars, 1, 3)
    expect([...slice.close]).toEqual([106, 107])
    expect(slice.close.buffer).toBe(bars.close.buffer)
    expect(slice).toMatchObject({ instrument: btc.id, interval: 60_000, length: 2 })
  })

  it('stays within the bars, whatever is asked for', () => {
    const asked: readonly (readonly [number, number?])[] = [[0], [2], [3], [9], [-5, 2], [2, 1], [0, 99]]
    expect(asked.map(([from, to]) => sliceBars(bars, from, to).length)).toEqual([3, 1, 0, 0, 2, 0, 3])
  })
})

describe('a cursor', () => {
  it('walks over the bars, once', () => {
    const at = cursor(bars, 7)
    expect(at).toMatchObject({ index: -1, kind: 'bar', instrument: btc.id, slot: 7 })
    const seen: Bar[] = []
    while (at.advance()) seen.push(snapshotBar(at))
    expect(seen).toEqual([bar(0), bar(1), bar(2)])
    expect(at.advance()).toBe(false)
    expect(at.index).toBe(2)
  })

  it('is one object that moves on, so that only a snapshot can be kept', () => {
    const at = cursor(bars)
    at.advance()
    const [kept, copy] = [at, snapshotBar(at)]
    at.advance()
    expect(kept.close).toBe(106)
    expect(copy.close).toBe(105)
  })

  it('shows a strategy no way to later bars', () => {
    const sealed = sealedBar(bars, 0)
    advanceBar(sealed)
    expect(snapshotBar(sealed)).toEqual(bar(0))
    expect(Reflect.ownKeys(sealed)).toEqual(['kind', 'instrument', 'slot', 'interval'])
    expect(Reflect.ownKeys(Object.getPrototypeOf(sealed))).toEqual(['constructor', ...barColumns])
    expect(Reflect.ownKeys(sealed.constructor)).toEqual(['length', 'name', 'prototype'])
    expect(Reflect.ownKeys(cursor(bars))).not.toContain('bars')
    expect(Reflect.ownKeys(lendBar(sealed))).not.toContain('bar')
  })

  it('has nothing to walk over where there are no bars', () => {
    expect(cursor(createBars(btc.id, 60_000, 0)).advance()).toBe(false)
  })
})

describe('a lent bar', () => {
  it('reads like the bar until it is taken back, and throws after', () => {
    const lent = lendBar(bar(0))
    expect(snapshotBar(lent)).toEqual(bar(0))
    expect(lent.kind).toBe('bar')
    lent.takeBack()
    for (const key of [...barColumns, 'instrument'] as const) {
      expect(() => lent[key], key).toThrow('A bar of BTC-USDT.sim was read after the call that it was lent to.')
    }
    expect(() => lent.close).toThrow(expect.objectContaining({ code: 'BAR_KEPT' }))
  })
})
