import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BarColumns, BarInput, IndicatorDefinition, IndicatorUnits } from '../index.js'
import { registry } from '../index.js'
import { barSeries, columnsOf } from './barSeries.js'
import { compensatedSum, twoPassSquares } from './compensated.js'
import { reference } from './index.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 40)

type Id = keyof typeof reference
type Compute = (bars: BarColumns, options: object) => Readonly<Record<string, readonly number[]>>

/** Small sizes, so that short series turn windows over several times, with every convention. */
const configurations: Readonly<Record<Id, readonly object[]>> = {
  sma: [{ period: 7 }, { period: 1 }],
  ema: [{ period: 7 }, { period: 5, seed: 'first' }],
  wma: [{ period: 7 }, { period: 2 }, { period: 1 }],
  dema: [{ period: 5 }, { period: 4, seed: 'first' }],
  tema: [{ period: 4 }, { period: 3, seed: 'first' }],
  hma: [{ period: 9 }, { period: 7, rounding: 'round' }, { period: 2 }],
  kama: [
    { period: 5, fast: 2, slow: 30 },
    { period: 2, fast: 1, slow: 4 },
  ],
  macd: [{ fast: 3, slow: 8, signal: 4 }],
  bollingerBands: [{ period: 7, k: 2 }],
  ichimoku: [
    { tenkan: 3, kijun: 5, senkou: 8, shift: 4 },
    { tenkan: 4, kijun: 2, senkou: 1, shift: 0 },
  ],
  parabolicSar: [
    { start: 0.02, step: 0.02, max: 0.2 },
    { start: 0.1, step: 0.3, max: 2, initial: 'long' },
    { start: 0.05, step: 0, max: 1, initial: 'short' },
  ],
  supertrend: [
    { period: 5, k: 1 },
    { period: 4, k: 0.5, firstTrueRange: 'range' },
  ],
  vwap: [{ period: 6 }, { period: 4, source: 'hl2' }, { period: 3, source: 'close' }],
  rsi: [{ period: 5 }],
  stochastic: [
    { period: 6, smooth: 3, d: 3 },
    { period: 4, smooth: 1, d: 1 },
  ],
  stochRsi: [
    { rsi: 5, stoch: 6, smooth: 3, d: 3 },
    { rsi: 3, stoch: 4, smooth: 1, d: 1 },
  ],
  williamsR: [{ period: 6 }],
  cci: [{ period: 7 }, { period: 4 }],
  roc: [{ period: 5 }],
  momentum: [{ period: 5 }],
  adx: [{ period: 5 }],
  aroon: [{ period: 5 }, { period: 1 }],
  trix: [{ period: 4 }, { period: 3, seed: 'first' }],
  ultimateOscillator: [
    { short: 2, medium: 4, long: 8 },
    { short: 5, medium: 1, long: 3 },
  ],
  obv: [{}],
  volumeRoc: [{ period: 5 }],
  chaikinMoneyFlow: [{ period: 6 }],
  mfi: [{ period: 5 }],
  adLine: [{}],
  chaikinOscillator: [
    { fast: 3, slow: 7 },
    { fast: 2, slow: 4, seed: 'first' },
  ],
  forceIndex: [{ period: 5 }, { period: 4, seed: 'first' }],
  atr: [{ period: 5 }, { period: 5, average: 'sma' }, { period: 4, firstTrueRange: 'range' }],
  natr: [{ period: 5 }, { period: 4, firstTrueRange: 'range' }],
  bollingerWidth: [{ period: 7, k: 2 }],
  stdDev: [{ period: 7 }, { period: 5, ddof: 1 }],
  keltner: [
    { period: 6, atr: 4, k: 2 },
    { period: 5, atr: 3, k: 1.5, average: 'sma', source: 'hlc3', atrAverage: 'sma' },
    { period: 3, atr: 5, k: 1, source: 'hl2', firstTrueRange: 'range' },
  ],
  donchian: [{ period: 6 }, { period: 6, lag: 2 }],
  choppinessIndex: [{ period: 5 }, { period: 4, firstTrueRange: 'range' }],
  vpin: [
    { buckets: 3, barsPerBucket: 2, sigma: 5 },
    { buckets: 6, barsPerBucket: 1, sigma: 4 },
    { buckets: 4, barsPerBucket: 1, sigma: 5, bucketVolume: 700 },
  ],
  orderFlowImbalance: [{ period: 5, sigma: 6 }],
  marketImpact: [
    { period: 6, sigma: 5 },
    { period: 6, sigma: 5, method: 'amihud' },
  ],
}

