import { IchimokuCloud, KeltnerChannels, PSAR, VWAP, WMA } from 'technicalindicators'
import { describe, it } from 'vitest'
import { ichimoku, keltner, parabolicSar, vwap, wma } from '../index.js'
import { expectClose } from './referenceFiles.rig.js'

/** Outputs of technicalindicators are shorter than their inputs: put the missing ones in front. */
function aligned(length: number, values: readonly (number | undefined)[]): (number | null)[] {
  return [...new Array<null>(length - values.length).fill(null), ...values.map((value) => value ?? null)]
}

/** A fixed random walk with moving bars. */
function walk(length: number): Readonly<Record<'high' | 'low' | 'close' | 'volume', Float64Array>> {
  let state = 77
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
  const tolerance = { relative: 1e-9, absolute: 1e-9 }

  it('agrees on WMA', () => {
    const values = WMA.calculate({ period: 20, values: lists.close })
    expectClose(wma(bars.close, { period: 20 }), aligned(length, values), tolerance)
  })

  it('agrees on the lines and spans of Ichimoku, which it leaves where they are computed', () => {
    const rows = IchimokuCloud.calculate({
      ...lists,
      conversionPeriod: 9,
      basePeriod: 26,
      spanPeriod: 52,
      displacement: 26,
    })
    const actual = ichimoku(bars, { shift: 0 })
    for (const [ours, theirs] of [
      ['tenkan', 'conversion'],
      ['kijun', 'base'],
      ['senkouA', 'spanA'],
      ['senkouB', 'spanB'],
    ] as const) {
      const column = rows.map((row) => row[theirs])
      expectClose(actual[ours], aligned(length, column), tolerance)
    }
  })

  it('agrees on the parabolic stop once both have turned', () => {
    const values = PSAR.calculate({ high: lists.high, low: lists.low, step: 0.02, max: 0.2 })
    // It always starts long, with the low and the high of the first bar.
    expectClose(parabolicSar(bars), aligned(length, values), { ...tolerance, from: 50 })
  })

  it('agrees on VWAP, which it takes over the whole series: one session', () => {
    const time = bars.close.map((_, index) => index + 1)
    expectClose(vwap({ ...bars, time }, { anchor: 86_400_000 }), aligned(length, VWAP.calculate(lists)), tolerance)
  })

  it.each([
    ['ema', false],
    ['sma', true],
  ] as const)('agrees on the Keltner channel around an %s', (average, useSMA) => {
    const options = { ...lists, maPeriod: 20, atrPeriod: 10, multiplier: 2, useSMA }
    const rows = KeltnerChannels.calculate(options)
    const actual = keltner(bars, { period: 20, atr: 10, k: 2, average })
    for (const band of ['upper', 'middle', 'lower'] as const) {
      const column = rows.map((row) => row[band])
      expectClose(actual[band], aligned(length, column), tolerance)
    }
  })
})
