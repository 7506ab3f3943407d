import type { BarInput } from '../indicator.js'
import type { Adx } from '../momentum/adx.js'
import type { Aroon } from '../momentum/aroon.js'
import type { Cci } from '../momentum/cci.js'
import type { Momentum } from '../momentum/momentum.js'
import type { Roc } from '../momentum/roc.js'
import type { Rsi } from '../momentum/rsi.js'
import type { StochRsi } from '../momentum/stochRsi.js'
import type { Trix } from '../momentum/trix.js'
import type { UltimateOscillator } from '../momentum/ultimateOscillator.js'
import type { Hma } from '../price/hma.js'
import type { Ichimoku } from '../price/ichimoku.js'
import type { Kama } from '../price/kama.js'
import type { Macd } from '../price/macd.js'
import type { ParabolicSar } from '../price/parabolicSar.js'
import type { Sma } from '../price/sma.js'
import type { RollingVwap } from '../price/vwap.js'
import type { Wma } from '../price/wma.js'
import type { ChoppinessIndex } from '../volatility/choppinessIndex.js'
import type { Donchian } from '../volatility/donchian.js'
import type { ChaikinMoneyFlow } from '../volume/chaikinMoneyFlow.js'
import type { ForceIndex } from '../volume/forceIndex.js'
import type { Mfi } from '../volume/mfi.js'
import type { Obv } from '../volume/obv.js'
import type { VolumeRoc } from '../volume/volumeRoc.js'

/** Feeds an indicator with a bar and writes its primary output. */
export type Feed = (bar: BarInput, row: Float64Array) => void

/** Makes the call for one stream. */
export type CallSite = (stream: never, slot: number) => Feed

/**
 * A call of `next` for each class that shares nothing. It looks like one function written many times, and has to: a call that
 * sees one class is inlined and allocates nothing, one that sees twenty is looked up and allocates what it returns.
 */
export const callSites: Readonly<Record<string, CallSite>> = {
  sma: (stream: Sma, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  wma: (stream: Wma, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  hma: (stream: Hma, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  kama: (stream: Kama, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  macd: (stream: Macd, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  rsi: (stream: Rsi, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  stochRsi: (stream: StochRsi, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  roc: (stream: Roc, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  momentum: (stream: Momentum, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  trix: (stream: Trix, slot) => (bar, row) => {
    row[slot] = stream.next(bar.close)
  },
  parabolicSar: (stream: ParabolicSar, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  vwap: (stream: RollingVwap, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  cci: (stream: Cci, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  adx: (stream: Adx, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  aroon: (stream: Aroon, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  ultimateOscillator: (stream: UltimateOscillator, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  obv: (stream: Obv, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  chaikinMoneyFlow: (stream: ChaikinMoneyFlow, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  mfi: (stream: Mfi, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  forceIndex: (stream: ForceIndex, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  volumeRoc: (stream: VolumeRoc, slot) => (bar, row) => {
    row[slot] = stream.next(bar.volume)
  },
  ichimoku: (stream: Ichimoku, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  donchian: (stream: Donchian, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
  choppinessIndex: (stream: ChoppinessIndex, slot) => (bar, row) => {
    row[slot] = stream.next(bar)
  },
}
