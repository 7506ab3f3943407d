import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtest } from './backtest/backtest.js'
import { type Bar, type Bars, barColumns, barsOf } from './bar.js'
import { resampleBars } from './data/resample.js'
import { defineInstrument } from './instrument.js'
import { onInterval } from './onInterval.js'
import { defineStrategy, type Intent, target, type View } from './strategy.js'
import { duration, timestamp } from './time.js'

const minute = 60_000
const bar = (minutes: number, [open, high, low, close]: readonly number[], instrument = 'A.x'): Bar =>
  ({ kind: 'bar', instrument, time: minutes * minute, open, high, low, close, volume: 1 }) as Bar

/** Writes down each bar it is shown and wishes for its number. */
function spy() {
  const shown: number[][] = []
  const strategy = defineStrategy({
    name: 'spy',
    params: {},
    create: () => ({
      onBar({ instrument, time, open, high, low, close, volume }) {
        shown.push([time / minute, open, high, low, close, volume])
        return target(instrument, shown.length / 10)
      },
    }),
  })
  const inner = onInterval(strategy, '5m').create({})
  const feed = (next: Bar) => inner.onBar?.(next, {} as View)
  return { shown, feed, name: onInterval(strategy, '5m').name }
}

describe('onInterval', () => {
  it('shows whole buckets at their close', () => {
    const { shown, feed, name } = spy()
    const wishes = [1, 2, 3, 4, 5].map((at) => feed(bar(at, [at, at + 1, at - 1, at + 0.5])))
    expect(name).toBe('spy@5m')
    expect(shown).toEqual([[5, 1, 6, 0, 5.5, 5]])
    expect(wishes.map((wish) => wish !== undefined)).toEqual([false, false, false, false, true])
  })

  it('shows a bucket whose last bars are missing at the first bar after it, and never what has not ended', () => {
    const { shown, feed } = spy()
    feed(bar(1, [1, 1, 1, 1]))
    feed(bar(3, [2, 3, 2, 2]))
    expect(shown).toEqual([])
    feed(bar(9, [5, 5, 5, 5]))
    expect(shown).toEqual([[5, 1, 3, 1, 2, 2]])
  })

  it('answers with both wishes when one bar ends two buckets', () => {
    const { shown, feed } = spy()
    feed(bar(1, [1, 1, 1, 1]))
    const wish = feed(bar(10, [2, 2, 2, 2])) as readonly Intent[]
    expect(shown.map(([time]) => time)).toEqual([5, 10])
    expect(wish).toHaveLength(2)
  })

  it('keeps instruments apart and lets longer bars pass', () => {
    const { shown, feed } = spy()
    feed(bar(4, [1, 1, 1, 1], 'A.x'))
    feed(bar(5, [9, 9, 9, 9], 'B.x'))
    feed(bar(5, [2, 2, 2, 2], 'A.x'))
    feed(bar(15, [3, 3, 3, 3], 'B.x'))
    expect(shown).toEqual([
      [5, 9, 9, 9, 9, 1],
      [5, 1, 2, 1, 2, 2],
      [15, 3, 3, 3, 3, 1],
    ])
  })

  it('keeps the hooks that a strategy has from its class', () => {
    class Listener {
      heard = 0
      onBar() {
        return undefined
      }
      onOrder() {
        this.heard++
        return target('A.x' as Bar['instrument'], this.heard)
      }
    }
    const inner = onInterval(defineStrategy({ name: 'class', params: {}, create: () => new Listener() }), '5m').create(
      {},
    )
    const { onOrder } = inner
    expect(onOrder?.({} as never, {} as View)).toMatchObject({ exposure: 1 })
    expect(inner.onTrade).toBeUndefined()
  })

  it('leaves a strategy without bars as it is, and refuses what is no span of time', () => {
    const quiet = defineStrategy({ name: 'quiet', params: {}, create: () => ({ onOrder: () => undefined }) })
    expect(onInterval(quiet, 1_000).create({}).onBar).toBeUndefined()
    expect(() => onInterval(quiet, 'soon')).toThrow('Not a span of time: "soon".')
  })
})

describe('the buckets of onInterval', () => {
  const unit = defineInstrument({ id: 'A.sim', tick: '0.01', lot: '1' })
  const shownIn = (bars: Bars, interval: string): readonly number[][] => {
    const seen: number[][] = []
    const strategy = defineStrategy({
      name: 'spy',
      params: {},
      create: () => ({
        onBar({ time, open, high, low, close, volume }) {
          seen.push([time, open, high, low, close, volume])
          return undefined
        },
      }),
    })
    backtest({ strategy: onInterval(strategy, interval), data: bars, instruments: [unit], cash: '1000' })
    return seen
  }
  const rowsOf = (bars: Bars): number[][] =>
    Array.from({ length: bars.length }, (_, i) => barColumns.map((name) => bars[name][i]!))

  it('are those of resampleBars, whole weeks and a first part of one included', () => {
    const step = fc.constantFrom(['1h', '5h'], ['1h', '1d'], ['1d', '1w'], ['1d', '2w'], ['30m', '90m'] as const)
    fc.assert(
      fc.property(
        step,
        fc.nat(400),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 60 }),
        ([short, long], from, gaps) => {
          const interval = duration(short!)
          let at = from
          const list = gaps.map((gap, i) => {
            at += gap
            const price = 10 + (i % 7)
            const time = timestamp(at * interval)
            return {
              instrument: unit.id,
              time,
              open: price,
              high: price + 2,
              low: price - 1,
              close: price + 1,
              volume: 1,
            }
          })
          const bars = barsOf(list, interval)
          const expected = rowsOf(resampleBars(bars, { interval: long! }).bars)
          const seen = shownIn(bars, long!)
          // A last bucket whose end the data do not reach is shown by neither.
          expect(seen).toEqual(expected)
        },
      ),
    )
  })

  it('have to hold whole bars', () => {
    const hour = 3_600_000
    const list = [1, 2, 3].map((n) => ({ instrument: unit.id, time: timestamp(n * hour), ...flat }))
    expect(() => shownIn(barsOf(list, hour), '90m')).toThrow(
      expect.objectContaining({
        code: 'BAD_INTERVAL',
        message: expect.stringContaining('Bars of 3600000 ms of A.sim do not fit into bars of 5400000 ms.'),
      }),
    )
    expect(shownIn(barsOf(list, hour), '30m')).toHaveLength(3)
  })

  const flat = { open: 1, high: 1, low: 1, close: 1, volume: 1 }
})
