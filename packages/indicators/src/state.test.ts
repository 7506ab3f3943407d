import { describe, expect, it } from 'vitest'
import { Atr, Ema, Rsi, Sma } from './index.js'

describe('snapshots', () => {
  it('start with the layout version and the number of samples, and are small', () => {
    const rsi = new Rsi()
    for (let index = 0; index < 100; index++) rsi.next(index % 7)
    const state = rsi.snapshot()
    expect([...state.subarray(0, 2)]).toEqual([1, 100])
    expect(state.byteLength).toBeLessThan(400)
  })

  it('restore another instance with the same options, undo included', () => {
    const original = new Sma({ period: 3 })
    for (const close of [1, 2, 3, 4]) original.next(close)
    const copy = new Sma({ period: 3 })
    copy.restore(original.snapshot())
    expect(copy.value).toBe(3)
    expect(copy.replace(7)).toBe(4)
    expect(original.value).toBe(3)
  })

  it('are refused by an indicator with other options', () => {
    const state = new Ema({ period: 10 }).snapshot()
    expect(() => new Ema({ period: 11 }).restore(state)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Cannot restore ema(11): the snapshot has another layout, kind, options or length.
        Give it a snapshot() of ema(11), made by this version of the package.]
    `)
    expect(() => new Ema({ period: 10, seed: 'first' }).restore(state)).toThrow('Cannot restore ema(10,seed=first)')
    expect(() => new Rsi({ period: 10 }).restore(state)).toThrow('Cannot restore rsi(10)')
  })

  it('are refused by another version of the layout, and where they are cut or of another type', () => {
    const sma = new Sma({ period: 3 })
    const state = sma.snapshot()
    expect(() => sma.restore(state.map((value, index) => (index === 0 ? 2 : value)))).toThrow('has another layout')
    expect(() => sma.restore(state.slice(0, -1))).toThrow('or length')
    expect(() => sma.restore([...state] as never)).toThrow(expect.objectContaining({ code: 'BAD_SNAPSHOT' }))
  })

  it('are copies', () => {
    const sma = new Sma({ period: 2 })
    const state = sma.snapshot()
    state.fill(5)
    expect(sma.next(1)).toBeNaN()
    expect(sma.next(3)).toBe(2)
  })
})

describe('clones', () => {
  it('are of the same class and go their own way', () => {
    const atr = new Atr({ period: 2, average: 'sma' })
    for (const high of [3, 4, 5]) atr.next({ high, low: 1, close: 2 })
    const clone = atr.clone()
    expect(clone).toBeInstanceOf(Atr)
    expect(clone.value).toBe(atr.value)
    clone.next({ high: 90, low: 1, close: 2 })
    expect(clone.value).not.toBe(atr.value)
    expect(clone.samples).toBe(4)
    expect(atr.samples).toBe(3)
  })
})

describe('outputs', () => {
  it('are asked for by name, and the nearest one is named for an unknown', () => {
    expect(() => new Sma().output('smaa' as 'sma')).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Output "smaa" of sma(20) is unknown.
        Did you mean "sma"?
        sma(20) has sma.]
    `)
  })
})
