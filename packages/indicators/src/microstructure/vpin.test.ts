import type { Trade } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Vpin, vpin } from '../index.js'
import { dataFolder, needsData, readReference } from '../oracles/referenceFiles.rig.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'
import { indicatorContract } from '../testing/index.js'
import { vpinDefinition } from './vpin.js'

const none = Number.NaN
const buy = (quantity: number) => ({ price: 10, quantity, aggressor: 'buy' as const })
const sell = (quantity: number) => ({ price: 10, quantity, aggressor: 'sell' as const })

describe('vpin of trades', () => {
  it('cuts trades into buckets of equal volume', () => {
    const stream = new Vpin({ buckets: 2, bucketVolume: 5 })
    // Buckets 3 to 2, 3 to 2, 4 to 1 and 5 to 0.
    const values = [buy(3), sell(4), buy(5), sell(1), buy(7)].map((trade) => stream.onTrade(trade))
    expect(values).toEqual([none, none, 0.2, 0.2, 0.8])
    expect(stream).toMatchObject({ isReady: true, samples: 5 })
  })

  it('takes a core trade as it is', () => {
    const trade = {
      kind: 'trade',
      price: 10,
      quantity: 5,
      aggressor: 'buy',
      instrument: '',
      time: 0,
    } as unknown as Trade
    expect(new Vpin({ buckets: 1, bucketVolume: 5 }).onTrade(trade)).toBe(1)
  })

  it('follows the tick rule where there is no aggressor', () => {
    const stream = new Vpin({ buckets: 1, bucketVolume: 4 })
    for (const price of [10, 11, 11, 10]) stream.onTrade({ price, quantity: 1 })
    // Nobody's, bought, bought, sold.
    expect(stream.value).toBe(0.25)
  })

  it('sizes buckets by the mean of the last trades where no volume is given', () => {
    const stream = new Vpin({ buckets: 1, barsPerBucket: 2, sigma: 3 })
    const values = [buy(1), buy(2), buy(3), sell(1), buy(9)].map((trade) => stream.onTrade(trade))
    // The first bucket opens with the third trade: twice a mean of 2.
    expect(values).toEqual([none, none, none, 0.5, 1])
  })

  it('passes over a trade that is not finite', () => {
    const stream = new Vpin({ buckets: 1, bucketVolume: 5 })
    stream.onTrade(buy(5))
    expect(stream.onTrade({ price: none, quantity: 5 })).toBeNaN()
    expect(stream.onTrade(buy(1))).toBe(1)
  })
})

describe('vpin of bars', () => {
  it('is 0 on a series that does not move, and 1 on a steady rise', () => {
    const volume = new Float64Array(400).fill(7)
    expect(vpin({ close: new Float64Array(400).fill(0.1), volume }).at(-1)).toBe(0)
    const close = Float64Array.from({ length: 400 }, (_, index) => index)
    expect(vpin({ close, volume }).at(-1)).toBe(1)
  })

  it('needs about sigma + buckets · barsPerBucket bars, and exactly as many of equal volume', () => {
    const close = Float64Array.from({ length: 400 }, (_, index) => Math.sin(index))
    const values = vpin({ close, volume: new Float64Array(400).fill(3) })
    expect(values.findIndex(Number.isFinite)).toBe(299)
    expect(new Vpin()).toMatchObject({ name: 'vpin(50,5,50)', warmup: 300 })
  })

  it('waits for volume', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => Math.sin(index))
    const options = { buckets: 2, barsPerBucket: 1, sigma: 5 }
    expect(vpin({ close, volume: new Float64Array(60) }, options).every(Number.isNaN)).toBe(true)
    const volume = close.map((_, index) => Number(index < 30))
    const values = vpin({ close, volume }, options)
    expect(values[59]).toBe(values[29])
  })

  it('has no value after a hole until σ is known again, and then goes on with its buckets', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => Math.sin(index))
    close[30] = none
    const values = vpin({ close, volume: new Float64Array(40).fill(3) }, { buckets: 4, barsPerBucket: 1, sigma: 5 })
    expect([...values.subarray(29, 36)].map(Number.isNaN)).toEqual([false, true, true, true, true, true, false])
  })

  it('stays between 0 and 1', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 80, holes: 'some' }), (bars) => {
        for (const value of vpin(columnsOf(bars), { buckets: 3, barsPerBucket: 1, sigma: 4 })) {
          expect(Number.isNaN(value) || (value >= 0 && value <= 1)).toBe(true)
        }
      }),
    )
  })

  describe('with buckets of a given volume', () => {
    const options = { buckets: 3, sigma: 4, bucketVolume: 700 }
    const subject = { definition: vpinDefinition, options, warmup: 'nominal', runs: 40 } as const
    for (const { name, run } of indicatorContract(subject)) {
      // A given volume does not scale.
      if (name !== 'scales with volumes exactly as its units say') it(name, run)
    }
  })
})

