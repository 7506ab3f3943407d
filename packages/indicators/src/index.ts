export type {
  IndicatorCategory,
  IndicatorDefinition,
  IndicatorException,
  IndicatorUnits,
  OutputBounds,
  PriceShift,
} from './definition.js'
export { type FeatureColumns, FeatureSet, type FeatureSetOptions } from './featureSet.js'
export type { BarColumns, BarField, BarInput, Column, Indicator, InputColumns, OutputColumns } from './indicator.js'
export {
  MarketImpact,
  type MarketImpactOptions,
  type MarketImpactOutput,
  marketImpact,
} from './microstructure/marketImpact.js'
export {
  OrderFlowImbalance,
  type OrderFlowImbalanceOptions,
  type OrderFlowImbalanceOutput,
  orderFlowImbalance,
} from './microstructure/orderFlowImbalance.js'
export type { QuoteInput } from './microstructure/quoteFlow.js'
export { Vpin, type VpinOptions, vpin } from './microstructure/vpin.js'
export { Adx, type AdxOptions, type AdxOutput, adx } from './momentum/adx.js'
export { Aroon, type AroonOptions, type AroonOutput, aroon } from './momentum/aroon.js'
export { Cci, type CciOptions, cci } from './momentum/cci.js'
export { Momentum, type MomentumOptions, momentum } from './momentum/momentum.js'
export { Roc, type RocOptions, roc } from './momentum/roc.js'
export { Rsi, type RsiOptions, rsi } from './momentum/rsi.js'
export { Stochastic, type StochasticOptions, type StochasticOutput, stochastic } from './momentum/stochastic.js'
export { StochRsi, type StochRsiOptions, stochRsi } from './momentum/stochRsi.js'
export { Trix, type TrixOptions, trix } from './momentum/trix.js'
export {
  UltimateOscillator,
  type UltimateOscillatorOptions,
  ultimateOscillator,
} from './momentum/ultimateOscillator.js'
export { WilliamsR, type WilliamsROptions, williamsR } from './momentum/williamsR.js'
export type { ChoiceParameter, NanPolicy, NumberParameter, Parameter, ParametersOf } from './parameters.js'
export { type BandOutput, BollingerBands, type BollingerBandsOptions, bollingerBands } from './price/bollingerBands.js'
export { Dema, type DemaOptions, dema } from './price/dema.js'
export { Ema, type EmaOptions, ema } from './price/ema.js'
export { Hma, type HmaOptions, hma } from './price/hma.js'
export { Ichimoku, type IchimokuOptions, type IchimokuOutput, ichimoku } from './price/ichimoku.js'
export { Kama, type KamaOptions, kama } from './price/kama.js'
export { Macd, type MacdOptions, type MacdOutput, macd } from './price/macd.js'
export { ParabolicSar, type ParabolicSarOptions, parabolicSar } from './price/parabolicSar.js'
export { Sma, type SmaOptions, sma } from './price/sma.js'
export { Supertrend, type SupertrendOptions, type SupertrendOutput, supertrend } from './price/supertrend.js'
export { Tema, type TemaOptions, tema } from './price/tema.js'
export { RollingVwap, type VwapColumns, type VwapInput, type VwapOptions, vwap } from './price/vwap.js'
export { Wma, type WmaOptions, wma } from './price/wma.js'
export type { PriceSource } from './priceSource.js'
export { type IndicatorCatalogue, registry } from './registry.js'
export type { FirstTrueRange } from './trueRange.js'
export { Atr, type AtrOptions, atr } from './volatility/atr.js'
export { BollingerWidth, type BollingerWidthOptions, bollingerWidth } from './volatility/bollingerWidth.js'
export { ChoppinessIndex, type ChoppinessIndexOptions, choppinessIndex } from './volatility/choppinessIndex.js'
export { Donchian, type DonchianOptions, donchian } from './volatility/donchian.js'
export { Keltner, type KeltnerOptions, keltner } from './volatility/keltner.js'
export { Natr, type NatrOptions, natr } from './volatility/natr.js'
export { StdDev, type StdDevOptions, stdDev } from './volatility/stdDev.js'
export { AdLine, type AdLineOptions, adLine } from './volume/adLine.js'
export { ChaikinMoneyFlow, type ChaikinMoneyFlowOptions, chaikinMoneyFlow } from './volume/chaikinMoneyFlow.js'
export { ChaikinOscillator, type ChaikinOscillatorOptions, chaikinOscillator } from './volume/chaikinOscillator.js'
export { ForceIndex, type ForceIndexOptions, forceIndex } from './volume/forceIndex.js'
export { Mfi, type MfiOptions, mfi } from './volume/mfi.js'
export { Obv, type ObvOptions, obv } from './volume/obv.js'
export { VolumeRoc, type VolumeRocOptions, volumeRoc } from './volume/volumeRoc.js'
export type { TradeInput } from './volumeClassification.js'