/** Random bars around a level, each moving by a share of it. */
function walk(options: { readonly level: number; readonly volatility: number; readonly length: number }): BarInput[] {
  let state = 7
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const step = options.level * options.volatility
  let level = options.level
  return Array.from({ length: options.length }, () => {
    level += step * (random() - 0.5)
    const [high, low] = [level + step * random(), level - step * random()]
    return { high, low, close: low + (high - low) * random(), volume: 1 + Math.floor(random() * 1e6) }
  })
}

const usual = walk({ level: 100, volatility: 0.01, length: 300 })
const times = (bar: BarInput, factor: number): BarInput => ({
  high: bar.high * factor,
  low: bar.low * factor,
  close: bar.close * factor,
  volume: bar.volume,
})

const series: Readonly<Record<string, readonly BarInput[]>> = {
  'a walk': usual,
  gaps: usual.map((bar, index) => times(bar, index % 60 < 30 ? 1 : 1.7)),
  'flat stretches': usual.map((bar, index) => (index % 40 < 25 ? bar : usual[index - (index % 40)]!)),
  spikes: usual.map((bar, index) => times(bar, index % 50 === 20 ? 1e3 : 1)),
  'tiny prices': walk({ level: 1.5e-5, volatility: 2e-3, length: 300 }),
  'huge prices that hardly move': walk({ level: 6e4, volatility: 1e-6, length: 300 }),
}

/** A place in a range of almost equal values is only as sure as the range is wide; products in a covariance cancel. */
const tolerances: Readonly<Partial<Record<Id, number>>> = { stochRsi: 1e-9, marketImpact: 1e-9 }

type Units = Pick<IndicatorDefinition, 'units' | 'outputUnits'>

/** What an error may be compared with: the numbers that were added up. */
function scaleOf(measure: IndicatorUnits, bars: BarColumns, index: number): number {
  if (measure === 'volume') return compensatedSum([...bars.volume.slice(0, index + 1)])
  if (measure === 'price') return Math.max(...bars.high.slice(Math.max(0, index - 20), index + 1))
  return 100
}

function compare(id: Id, options: object, list: readonly BarInput[]): void {
  const bars = columnsOf(list)
  const expected = (reference[id] as Compute)(bars, options)
  const actual = (registry[id] as { batch(bars: BarColumns, options: object): Record<string, Float64Array> }).batch(
    bars,
    options,
  )
  const { units, outputUnits } = registry[id] as Units
  for (const [output, column] of Object.entries(expected)) {
    const measure = outputUnits?.[output] ?? units
    let largest = 0
    for (const [index, value] of column.entries()) {
      const got = actual[output]![index]!
      largest = Math.max(largest, Math.abs(value) || 0)
      const allowed = (tolerances[id] ?? 1e-12) * (measure === 'ratio' ? largest : scaleOf(measure, bars, index))
      const near = Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) <= allowed
      if (!near) expect.fail(`${id}.${output} at ${index} is ${got}, by definition ${value}, allowed ${allowed}`)
    }
  }
}

for (const [id, variants] of Object.entries(configurations) as [Id, readonly object[]][]) {
  for (const options of variants) {
    describe(`${id} ${JSON.stringify(options)} by definition`, () => {
      for (const [kind, list] of Object.entries(series)) {
        it(`is right on ${kind}`, () => compare(id, options, list))
      }

      it('is right on random bars', () => {
        const bars = barSeries({ lengthMax: 60, holes: 'none' })
        fc.assert(
          fc.property(bars, (list) => compare(id, options, list)),
          { numRuns, seed: 3 },
        )
      })
    })
  }
}

describe('compensated sums', () => {
  it('keep what a plain sum loses', () => {
    expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2)
    expect([1, 1e100, 1, -1e100].reduce((sum, value) => sum + value)).toBe(0)
  })

  it('give the deviations of large numbers exactly', () => {
    expect(twoPassSquares([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(90)
  })
})
