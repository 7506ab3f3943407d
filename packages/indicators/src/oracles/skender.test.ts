import { describe, expect, it } from 'vitest'
import {
  adLine,
  aroon,
  atr,
  type BarColumns,
  cci,
  chaikinMoneyFlow,
  donchian,
  ema,
  forceIndex,
  macd,
  obv,
  roc,
  rsi,
  sma,
  stochRsi,
  trix,
  williamsR,
} from '../index.js'
import { dataFolder, expectClose, needsData, readColumns, readReference } from './referenceFiles.rig.js'

const folder = 'indicators_skender'
/** Files keep full precision; the tolerance is the one their README gives. */
const tolerance = { relative: 1e-6 }

type Reference = Readonly<Record<string, readonly (number | null)[]>>

const expected = (file: string): Reference => JSON.parse(readReference(folder, file)) as Reference

function bars(): BarColumns {
  const column = readColumns(folder, 'default.csv')
  return { high: column('high'), low: column('low'), close: column('close'), volume: column('volume') }
}

/** Without the rows in whose window the extreme comes twice. */
function untied(
  values: readonly (number | null)[],
  series: Float64Array,
  length: number,
  extreme: (...window: number[]) => number,
): number[] {
  return values.map((value, index) => {
    const window = series.subarray(Math.max(0, index + 1 - length), index + 1)
    const bound = extreme(...window)
    return value === null || window.indexOf(bound) !== window.lastIndexOf(bound) ? Number.NaN : value
  })
}

describe.skipIf(!dataFolder)(`Skender's Stock.Indicators on SPY${needsData}`, () => {
  it('agrees on SMA 20', () => {
    expectClose(sma(bars().close, { period: 20 }), expected('sma-analysis.json').sma!, tolerance)
  })

  it('agrees on EMA 20', () => {
    expectClose(ema(bars().close, { period: 20 }), expected('ema.json').ema!, tolerance)
  })

  it('agrees on MACD 12, 26, 9', () => {
    const { close } = bars()
    const actual = macd(close, { fast: 12, slow: 26, signal: 9 })
    const reference = expected('macd.json')
    expectClose(ema(close, { period: 12 }), reference.fastEma!, tolerance)
    expectClose(ema(close, { period: 26 }), reference.slowEma!, tolerance)
    // Differences of prices near 250 cross zero: 1e-6 of a price unit is the like of 1e-6 relative.
    expectClose(actual.macd, reference.macd!, { absolute: 1e-6 })
    expectClose(actual.signal, reference.signal!, { absolute: 1e-6 })
    expectClose(actual.histogram, reference.histogram!, { absolute: 1e-6 })
  })

  it('agrees on RSI 14', () => {
    expectClose(rsi(bars().close, { period: 14 }), expected('rsi.json').rsi!, tolerance)
  })

  it('agrees on ATR 14', () => {
    expectClose(atr(bars(), { period: 14 }), expected('atr.json').atr!, tolerance)
  })

  it('agrees on ROC with its default of 14', () => {
    expectClose(roc(bars().close, { period: 14 }), expected('roc.json').roc!, { relative: 1e-6, absolute: 1e-9 })
  })

  it('agrees on OBV once the first volume, which it leaves out, is added', () => {
    const { close, volume } = bars()
    const shifted = expected('obv.json').obv!.map((value) => (value ?? Number.NaN) + volume[0]!)
    expectClose(obv({ close, volume }), shifted, tolerance)
  })

  it('agrees on Donchian 20 with a lag of 1, since it leaves the current bar out', () => {
    const actual = donchian(bars(), { period: 20, lag: 1 })
    const reference = expected('donchian.json')
    expectClose(actual.upper, reference.upperBand!, tolerance)
    expectClose(actual.middle, reference.centerline!, tolerance)
    expectClose(actual.lower, reference.lowerBand!, tolerance)
  })

  it('agrees on the raw stochastic RSI 14, 14 and its mean of 3', () => {
    const { k, d } = stochRsi(bars().close, { rsi: 14, stoch: 14, smooth: 1, d: 3 })
    const reference = expected('stoch-rsi.json')
    // A place in a range: 1e-6 of 100 where it is near 0.
    expectClose(k, reference.stochRsi!, { relative: 1e-6, absolute: 1e-4 })
    expectClose(d, reference.signal!, { relative: 1e-6, absolute: 1e-4 })
  })

  it('agrees on Williams %R 14', () => {
    const actual = williamsR(bars(), { period: 14 })
    expectClose(actual, expected('willr.json').williamsR!, { relative: 1e-6, absolute: 1e-9 })
  })

  it('agrees on CCI 20', () => {
    expectClose(cci(bars(), { period: 20 }), expected('cci.json').cci!, { relative: 1e-6, absolute: 1e-6 })
  })

  it('agrees on Aroon 25 where the extreme is one bar: of equal ones it counts the oldest', () => {
    const { high, low } = bars()
    const actual = aroon({ high, low }, { period: 25 })
    const reference = expected('aroon.json')
    const up = untied(reference.aroonUp!, high, 26, Math.max)
    const down = untied(reference.aroonDown!, low, 26, Math.min)
    expectClose(actual.up, up, tolerance)
    expectClose(actual.down, down, tolerance)
    const oscillator = reference.oscillator!.map((value, index) =>
      Number.isNaN(up[index]! + down[index]!) ? null : value,
    )
    expectClose(actual.oscillator, oscillator, tolerance)
  })

  it('agrees on TRIX 14 once its other seed has faded', () => {
    // It starts all three averages at once.
    expectClose(trix(bars().close, { period: 14 }), expected('trix.json').trix!, { absolute: 1e-9, from: 250 })
  })

  it('agrees on the accumulation/distribution line and Chaikin money flow 20', () => {
    expectClose(adLine(bars()), expected('adl.json').adl!, tolerance)
    const actual = chaikinMoneyFlow(bars(), { period: 20 })
    expectClose(actual, expected('cmf.json').cmf!, { relative: 1e-6, absolute: 1e-9 })
  })

  it('agrees on the force index with its default of 2', () => {
    expectClose(forceIndex(bars(), { period: 2 }), expected('force.json').forceIndex!, tolerance)
  })

  it('has no file for the rest', () => {
    const files = JSON.parse(readReference(folder, 'cases.json')) as readonly { readonly file: string }[]
    const names = files.map(({ file }) => file)
    // stdev-channels.json is a regression channel, not Bollinger bands; smi.json is another oscillator.
    for (const name of ['bollinger-bands.json', 'stdev.json', 'stoch.json', 'adx.json'])
      expect(names).not.toContain(name)
  })
})
