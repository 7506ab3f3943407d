import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barColumns, sliceBars } from '../bar.js'
import { hashBars } from '../hashBars.js'
import { checkBars } from './checkBars.js'
import { type SyntheticTapeOptions, syntheticTape, syntheticTapeDefaults } from './syntheticTape.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 20)

describe('syntheticTape', () => {
  it('gives the same bytes for the same options, on any machine', () => {
    expect(hashBars(syntheticTape({ seed: 1, bars: 10_000 }))).toBe(
      'f2cc4b974509af2d2a50a69d8566c05613fac37a9fae931a8375a95857cfcc46',
    )
  })

  it('makes ninety days of minutes of bitcoin unless told otherwise', () => {
    const tape = syntheticTape()
    const { time, open, instrument, interval, length } = tape
    expect({ instrument, interval, length }).toEqual({
      instrument: 'BTC-USD.synthetic',
      interval: 60_000,
      length: 90 * 24 * 60,
    })
    expect(time[0]! - interval).toBe(Date.UTC(2024, 0, 1))
    expect(time[length - 1]).toBe(Date.UTC(2024, 0, 1) + length * interval)
    expect(open[0]).toBe(40_000)
  })

  it('makes sound bars on the grid of 0.01, each opening where the last one closed', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          bars: fc.integer({ min: 1, max: 500 }),
          interval: fc.constantFrom('1s', '1m', '1h', '1d'),
          price: fc.constantFrom(1, 1.23, 40_000, 1e9),
          annualVolatility: fc.constantFrom(0.01, 0.6, 2),
        }),
        (options) => {
          const tape = syntheticTape(options)
          checkBars(tape)
          for (const name of ['open', 'high', 'low', 'close'] as const) {
            for (const value of tape[name]) expect(value).toBe(Math.max(1, Math.round(value * 100)) / 100)
          }
          for (let i = 1; i < tape.length; i++) expect(tape.open[i]).toBe(tape.close[i - 1])
        },
      ),
      { numRuns },
    )
  })

  it('begins a longer tape with the shorter one', () => {
    const long = syntheticTape({ seed: 5, bars: 3_000 })
    const short = syntheticTape({ seed: 5, bars: 2_000 })
    for (const name of barColumns) expect(sliceBars(long, 0, 2_000)[name]).toEqual(short[name])
  })

  it('makes another market for another seed', () => {
    const [one, two] = [syntheticTape({ seed: 1, bars: 100 }), syntheticTape({ seed: 2, bars: 100 })]
    expect(one.close).not.toEqual(two.close)
  })

  it('has the volatility that was asked for, and over a year keeps near it', () => {
    const yearly = (annualVolatility: number): number => {
      const { open, close, length } = syntheticTape({ seed: 3, bars: 365 * 24 * 4, interval: '15m', annualVolatility })
      let squares = 0
      for (let i = 0; i < length; i++) squares += Math.log(close[i]! / open[i]!) ** 2
      return Math.sqrt(squares)
    }
    expect(yearly(0.6)).toBeGreaterThan(0.5)
    expect(yearly(0.6)).toBeLessThan(0.75)
    expect(yearly(0.3) / yearly(0.6)).toBeCloseTo(0.5, 1)
  })

  it('clusters volatility, has fat tails, and leaves the direction of the next bar open', () => {
    const { open, close, length } = syntheticTape({ seed: 4 })
    const changes = Float64Array.from({ length }, (_, i) => Math.log(close[i]! / open[i]!))
    const correlation = (x: Float64Array, lag: number): number => {
      const mean = x.reduce((sum, value) => sum + value, 0) / x.length
      let [product, square] = [0, 0]
      for (let i = 0; i < x.length; i++) {
        square += (x[i]! - mean) ** 2
        if (i >= lag) product += (x[i]! - mean) * (x[i - lag]! - mean)
      }
      return product / square
    }
    expect(Math.abs(correlation(changes, 1))).toBeLessThan(0.02)
    expect(correlation(changes.map(Math.abs), 1)).toBeGreaterThan(0.2)
    expect(correlation(changes.map(Math.abs), 60)).toBeGreaterThan(0.1)
    const square = changes.reduce((sum, value) => sum + value ** 2, 0) / length
    expect(changes.reduce((sum, value) => sum + value ** 4, 0) / length / square ** 2).toBeGreaterThan(10)
  })

  it('trades most when New York opens and least at night and on weekends', () => {
    const { time, volume, length, interval } = syntheticTape({ seed: 6 })
    const mean = (wanted: (date: Date) => boolean): number => {
      let [sum, count] = [0, 0]
      for (let i = 0; i < length; i++) {
        if (!wanted(new Date(time[i]! - interval))) continue
        sum += volume[i]!
        count++
      }
      return sum / count
    }
    const isWeekend = (date: Date): boolean => date.getUTCDay() % 6 === 0
    expect(mean((date) => date.getUTCHours() === 15)).toBeGreaterThan(2 * mean((date) => date.getUTCHours() === 4))
    expect(mean(isWeekend)).toBeLessThan(0.8 * mean((date) => !isWeekend(date)))
  })

  it.each<[SyntheticTapeOptions, string]>([
    [{ bars: 0 }, 'Synthetic tape: bars "0" is not an integer from 1 to 10 million.'],
    [{ bars: 1.5 }, 'Synthetic tape: bars "1.5" is not an integer from 1 to 10 million.'],
    [{ bars: 1e8 }, 'Synthetic tape: bars "100000000" is not an integer from 1 to 10 million.'],
    [{ interval: '2d' }, 'Synthetic tape: interval "172800000" is not at most a day.'],
    [{ price: 0 }, 'Synthetic tape: price "0" is not a number from 1 to a billion.'],
    [{ price: Number.NaN }, 'Synthetic tape: price "NaN" is not a number from 1 to a billion.'],
    [{ annualVolatility: 0 }, 'Synthetic tape: annualVolatility "0" is not above 0 and at most 2.'],
    [{ annualVolatility: Number.POSITIVE_INFINITY }, 'annualVolatility "Infinity" is not above 0 and at most 2.'],
    [{ instrument: 'BTC' }, 'Instrument id "BTC" is not "SYMBOL.venue".'],
    [{ interval: 'soon' }, 'Not a span of time: "soon".'],
    [{ from: 'today' }, 'Not a time: "today".'],
    [{ seed: Number.NaN }, 'Seed "NaN" is not a finite number.'],
  ])('refuses %o', (options, message) => {
    expect(() => syntheticTape(options)).toThrow(message)
  })

  it('says what the default is', () => {
    expect(() => syntheticTape({ bars: -1 })).toThrow(`The default is ${syntheticTapeDefaults.bars}.`)
  })
})
