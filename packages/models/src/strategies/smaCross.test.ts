import type { Bar, TargetIntent, View } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type SmaCrossParams, smaCross } from './smaCross.js'

const bar = (index: number, close: number, instrument = 'A.sim'): Bar =>
  ({ kind: 'bar', instrument, time: index * 1_000, open: close, high: close, low: close, close, volume: 1 }) as Bar

function run(closes: readonly number[], params: Partial<SmaCrossParams> = {}): (number | undefined)[] {
  const strategy = smaCross.create({ ...smaCross.params, fast: 1, slow: 2, ...params })
  return closes.map(
    (close, index) => (strategy.onBar?.(bar(index, close), {} as View) as TargetIntent | undefined)?.exposure,
  )
}

describe('smaCross', () => {
  it('enters at a crossing up and leaves at a crossing down', () => {
    expect(run([5, 4, 3, 5, 6, 4, 3])).toEqual([undefined, undefined, undefined, 1, undefined, 0, undefined])
  })

  it('waits for the first crossing after warm-up', () => {
    expect(run([1, 2, 3, 4])).toEqual([undefined, undefined, undefined, undefined])
  })

  it('turns short when told to', () => {
    expect(run([5, 4, 3, 5, 6, 4, 5], { side: 'both' })).toEqual([undefined, undefined, undefined, 1, undefined, -1, 1])
  })

  it('does not trade exact ties', () => {
    expect(run([3, 2, 2, 2, 3, 3, 3, 2])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      undefined,
      undefined,
      0,
    ])
  })

  it('scales its wish to its share', () => {
    expect(run([5, 4, 5], { exposure: 0.5, side: 'both' })).toEqual([undefined, undefined, 0.5])
  })

  it('keeps instruments apart', () => {
    const strategy = smaCross.create({ ...smaCross.params, fast: 1, slow: 2 })
    const closes = [
      [5, 5],
      [4, 6],
      [5, 5],
    ] as const
    const wishes = closes.flatMap(([a, b], index) => [
      strategy.onBar?.(bar(index, a, 'A.sim'), {} as View),
      strategy.onBar?.(bar(index, b, 'B.sim'), {} as View),
    ])
    expect(wishes.filter(Boolean)).toEqual([
      { kind: 'target', instrument: 'A.sim', exposure: 1 },
      { kind: 'target', instrument: 'B.sim', exposure: 0 },
    ])
  })

  it.each([
    [{ fast: 30, slow: 10 }, 'fast "30" is not below slow "10".'],
    [{ fast: Number.NaN }, 'fast "NaN" is not below slow "2".'],
    [{ side: 'short' }, 'side "short" is unknown.'],
    [{ exposure: 2 }, 'exposure "2" is out of range.'],
  ])('refuses the parameters %o', (params, message) => {
    expect(() => run([], params as Partial<SmaCrossParams>)).toThrow(message)
  })
})
