import { describe, it } from 'vitest'
import {
  adLine,
  adx,
  atr,
  bollingerBands,
  cci,
  donchian,
  forceIndex,
  macd,
  mfi,
  obv,
  roc,
  stdDev,
  stochastic,
  ultimateOscillator,
  williamsR,
} from '../index.js'
import { dataFolder, expectClose, needsData, readColumns } from './referenceFiles.rig.js'

const folder = 'indicators_stockcharts'
/** Sheets are rounded to about 4 decimals. */
const tolerance = { absolute: 1e-4, relative: 1e-4 }

const sheet = (file: string): ((heading: string) => Float64Array) => readColumns(folder, file)

describe.skipIf(!dataFolder)(`StockCharts' ChartSchool sheets${needsData}`, () => {
  it('agrees on ROC 12', () => {
    const column = sheet('cs-roc.csv')
    expectClose(roc(column('Close'), { period: 12 }), column('ROC'), tolerance)
  })

  it('agrees on the fast stochastic 14 and its mean of 3', () => {
    const column = sheet('cs-soo.csv')
    const close = column('Close').map((value) => (Number.isNaN(value) ? 0 : value))
    const bars = { high: column('High'), low: column('Low'), close }
    const { k, d } = stochastic(bars, { period: 14, smooth: 1, d: 3 })
    expectClose(k, column('SO'), tolerance)
    expectClose(d, column('SO_SIG'), tolerance)
  })

  it('agrees on the directional indicators and, once its other start has faded, on ADX 14', () => {
    const column = sheet('cs-adx.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    const { adx: index, plusDi, minusDi } = adx(bars, { period: 14 })
    // The sheet starts Wilder's sums from 14 bars, TA-Lib and we from 13.
    expectClose(plusDi, column('+DI14'), { ...tolerance, from: 250 })
    expectClose(minusDi, column('-DI14'), { ...tolerance, from: 250 })
    expectClose(index, column('ADX'), { ...tolerance, from: 250 })
  })

  it('agrees on MACD once its other seed has faded', () => {
    const column = sheet('cs-macd.csv')
    const actual = macd(column('Close'), { fast: 12, slow: 26, signal: 9 })
    // The sheet starts all averages with the first price; 124 rows leave 1e-3 of that.
    expectClose(actual.macd, column('MACD_line'), { absolute: 5e-3, from: 110 })
    expectClose(actual.signal, column('MACD_signal'), { absolute: 5e-3, from: 110 })
    expectClose(actual.histogram, column('MACD_diff'), { absolute: 5e-3, from: 110 })
  })

  it.each([
    ['cs-atr.csv', 14],
    ['cs-atr2.csv', 10],
  ])('agrees on ATR in %s, which counts the range of the first bar', (file, period) => {
    const column = sheet(file)
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    const written = column('ATR').map((value) => (value === 0 ? Number.NaN : value))
    expectClose(atr(bars, { period, firstTrueRange: 'range' }), written, tolerance)
  })

  it('agrees on Bollinger bands 20, 2 and the deviation below them', () => {
    const column = sheet('cs-bbands.csv')
    const { upper, middle, lower } = bollingerBands(column('Close'), { period: 20, k: 2 })
    expectClose(middle, column('MiddleBand'), tolerance)
    expectClose(upper, column('HighBand'), tolerance)
    expectClose(lower, column('LowBand'), tolerance)
    expectClose(stdDev(column('Close'), { period: 20 }), column('20-day Standard Deviation'), tolerance)
  })

  it.each([
    ['cs-dc.csv', 0],
    ['cs-dc2.csv', 1],
  ])('agrees on the Donchian channel in %s, with lag %i', (file, lag) => {
    const column = sheet(file)
    const { upper, middle, lower } = donchian({ high: column('high'), low: column('low') }, { period: 20, lag })
    expectClose(upper, column('upper_band'), tolerance)
    expectClose(middle, column('middle_band'), tolerance)
    expectClose(lower, column('lower_band'), tolerance)
  })

  it('agrees on OBV, whose sheet starts with the second bar at 0', () => {
    const column = sheet('cs-obv.csv')
    const volume = column('Volume').map((value) => (Number.isNaN(value) ? 0 : value))
    expectClose(obv({ close: column('Close'), volume }), column('OBV'), tolerance)
  })

  it('agrees on the ultimate oscillator 7, 14, 28', () => {
    const column = sheet('cs-ultosc.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    expectClose(ultimateOscillator(bars), column('Ult_Osc'), tolerance)
  })

  it('agrees on Williams %R 14', () => {
    const column = sheet('cs-percentr.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    expectClose(williamsR(bars, { period: 14 }), column('Williams_%R'), tolerance)
  })

  it('agrees on CCI 20', () => {
    const column = sheet('cs-cci.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    expectClose(cci(bars, { period: 20 }), column('CCI'), tolerance)
  })

  it('agrees on the money flow index 14', () => {
    const column = sheet('cs-mfi.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close'), volume: column('Volume') }
    expectClose(mfi(bars, { period: 14 }), column('MFI'), tolerance)
  })

  it('agrees on the accumulation/distribution line', () => {
    const column = sheet('cs-accum.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close'), volume: column('Volume') }
    expectClose(adLine(bars), column('ADLine'), tolerance)
  })

  it('agrees on the force index 13, whose sheet starts with the first force', () => {
    const column = sheet('cs-fi.csv')
    const volume = column('Volume').map((value) => (Number.isNaN(value) ? 0 : value))
    expectClose(forceIndex({ close: column('Close'), volume }, { period: 13, seed: 'first' }), column('FI'), tolerance)
  })
})
