import { Ema, Sma } from '@astertrade/indicators'
import { compare, isShort } from '../../../bench/compare.js'
import { repeated } from './repeated.js'
import { series } from './series.js'

const length = isShort ? 100_000 : 200_000
const { close } = series(length).columns

/** A running sum and nothing else: no undo, no re-base, no hole. */
class PlainMean {
  private readonly ring = new Float64Array(20)
  private sum = 0.5
  private head = 0

  next(input: number): number {
    const { ring, head } = this
    this.sum += input - ring[head]!
    ring[head] = input
    this.head = head + 1 === 20 ? 0 : head + 1
    return this.sum / 20
  }
}

compare({
  name: 'Stream: SMA 20 and EMA 20 against a running sum without undo, re-base and holes',
  items: length * 10,
  cases: [
    {
      name: 'plain running sum',
      run: repeated(() => {
        let sum = 0
        const stream = new PlainMean()
        for (let index = 0; index < length; index++) sum += stream.next(close[index]!)
        return sum
      }, 10),
    },
    {
      name: 'Sma',
      run: repeated(() => {
        let sum = 0
        const stream = new Sma()
        for (let index = 0; index < length; index++) sum += stream.next(close[index]!) || 0
        return sum
      }, 10),
    },
    {
      name: 'Ema',
      run: repeated(() => {
        let sum = 0
        const stream = new Ema()
        for (let index = 0; index < length; index++) sum += stream.next(close[index]!) || 0
        return sum
      }, 10),
    },
  ],
  gates: [
    { subject: 'Sma', base: 'plain running sum', ratioMax: 3.5 },
    { subject: 'Ema', base: 'plain running sum', ratioMax: 3.5 },
  ],
})
