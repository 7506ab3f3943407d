import type { IndicatorDefinition } from './definition.js'
import { marketImpactDefinition } from './microstructure/marketImpact.js'
import { orderFlowImbalanceDefinition } from './microstructure/orderFlowImbalance.js'
import { vpinDefinition } from './microstructure/vpin.js'
import { adxDefinition } from './momentum/adx.js'
import { aroonDefinition } from './momentum/aroon.js'
import { cciDefinition } from './momentum/cci.js'
import { momentumDefinition } from './momentum/momentum.js'
import { rocDefinition } from './momentum/roc.js'
import { rsiDefinition } from './momentum/rsi.js'
import { stochasticDefinition } from './momentum/stochastic.js'
import { stochRsiDefinition } from './momentum/stochRsi.js'
import { trixDefinition } from './momentum/trix.js'
import { ultimateOscillatorDefinition } from './momentum/ultimateOscillator.js'
import { williamsRDefinition } from './momentum/williamsR.js'
import { bollingerBandsDefinition } from './price/bollingerBands.js'
import { demaDefinition } from './price/dema.js'
import { emaDefinition } from './price/ema.js'
import { hmaDefinition } from './price/hma.js'
import { ichimokuDefinition } from './price/ichimoku.js'
import { kamaDefinition } from './price/kama.js'
import { macdDefinition } from './price/macd.js'
import { parabolicSarDefinition } from './price/parabolicSar.js'
import { smaDefinition } from './price/sma.js'
import { supertrendDefinition } from './price/supertrend.js'
import { temaDefinition } from './price/tema.js'
import { vwapDefinition } from './price/vwap.js'
import { wmaDefinition } from './price/wma.js'
import { atrDefinition } from './volatility/atr.js'
import { bollingerWidthDefinition } from './volatility/bollingerWidth.js'
import { choppinessIndexDefinition } from './volatility/choppinessIndex.js'
import { donchianDefinition } from './volatility/donchian.js'
import { keltnerDefinition } from './volatility/keltner.js'
import { natrDefinition } from './volatility/natr.js'
import { stdDevDefinition } from './volatility/stdDev.js'
import { adLineDefinition } from './volume/adLine.js'
import { chaikinMoneyFlowDefinition } from './volume/chaikinMoneyFlow.js'
import { chaikinOscillatorDefinition } from './volume/chaikinOscillator.js'
import { forceIndexDefinition } from './volume/forceIndex.js'
import { mfiDefinition } from './volume/mfi.js'
import { obvDefinition } from './volume/obv.js'
import { volumeRocDefinition } from './volume/volumeRoc.js'

/** What the registry offers beside its entries. */
export interface IndicatorCatalogue {
  /** Every definition, in a fixed order. */
  all(): readonly IndicatorDefinition[]
}

/** Definitions under their ids, and `all()` of them in the order they were written in. */
function catalogue<Definitions extends Readonly<Record<string, IndicatorDefinition>>>(
  definitions: Definitions,
): Definitions & IndicatorCatalogue {
  return { ...definitions, all: () => Object.values(definitions) }
}

/**
 * The catalogue: one definition per indicator under its id, and `all()` of them in a fixed order.
 *
 * @example
 * registry.rsi.warmup({ period: 14 }) // => 15
 * registry.all().map(({ id }) => id) // => ['sma', 'ema', 'macd', …]
 */
export const registry = /* @__PURE__ */ catalogue({
  sma: smaDefinition,
  ema: emaDefinition,
  wma: wmaDefinition,
  dema: demaDefinition,
  tema: temaDefinition,
  hma: hmaDefinition,
  kama: kamaDefinition,
  macd: macdDefinition,
  bollingerBands: bollingerBandsDefinition,
  ichimoku: ichimokuDefinition,
  parabolicSar: parabolicSarDefinition,
  supertrend: supertrendDefinition,
  vwap: vwapDefinition,
  rsi: rsiDefinition,
  stochastic: stochasticDefinition,
  stochRsi: stochRsiDefinition,
  williamsR: williamsRDefinition,
  cci: cciDefinition,
  roc: rocDefinition,
  momentum: momentumDefinition,
  adx: adxDefinition,
  aroon: aroonDefinition,
  trix: trixDefinition,
  ultimateOscillator: ultimateOscillatorDefinition,
  obv: obvDefinition,
  volumeRoc: volumeRocDefinition,
  chaikinMoneyFlow: chaikinMoneyFlowDefinition,
  mfi: mfiDefinition,
  adLine: adLineDefinition,
  chaikinOscillator: chaikinOscillatorDefinition,
  forceIndex: forceIndexDefinition,
  atr: atrDefinition,
  natr: natrDefinition,
  bollingerWidth: bollingerWidthDefinition,
  stdDev: stdDevDefinition,
  keltner: keltnerDefinition,
  donchian: donchianDefinition,
  choppinessIndex: choppinessIndexDefinition,
  vpin: vpinDefinition,
  orderFlowImbalance: orderFlowImbalanceDefinition,
  marketImpact: marketImpactDefinition,
})