describe('vpin of mixed inputs', () => {
  it('refuses bars after trades and trades after bars, and keeps its state', () => {
    const trades = new Vpin()
    trades.onTrade(buy(1))
    const before = trades.snapshot()
    const bar = { close: 10, volume: 5 }
    expect(() => trades.next(bar)).toThrowErrorMatchingInlineSnapshot(`
      [InvariantError: vpin(50,5,50) takes trades, as its first input was, and was given bars.
        Make one instance for each kind of input; reset() makes this one take another.]
    `)
    expect(() => trades.replace(bar)).toThrow('was given bars')
    expect(() => trades.peek(bar)).toThrow('was given bars')
    expect(trades.snapshot()).toEqual(before)
    const bars = new Vpin()
    bars.next(bar)
    expect(() => bars.onTrade(buy(1))).toThrow(
      'vpin(50,5,50) takes bars, as its first input was, and was given trades.',
    )
    expect(bars.samples).toBe(1)
  })

  it('takes another kind after reset, and remembers its kind in copies', () => {
    const stream = new Vpin()
    stream.onTrade(buy(1))
    expect(() => stream.clone().next({ close: 1, volume: 1 })).toThrow('was given bars')
    const restored = new Vpin()
    restored.restore(stream.snapshot())
    expect(() => restored.next({ close: 1, volume: 1 })).toThrow('was given bars')
    stream.reset()
    expect(stream.next({ close: 1, volume: 1 })).toBeNaN()
  })
})

describe('options of vpin', () => {
  it('name the size of a bucket where it is given', () => {
    expect(new Vpin({ bucketVolume: 120 }).name).toBe('vpin(50,5,50,bucketVolume=120)')
    expect(() => new Vpin({ bucketVolume: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "bucketVolume" of vpin is "-1".
        It takes a number from 0 to 1000000000000000; the default is 0.]
    `)
  })
})

interface Toy {
  readonly trades: readonly (readonly ['buy' | 'sell', string])[]
  readonly bucket_volume: string
  readonly vpin_n3: readonly number[]
}

describe.skipIf(!dataFolder)(`the hand-worked reference case of vpin${needsData}`, () => {
  it('is met after each bucket', () => {
    const { toy } = JSON.parse(readReference('vpin', 'expected.json')) as { readonly toy: Toy }
    const stream = new Vpin({ buckets: 3, bucketVolume: Number(toy.bucket_volume) })
    const seen: number[] = []
    let total = 0
    for (const [aggressor, quantity] of toy.trades) {
      // Unit by unit, so that each bucket shows its value.
      for (let unit = 0; unit < Number(quantity); unit++) {
        stream.onTrade({ price: 1, quantity: 1, aggressor })
        total++
        if (total % Number(toy.bucket_volume) === 0 && stream.isReady) seen.push(stream.value)
      }
    }
    expect(seen.length).toBe(toy.vpin_n3.length)
    for (const [index, value] of toy.vpin_n3.entries()) expect(Math.abs(seen[index]! - value)).toBeLessThan(1e-9)
    const whole = new Vpin({ buckets: 3, bucketVolume: Number(toy.bucket_volume) })
    for (const [aggressor, quantity] of toy.trades) whole.onTrade({ price: 1, quantity: Number(quantity), aggressor })
    expect(whole.value).toBe(stream.value)
  })
})
