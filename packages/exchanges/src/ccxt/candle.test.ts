import { describe, expect, it } from 'vitest'
import { decodeCandles } from './candle.js'

describe('decodeCandles', () => {
  it('reads rows, and lets further columns be', () => {
    expect(decodeCandles('demo', [[60_000, 1, 2, 0.5, 1.5, 0, 'more']])).toEqual([
      { time: 60_000, open: 1, high: 2, low: 0.5, close: 1.5, volume: 0 },
    ])
  })

  it.each<[unknown, string]>([
    ['<html>', 'demo sent string in place of a list of candles.'],
    [undefined, 'demo sent undefined in place of a list of candles.'],
    [[{ time: 1 }], 'demo sent object in place of a candle.'],
    [[[1, 2, 3]], 'demo sent a candle whose low is missing: [1,2,3].'],
    [[[1.5, 1, 1, 1, 1, 1]], 'demo sent a candle whose time is 1.5: [1.5,1,1,1,1,1].'],
    [[[1, -1, 1, 1, 1, 1]], 'demo sent a candle whose open is -1: [1,-1,1,1,1,1].'],
    [[[1, 1, Number.NaN, 1, 1, 1]], 'demo sent a candle whose high is NaN: [1,1,null,1,1,1].'],
    [[[1, 1, 1, '1', 1, 1]], 'demo sent a candle whose low is "1": [1,1,1,"1",1,1].'],
    [[[1, 1, 1, 1, null, 1]], 'demo sent a candle whose close is null: [1,1,1,1,null,1].'],
    [[[1, 1, 1, 1, 1, Number.POSITIVE_INFINITY]], 'demo sent a candle whose volume is Infinity: [1,1,1,1,1,null].'],
  ])('refuses %j', (page, message) => {
    expect(() => decodeCandles('demo', page)).toThrowError(message)
  })
})
