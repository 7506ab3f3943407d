import { describe, expect, it } from 'vitest'
import { Obv, obv } from '../index.js'

describe('obv', () => {
  it('starts at the first volume and follows the sign of the change', () => {
    const bars = { close: Float64Array.of(10, 11, 9, 9), volume: Float64Array.of(5, 3, 4, 100) }
    expect(obv(bars)).toEqual(Float64Array.of(5, 8, 4, 4))
  })

  it('compares with the last finite close across a bar that is not', () => {
    const stream = new Obv()
    const values = [
      { close: 10, volume: 5 },
      { close: Number.NaN, volume: 9 },
      { close: 11, volume: Number.POSITIVE_INFINITY },
      { close: 12, volume: 1 },
    ].map((bar) => stream.next(bar))
    expect(values).toEqual([5, Number.NaN, Number.NaN, 6])
  })

  it('is ready with the first bar', () => {
    expect(new Obv()).toMatchObject({ name: 'obv', warmup: 1, stableAfter: 1, isReady: false })
  })
})
