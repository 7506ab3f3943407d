import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOutputs } from '../columns.js'
import {
  type BarInput,
  type Indicator,
  RollingVwap,
  registry,
  sma,
  type VwapInput,
  type VwapOptions,
  vwap,
} from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'
import { type ContractDefinition, type ContractSubject, indicatorContract, reference } from '../testing/index.js'

const none = Number.NaN
const hourMs = 3_600_000

/** Opens and close times for bars that have none: opens at the low, a bar each hour. */
function extended(bar: BarInput, index: number): VwapInput {
  return { ...bar, open: bar.low, time: (index + 1) * hourMs }
}

/** The indicator with opens and times given to whatever it is fed, so that the contract can run with these options. */
function fed(stream: RollingVwap): Indicator<BarInput, 'vwap'> {
  return new Proxy(stream as unknown as Indicator<BarInput, 'vwap'>, {
    get: (_, name) => {
      const { samples } = stream
      if (name === 'next') return (bar: BarInput) => stream.next(extended(bar, samples))
      if (name === 'peek') return (bar: BarInput) => stream.peek(extended(bar, samples))
      if (name === 'replace') return (bar: BarInput) => stream.replace(extended(bar, Math.max(samples - 1, 0)))
      if (name === 'clone') return () => fed(stream.clone())
      const value = Reflect.get(stream, name, stream) as unknown
      return typeof value === 'function' ? value.bind(stream) : value
    },
  })
}

const definition: ContractDefinition = {
  ...(registry.vwap as unknown as ContractDefinition),
  create: (options) => fed(new RollingVwap(options)) as never,
  batch: (bars, options, out) => {
    if (out !== undefined) checkOutputs('vwap', ['vwap'], out)
    const time = bars.close?.map?.((_, index) => (index + 1) * hourMs)
    return { vwap: vwap({ ...bars, open: bars.low, time }, options, out?.vwap) }
  },
}

const variants: readonly VwapOptions[] = [
  { period: 4, source: 'ohlc4' },
  { anchor: 4 * hourMs },
  { anchor: 24 * hourMs, source: 'ohlc4' },
]
for (const options of variants) {
  describe(`vwap ${JSON.stringify(options)} with opens and times`, () => {
    const exceptions = options.anchor === 4 * hourMs && { hole: 'a session lasts as long with it as without' }
    const subject = { definition: { ...definition, exceptions }, options } as ContractSubject
    for (const { name, run } of indicatorContract(subject)) it(name, run)

    it('is right by definition', () => {
      fc.assert(
        fc.property(barSeries({ lengthMax: 60, holes: 'none' }), (bars) => {
          const columns = columnsOf(bars)
          const time = columns.close.map((_, index) => (index + 1) * hourMs)
          const all = { ...columns, open: columns.low, time }
          const expected = reference.vwap(all, { period: 20, ...options }).vwap
          for (const [index, value] of vwap(all, options).entries()) {
            if (Number.isNaN(expected[index]!)) expect(value).toBeNaN()
            else expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-12 * columns.high[index]! + 1e-9)
          }
        }),
      )
    })
  })
}

describe('vwap', () => {
  const bars = {
    high: Float64Array.of(11, 15, 12, 13),
    low: Float64Array.of(9, 13, 10, 11),
    close: Float64Array.of(10, 14, 11, 12),
    volume: Float64Array.of(100, 300, 0, 0),
  }
  const ofColumns = (index: number): VwapInput => ({
    high: bars.high[index]!,
    low: bars.low[index]!,
    close: bars.close[index]!,
    volume: bars.volume[index]!,
  })

  it('weighs prices with volumes, and with nothing where there is no volume', () => {
    expect(vwap(bars, { period: 2 })).toEqual(Float64Array.of(none, 13, 14, 11.5))
    const stream = new RollingVwap({ period: 2 })
    expect([0, 1, 2, 3].map((index) => stream.next(ofColumns(index)))).toEqual([none, 13, 14, 11.5])
  })

  it('takes another price of the bar on request', () => {
    const skewed = { ...bars, close: bars.low, open: bars.high }
    expect(vwap(skewed, { period: 1, source: 'close' })[0]).toBe(9)
    expect(vwap(skewed, { period: 1, source: 'hl2' })[0]).toBe(10)
    expect(vwap(skewed, { period: 1 })[0]).toBeCloseTo(29 / 3, 12)
    expect(vwap(skewed, { period: 1, source: 'ohlc4' })[0]).toBe(10)
    expect(new RollingVwap({ source: 'ohlc4' }).next(ofColumns(0))).toBeNaN()
    expect(() => vwap(bars, { source: 'ohlc4' })).toThrow('Column "open" of vwap is undefined, not a Float64Array.')
  })

  it('starts anew with each session, to which the bar that closes at its end belongs', () => {
    const time = Float64Array.of(hourMs - 1, hourMs, hourMs + 1, 2 * hourMs)
    const volume = Float64Array.of(100, 300, 100, 100)
    const options = { anchor: hourMs }
    expect(vwap({ ...bars, volume, time }, options)).toEqual(Float64Array.of(10, 13, 11, 11.5))
    const stream = new RollingVwap(options)
    const values = [0, 1, 2, 3].map((at) => stream.next({ ...ofColumns(at), volume: volume[at]!, time: time[at]! }))
    expect(values).toEqual([10, 13, 11, 11.5])
    expect(stream).toMatchObject({ name: 'vwap(20,anchor=3600000)', warmup: 1, stableAfter: 1, isReady: true })
    expect(new RollingVwap(options).next(ofColumns(0))).toBeNaN()
    expect(() => vwap(bars, options)).toThrow('Column "time" of vwap is undefined, not a Float64Array.')
  })

  it('passes over a bar that is not finite in an anchored average', () => {
    const time = Float64Array.of(1, 2, 3, 4)
    const holed = { ...bars, time, volume: Float64Array.of(100, none, 100, none) }
    expect(vwap(holed, { anchor: hourMs })).toEqual(Float64Array.of(10, none, 10.5, none))
  })

  it('is the plain mean where every volume is the same or there is none', () => {
    const close = Float64Array.from({ length: 50 }, (_, index) => 100 + Math.sin(index))
    const plain = sma(close)
    for (const size of [0, 7]) {
      const volume = new Float64Array(50).fill(size)
      for (const [index, value] of vwap({ high: close, low: close, close, volume }, { source: 'close' }).entries()) {
        if (index >= 19) expect(value).toBeCloseTo(plain[index]!, 11)
      }
    }
  })

  it('is exact once a volume a billion times too large has left the window', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => 100 + Math.sin(index))
    const volume = close.map((_, index) => (index === 30 ? 1e18 : 1 + (index % 7)))
    const clean = volume.map((value, index) => (index === 30 ? 1 : value))
    const columns = { high: close, low: close, close }
    const [spiked, expected] = [vwap({ ...columns, volume }), vwap({ ...columns, volume: clean })]
    for (let index = 50; index < 60; index++) expect(spiked[index]! / expected[index]!).toBeCloseTo(1, 14)
  })

  it('refuses sessions that do not divide a day', () => {
    expect(() => new RollingVwap({ anchor: 7 * hourMs })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "anchor" of vwap is "25200000", which does not divide a day.
        Sessions start at UTC midnight, as with 86_400_000 (a day) or 3_600_000 (an hour); 0 has none.]
    `)
  })

  it('is named with its period', () => {
    expect(new RollingVwap()).toMatchObject({ name: 'vwap(20)', warmup: 20, stableAfter: 20 })
  })
})
