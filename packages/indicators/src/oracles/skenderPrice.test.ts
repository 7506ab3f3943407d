import { describe, expect, it } from 'vitest'
import { type BarColumns, Dema, dema, hma, kama, keltner, supertrend, Tema, tema, vwap } from '../index.js'
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

describe.skipIf(!dataFolder)(`Skender's averages, trends and bands on SPY${needsData}`, () => {
  it('agrees on DEMA with its default of 14 and TEMA 20 once their other seeds have faded', () => {
    // It starts the inner averages with the first outer value, we with their own mean.
    const { close } = bars()
    const from = { dema: new Dema({ period: 14 }).stableAfter, tema: new Tema({ period: 20 }).stableAfter }
    expectClose(dema(close, { period: 14 }), expected('dema.json').dema!, { ...tolerance, from: from.dema })
    expectClose(tema(close, { period: 20 }), expected('tema.json').tema!, { ...tolerance, from: from.tema })
  })

  it('agrees on HMA with its default of 14', () => {
    expectClose(hma(bars().close, { period: 14 }), expected('hma.json').hma!, tolerance)
  })

  it('agrees on KAMA 10, 2, 30 from its first computed value on', () => {
    // Its first row is the price that both start from.
    expectClose(kama(bars().close), expected('kama.json').kama!, { ...tolerance, from: 10 })
  })

  it('agrees on the supertrend 10, 3 and its direction', () => {
    const { line, direction } = supertrend(bars(), { period: 10, k: 3 })
    const reference = expected('supertrend.json')
    expectClose(line, reference.superTrend!, tolerance)
    const sides = reference.superTrend!.map((value, index) => {
      if (value === null) return null
      return reference.upperBand![index] === null ? 1 : -1
    })
    expectClose(direction, sides, {})
  })

  it('agrees on VWAP, which it takes over the whole series: one session', () => {
    const columns = bars()
    const time = columns.close.map((_, index) => index + 1)
    expectClose(vwap({ ...columns, time }, { anchor: 86_400_000 }), expected('vwap.json').vwap!, tolerance)
  })

  it('agrees on STARC bands, which are a Keltner channel around a simple mean', () => {
    const { upper, middle, lower } = keltner(bars(), { period: 5, atr: 10, k: 2, average: 'sma' })
    const reference = expected('starc.json')
    expectClose(upper, reference.upperBand!, tolerance)
    expectClose(middle, reference.centerline!, tolerance)
    expectClose(lower, reference.lowerBand!, tolerance)
  })

  it('has no file for the rest', () => {
    const files = JSON.parse(readReference(folder, 'cases.json')) as readonly { readonly file: string }[]
    const names = files.map(({ file }) => file)
    for (const name of ['wma', 'ichimoku', 'parabolic-sar', 'keltner', 'chop', 'atr-stop']) {
      expect(names).not.toContain(`${name}.json`)
    }
  })
})
