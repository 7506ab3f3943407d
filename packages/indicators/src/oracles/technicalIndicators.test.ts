import {
  ADL,
  ADX,
  ATR,
  BollingerBands,
  CCI,
  EMA,
  ForceIndex,
  MACD,
  MFI,
  OBV,
  ROC,
  RSI,
  SD,
  SMA,
  Stochastic,
  StochasticRSI,
  TRIX,
  WilliamsR,
} from 'technicalindicators'
import { describe, it } from 'vitest'
import {
  adLine,
  adx,
  atr,
  bollingerBands,
  cci,
  ema,
  forceIndex,
  macd,
  mfi,
  obv,
  roc,
  rsi,
  sma,
  stdDev,
  stochastic,
  stochRsi,
  trix,
  williamsR,
} from '../index.js'
import { expectClose } from './referenceFiles.rig.js'

/** Outputs of technicalindicators are shorter than their inputs: put the missing ones in front. */
function aligned(length: number, values: readonly (number | undefined)[]): (number | null)[] {
  return [...new Array<null>(length - values.length).fill(null), ...values.map((value) => value ?? null)]
}

/** A fixed random walk with moving bars. */
function walk(length: number): Readonly<Record<'high' | 'low' | 'close' | 'volume', Float64Array>> {
  let state = 42
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  let level = 100
  const rows = Array.from({ length }, () => {
    level += random() - 0.5
    return { high: level + random(), low: level - random(), close: level, volume: Math.floor(random() * 1000) }
  })
  const column = (name: keyof (typeof rows)[number]): Float64Array => Float64Array.from(rows, (row) => row[name])
  return { high: column('high'), low: column('low'), close: column('close'), volume: column('volume') }
}

describe('technicalindicators 3.1.0 on a random walk', () => {
  const bars = walk(1000)
  const { length } = bars.close
  const lists = { high: [...bars.high], low: [...bars.low], close: [...bars.close], volume: [...bars.volume] }
  const values = lists.close
  const tolerance = { relative: 1e-9, absolute: 1e-9 }

  it('agrees on SMA', () => {
    expectClose(sma(bars.close, { period: 20 }), aligned(length, SMA.calculate({ period: 20, values })), tolerance)
  })

  it('agrees on EMA', () => {
    expectClose(ema(bars.close, { period: 20 }), aligned(length, EMA.calculate({ period: 20, values })), tolerance)
  })

  it('agrees on MACD', () => {
    const result = MACD.calculate({
      values,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    })
    const actual = macd(bars.close)
    for (const [ours, theirs] of [
      ['macd', 'MACD'],
      ['signal', 'signal'],
      ['histogram', 'histogram'],
    ] as const) {
      const column = result.map((row) => row[theirs])
      expectClose(actual[ours], aligned(length, column), tolerance)
    }
  })

  it('agrees on Bollinger bands and the standard deviation', () => {
    const bands = bollingerBands(bars.close)
    const result = BollingerBands.calculate({ period: 20, stdDev: 2, values })
    for (const band of ['upper', 'middle', 'lower'] as const) {
      const column = result.map((row) => row[band])
      expectClose(bands[band], aligned(length, column), tolerance)
    }
    expectClose(stdDev(bars.close), aligned(length, SD.calculate({ period: 20, values })), tolerance)
  })

  it('agrees on RSI to the two decimals it keeps', () => {
    const result = aligned(length, RSI.calculate({ period: 14, values }))
    expectClose(rsi(bars.close), result, { absolute: 0.005 + 1e-9 })
  })

  it('agrees on the fast stochastic, the only one it has', () => {
    const result = Stochastic.calculate({ ...lists, period: 14, signalPeriod: 3 })
    const { k, d } = stochastic(bars, { period: 14, smooth: 1, d: 3 })
    const column = (name: 'k' | 'd'): (number | null)[] =>
      aligned(
        length,
        result.map((row) => row[name]),
      )
    expectClose(k, column('k'), tolerance)
    expectClose(d, column('d'), tolerance)
  })

  it('agrees on ROC', () => {
    expectClose(roc(bars.close), aligned(length, ROC.calculate({ period: 10, values })), tolerance)
  })

  it('agrees on the directional indicators and ADX once its other start has faded', () => {
    const result = ADX.calculate({ ...lists, period: 14 })
    const actual = adx(bars)
    for (const [ours, theirs] of [
      ['adx', 'adx'],
      ['plusDi', 'pdi'],
      ['minusDi', 'mdi'],
    ] as const) {
      expectClose(
        actual[ours],
        aligned(
          length,
          result.map((row) => row[theirs]),
        ),
        { absolute: 1e-6, from: 500 },
      )
    }
  })

  it('agrees on OBV once the first volume, which it leaves out, is added', () => {
    const result = OBV.calculate(lists).map((value) => value + bars.volume[0]!)
    expectClose(obv(bars), aligned(length, result), tolerance)
  })

  it('agrees on ATR', () => {
    expectClose(atr(bars), aligned(length, ATR.calculate({ ...lists, period: 14 })), tolerance)
  })

  it('agrees on Williams %R and CCI', () => {
    const williams = WilliamsR.calculate({ ...lists, period: 14 })
    expectClose(williamsR(bars), aligned(length, williams), tolerance)
    expectClose(cci(bars), aligned(length, CCI.calculate({ ...lists, period: 20 })), { relative: 1e-9, absolute: 1e-7 })
  })

  it('agrees on the stochastic RSI as far as an RSI rounded to two decimals can', () => {
    const periods = { rsiPeriod: 14, stochasticPeriod: 14, kPeriod: 3, dPeriod: 3 }
    const result = StochasticRSI.calculate({ values, ...periods })
    const { k, d } = stochRsi(bars.close)
    for (const [ours, theirs] of [
      [k, 'k'],
      [d, 'd'],
    ] as const) {
      const column = result.map((row) => row[theirs])
      expectClose(ours, aligned(length, column), { absolute: 0.3 })
    }
  })

  it('agrees on TRIX and the force index', () => {
    expectClose(trix(bars.close), aligned(length, TRIX.calculate({ period: 15, values })), tolerance)
    const force = ForceIndex.calculate({ ...lists, period: 13 })
    expectClose(forceIndex(bars), aligned(length, force), tolerance)
  })

  it('agrees on the money flow index to the two decimals, and on the accumulation/distribution line to the integer it keeps', () => {
    expectClose(mfi(bars), aligned(length, MFI.calculate({ ...lists, period: 14 })), { absolute: 0.005 + 1e-9 })
    expectClose(adLine(bars), aligned(length, ADL.calculate(lists)), { absolute: 0.5 + 1e-9 })
  })
})
