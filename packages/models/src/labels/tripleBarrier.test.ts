import { type Bars, barsOf, type ConfigError, timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plantedBars } from '../testing/plantedBars.js'
import { trailingVolatility } from './trailingVolatility.js'
import { tripleBarrier } from './tripleBarrier.js'

type Ohlc = readonly [open: number, high: number, low: number, close: number]

function barsFrom(list: readonly Ohlc[]): Bars {
  const rows = list.map(([open, high, low, close], index) => ({
    instrument: 'X-USD.test' as Bars['instrument'],
    time: timestamp((index + 1) * 1000),
    open,
    high,
    low,
    close,
    volume: 1,
  }))
  return barsOf(rows, 1000)
}

/** Three bars whose returns are +10 % and −10 %: σ of the last is 0.1·√2. Then what comes. */
const start: readonly Ohlc[] = [
  [100, 100, 100, 100],
  [110, 110, 110, 110],
  [99, 99, 99, 99],
]
const options = { bars: 2, volatilityBars: 2, profit: 1, loss: 1 }
const sigma = 0.1 * Math.SQRT2
const labelAt2 = (...after: Ohlc[]) => {
  const { classes, returns, ends } = tripleBarrier(barsFrom([...start, ...after]), options)
  return [classes[2], returns[2]!.toFixed(6), ends[2]]
}

it('labels by the barrier that is touched first', () => {
  expect(labelAt2([99, 113.01, 99, 99], [99, 99, 80, 99])).toEqual([2, sigma.toFixed(6), 3])
  expect(labelAt2([99, 99, 99, 99], [99, 99, 80, 99])).toEqual([0, (-sigma).toFixed(6), 4])
})

it('takes the last close where neither is touched in time', () => {
  expect(labelAt2([99, 100, 98, 99], [99, 100, 98, 99.99])).toEqual([1, '0.010000', 4])
})

it('lets the loss come first when both barriers lie inside one bar', () => {
  expect(labelAt2([99, 200, 50, 99], [99, 99, 99, 99])).toEqual([0, (-sigma).toFixed(6), 3])
})

it('counts a bar that opens beyond a barrier with its open', () => {
  expect(labelAt2([198, 210, 190, 200], [99, 99, 99, 99])).toEqual([2, '1.000000', 3])
  expect(labelAt2([49.5, 50, 40, 45], [99, 99, 99, 99])).toEqual([0, '-0.500000', 3])
})

it('lets the barrier come first beyond which a bar opens, whatever the bar does later', () => {
  expect(labelAt2([198, 210, 40, 50], [99, 99, 99, 99])).toEqual([2, '1.000000', 3])
  expect(labelAt2([49.5, 210, 40, 200], [99, 99, 99, 99])).toEqual([0, '-0.500000', 3])
})

it('labels no bar without a full window after it, touched or not, and none before there is a volatility', () => {
  const { ends, returns } = tripleBarrier(barsFrom([...start, [99, 200, 99, 99]]), options)
  expect([...ends]).toEqual([-1, -1, -1, -1])
  expect(returns.every(Number.isNaN)).toBe(true)
})

it('labels no bar of a flat series, whose barriers lie on each other', () => {
  const flat = Array.from({ length: 20 }, (): Ohlc => [5, 5, 5, 5])
  expect(tripleBarrier(barsFrom(flat), options).ends.every((end) => end === -1)).toBe(true)
})

it('gives a bar the label that a search from its definition gives, and does not look beyond its window', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 12 }), (seed, window) => {
      const list = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 50 }, length: 80, seed })
      const bars = barsOf(list, 3_600_000)
      const settings = { bars: window, volatilityBars: 10, profit: 1.5, loss: 1 }
      const labels = tripleBarrier(bars, settings)
      const volatility = trailingVolatility(bars.close, 10)
      for (let index = 10; index + window < 80; index++) {
        const entry = list[index]!.close
        const path = list.slice(index + 1, index + 1 + window)
        const down = path.findIndex(({ low }) => low <= entry * (1 - volatility[index]!))
        const up = path.findIndex(({ high }) => high >= entry * (1 + 1.5 * volatility[index]!))
        const side = down === -1 && up === -1 ? 1 : up === -1 || (down !== -1 && down <= up) ? 0 : 2
        const touched = side === 1 ? window - 1 : side === 0 ? down : up
        expect([labels.classes[index], labels.ends[index]]).toEqual([side, index + 1 + touched])
      }
      const cut = tripleBarrier(barsOf(list.slice(0, 60), 3_600_000), settings)
      expect(cut.ends.slice(0, 60 - window)).toEqual(labels.ends.slice(0, 60 - window))
    }),
    { numRuns: Math.min(200, Number(process.env.FC_NUM_RUNS ?? 20)) },
  )
})

it.each([
  [{ bars: 0 }, 'Option "bars" of tripleBarrier is "0".'],
  [{ profit: Number.NaN }, 'Option "profit" of tripleBarrier is "NaN".'],
  [{ loss: -1 }, 'Option "loss" of tripleBarrier is "-1".'],
  [{ volatilityBars: 1.5 }, 'Option "volatilityBars" of tripleBarrier is "1.5".'],
])('refuses %j', (bad, message) => {
  let error: ConfigError | undefined
  try {
    tripleBarrier(barsFrom(start), bad)
  } catch (thrown) {
    error = thrown as ConfigError
  }
  expect([error?.code, error?.message.split('\n')[0]]).toEqual(['BAD_PARAMETER', message])
})
