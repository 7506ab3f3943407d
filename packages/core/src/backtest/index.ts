export { type BacktestOptions, backtest, backtestDefaults } from './backtest.js'
export { backtestStream, type StreamedBacktestOptions } from './backtestStream.js'
export { type DailyReturns, type DailyReturnsOptions, dailyReturns } from './dailyReturns.js'
export { createEquityTracker, type EquityFigures, type EquityTracker } from './equityTracker.js'
export {
  type ChargedFill,
  type FeeModel,
  type FeeTier,
  type FixedFees,
  fixedFees,
  type MakerTaker,
  makerTaker,
  noFees,
  sumFees,
  tieredFees,
} from './fees.js'
export { defaultFillPolicy, type FillPolicy, fillPolicy } from './fillPolicy.js'
export { inferInstrument } from './inferInstrument.js'
export { constantLatency, type LatencyModel, noLatency } from './latency.js'
export type { MemberRow, Members } from './members.js'
export { periodsPerYear } from './periodsPerYear.js'
export { replayBacktest } from './replayBacktest.js'
export type {
  EquityCurve,
  FillRow,
  LimitRow,
  LimitUse,
  RefusalCount,
  Report,
  ReportConfig,
  RoundTrip,
  TripRow,
} from './report.js'
export type { SheetOptions } from './sheet/model.js'
export { type RunVerdict, type TrialOptions, verdict } from './sheet/verdict.js'
export {
  fixedSlippage,
  halfSpread,
  noSlippage,
  type SlippageModel,
  type SlippedFill,
  squareRootImpact,
  sumSlippage,
  tickSlippage,
  volumeShareSlippage,
} from './slippage.js'
export { type Statistics, type StatisticsInput, statistics } from './statistics.js'
export { type SyntheticTapeOptions, syntheticTape } from './syntheticTape.js'
export { type TearSheet, tearSheet } from './tearSheet.js'
export { summaryLine, textReport } from './textReport.js'
export { type TradeStatistics, tradeStatistics } from './tradeStatistics.js'
export { tradesCsv } from './tradesCsv.js'
