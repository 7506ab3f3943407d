import { describe, expect, it } from 'vitest'
import { Roc, roc } from '../index.js'

const none = Number.NaN

describe('roc', () => {
  it('is the change over a distance in percent', () => {
    expect(roc(Float64Array.of(10, 11, 12.5, 5.5), { period: 2 })).toEqual(Float64Array.of(none, none, 25, -50))
  })

  it('is 0 where the past input was 0, and on a series that does not move', () => {
    expect(roc(Float64Array.of(0, 5, 5), { period: 1 })).toEqual(Float64Array.of(none, 0, 0))
  })

  it('has no value where one of its two inputs is not finite', () => {
    const close = Float64Array.of(10, Number.POSITIVE_INFINITY, 20, 30, Number.NaN, 15)
    expect(roc(close, { period: 1 })).toEqual(Float64Array.of(none, none, none, 50, none, none))
  })

  it('stays cold where the distance is longer than the series', () => {
    expect([...roc(Float64Array.of(1, 2), { period: 5 })]).toEqual([none, none])
  })

  it('is ready once it has looked back from the first finite input', () => {
    const stream = new Roc({ period: 2 })
    const ready = [none, none, 1, 2, 3].map((input) => {
      stream.next(input)
      return stream.isReady
    })
    expect(ready).toEqual([false, false, false, false, true])
    expect(stream).toMatchObject({ name: 'roc(2)', warmup: 3, stableAfter: 3 })
  })
})
