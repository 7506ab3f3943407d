import { describe, expect, it } from 'vitest'
import { type BarColumns, type IndicatorDefinition, registry } from './index.js'

const length = 150

function walk(): BarColumns {
  const close = Float64Array.from({ length }, (_, index) => 100 + 9 * Math.sin(index / 7) + 3 * Math.sin(index * 1.7))
  const volume = close.map((price) => Math.round(price * 10))
  return { high: close.map((price) => price + 1), low: close.map((price) => price - 1), close, volume }
}

/** The walk with one bar missing. */
function holed(at: number): BarColumns {
  const bars = walk()
  for (const column of Object.values(bars)) column[at] = Number.NaN
  return bars
}

const windowed: readonly IndicatorDefinition[] = [
  registry.sma,
  registry.wma,
  registry.hma,
  registry.bollingerBands,
  registry.vwap,
  registry.bollingerWidth,
  registry.stdDev,
  registry.choppinessIndex,
  registry.stochastic,
  registry.williamsR,
  registry.cci,
  registry.momentum,
  registry.aroon,
  registry.ultimateOscillator,
  registry.volumeRoc,
  registry.chaikinMoneyFlow,
  registry.mfi,
  registry.marketImpact,
  registry.donchian,
]
const recursive: readonly IndicatorDefinition[] = [
  registry.ema,
  registry.dema,
  registry.tema,
  registry.kama,
  registry.macd,
  registry.parabolicSar,
  registry.supertrend,
  registry.natr,
  registry.keltner,
  registry.rsi,
  registry.atr,
  registry.adx,
  registry.trix,
  registry.adLine,
  registry.chaikinOscillator,
  registry.forceIndex,
  registry.obv,
]

describe.each(windowed.map((definition) => [definition.id, definition] as const))(
  '%s with one bar missing',
  (_, definition) => {
    const clean = definition.batch(walk())
    const warmup = definition.warmup()

    it('has no value while the hole is in the window, and then those of a series without it', () => {
      for (let at = 0; at < length - warmup - 1; at++) {
        const columns = definition.batch(holed(at))
        for (const output of definition.outputs) {
          expect(columns[output]![at]).toBeNaN()
          for (let index = at + warmup; index < length; index++) {
            expect(Math.abs(columns[output]![index]! - clean[output]![index]!)).toBeLessThan(1e-11)
          }
        }
      }
    })
  },
)

describe.each(recursive.map((definition) => [definition.id, definition] as const))(
  '%s with one bar missing',
  (_, definition) => {
    it('has no value on that bar and goes on as if it had never come', () => {
      for (let at = 1; at < length; at++) {
        const bars = holed(at)
        const without = (column: Float64Array): Float64Array => column.filter((_, index) => index !== at)
        const columns = definition.batch(bars)
        const expected = definition.batch({
          high: without(bars.high),
          low: without(bars.low),
          close: without(bars.close),
          volume: without(bars.volume),
        })
        for (const output of definition.outputs) {
          expect(columns[output]![at]).toBeNaN()
          expect(without(columns[output]!)).toEqual(expected[output])
        }
      }
    })
  },
)
