import { describe, expect, it } from 'vitest'
import type { Bar } from './bar.js'
import { onInterval } from './onInterval.js'
import { defineStrategy, type Intent, target, type View } from './strategy.js'

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
