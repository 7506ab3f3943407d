export {
  type AggregatedReturns,
  type AggregateOptions,
  aggregateReturns,
  type CalendarSpan,
} from './aggregateReturns.js'
export { type AlignedReturns, alignReturns, type TimedReturns } from './alignReturns.js'
export { type AlphaBeta, type AlphaBetaOptions, alphaBeta, beta, type Market } from './alphaBeta.js'
export { annualVolatility } from './annualVolatility.js'
export { betaFragility } from './betaFragility.js'
export { type AnnualOptions, cagr } from './cagr.js'
export { calmar } from './calmar.js'
export { type CaptureOptions, capture } from './capture.js'
export { type Description, describe } from './describe.js'
export { type DownsideOptions, downsideRisk } from './downsideRisk.js'
export { drawdownSeries, maxDrawdown } from './drawdown.js'
export {
  type DrawdownEpisode,
  type DrawdownSummary,
  drawdownEpisodes,
  drawdownSummary,
  type EpisodeOptions,
} from './drawdownEpisodes.js'
export { informationRatio } from './informationRatio.js'
export { type KellyOptions, kelly } from './kelly.js'
export { kurtosis, mean, skewness, standardDeviation, type VarianceOptions, variance } from './moments.js'
export { type Minimum, type NelderMeadOptions, nelderMead } from './nelderMead.js'
export { type OmegaOptions, omega, periodicRate } from './omega.js'
export { painIndex } from './painIndex.js'
export { type ParetoTail, type ParetoTailOptions, paretoTail } from './paretoTail.js'
export { quantile, sortedQuantile } from './quantile.js'
export {
  cumulativeReturns,
  type GrowthOptions,
  growth,
  logReturns,
  simpleReturns,
  totalReturn,
} from './returns.js'
export { type RollingOptions, rolling } from './rolling.js'
export { type SharpeOptions, sharpe, sharpeStandardError } from './sharpe.js'
export { expectedShortfall, type ShortfallOptions, valueAtRisk } from './shortfall.js'
export { sortino } from './sortino.js'
export { stability } from './stability.js'
export { tailRatio } from './tailRatio.js'
export { ulcerIndex } from './ulcerIndex.js'
