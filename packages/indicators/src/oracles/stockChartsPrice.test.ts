import { describe, it } from 'vitest'
import { bollingerWidth, ema, kama, keltner, parabolicSar, vwap, wma } from '../index.js'
import { dataFolder, expectClose, needsData, readColumns } from './referenceFiles.rig.js'

const folder = 'indicators_stockcharts'
/** Sheets are rounded to about 4 decimals. */
const tolerance = { absolute: 1e-4, relative: 1e-4 }

const sheet = (file: string): ((heading: string) => Float64Array) => readColumns(folder, file)

describe.skipIf(!dataFolder)(`StockCharts' sheets of averages, trends and bands${needsData}`, () => {
  it('agrees on WMA 9', () => {
    const column = sheet('cs-wma.csv')
    expectClose(wma(column('Close'), { period: 9 }), column('WMA'), { ...tolerance, from: 8 })
  })

  it('agrees on KAMA 10, 2, 30 from its first computed value on', () => {
    const column = sheet('cs-kama.csv')
    expectClose(kama(column('Close')), column('KAMA'), { ...tolerance, from: 10 })
  })

  it('agrees on the parabolic stop from its first reversal on', () => {
    const column = sheet('cs-psar.csv')
    const [up, down] = [column('psar_up'), column('psar_down')]
    const stops = up.map((value, index) => (Number.isNaN(value) ? down[index]! : value))
    // The sheet starts one bar later.
    expectClose(parabolicSar({ high: column('High'), low: column('Low') }), stops, { ...tolerance, from: 8 })
  })

  it('agrees on VWAP 14', () => {
    const column = sheet('cs-vwap.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close'), volume: column('Volume') }
    // The first rows of the sheet average what there is.
    expectClose(vwap(bars, { period: 14 }), column('vwap'), { ...tolerance, from: 13 })
  })

  it('agrees on the Keltner channel 20, 10, whose sheet seeds its average with the first price', () => {
    const column = sheet('cs-kc.csv')
    const bars = { high: column('High'), low: column('Low'), close: column('Close') }
    // 29 rows are too few for the seed to fade: the average and the distance of the bands are compared apart.
    const middle = ema(bars.close, { period: 20, seed: 'first' })
    const { upper, middle: center } = keltner(bars, { period: 1, atr: 10, firstTrueRange: 'range' })
    const distance = upper.map((value, index) => value - center[index]!)
    expectClose(middle, column('middle_band'), tolerance)
    expectClose(
      middle.map((value, index) => value + distance[index]!),
      column('upper_band'),
      tolerance,
    )
    expectClose(
      middle.map((value, index) => value - distance[index]!),
      column('lower_band'),
      tolerance,
    )
  })

  it('agrees on the width of Bollinger bands 20, 2', () => {
    const column = sheet('cs-bbands.csv')
    const width = bollingerWidth(column('Close'), { period: 20, k: 2 })
    expectClose(
      width,
      column('WidthBand').map((value) => (value === 0 ? Number.NaN : value)),
      tolerance,
    )
  })
})
