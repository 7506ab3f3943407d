export {
  acerbiSzekely,
  acerbiSzekelyCritical,
  type ShortfallCriticalOptions,
  type ShortfallTest,
} from './backtests/acerbiSzekely.js'
export { type BacktestEffect, backtestEffect, raiseEstimate } from './backtests/backtestEffect.js'
export type { BacktestEvent } from './backtests/backtestEvent.js'
export { backtestRisk, type RiskBacktest } from './backtests/backtestRisk.js'
export { type ChristoffersenTests, christoffersen } from './backtests/christoffersen.js'
export type { ExceedanceCount, LikelihoodTest } from './backtests/exceedanceCount.js'
export { type AcceptedCounts, kupiec, kupiecAccepts } from './backtests/kupiec.js'
export { reviewBacktest } from './backtests/reviewBacktest.js'
export {
  type TrafficLight,
  type TrafficLightBounds,
  trafficLight,
  trafficLightBounds,
} from './backtests/trafficLight.js'
export {
  type RiskForecasts,
  type WalkForward,
  type WalkForwardOptions,
  walkForwardRisk,
} from './backtests/walkForward.js'
export { type CapitalTier, type CapitalTierOptions, type CapitalTiers, capitalTiers, tierOf } from './capitalTiers.js'
export { type RiskCode, type RiskCodeEntry, riskCodes } from './codes.js'
export { type AuditLink, addToAudit, auditFlaw, auditStart } from './emergency/auditLink.js'
export type { BreakerEvent, BreakerReset } from './emergency/breakerEvent.js'
export { type BreakerLimits, breakerDefaults } from './emergency/breakerLimits.js'
export type { BreakerFact, BreakerScope, BreakerTrip } from './emergency/breakerScope.js'
export type { BreakerOptions, BreakerScopes } from './emergency/breakerScopes.js'
export { type CircuitBreakerRuleOptions, circuitBreaker } from './emergency/circuitBreaker.js'
export {
  type CircuitBreaker,
  type CircuitBreakerOptions,
  createCircuitBreaker,
} from './emergency/createCircuitBreaker.js'
export {
  type ControlRefusal,
  type DualControlOptions,
  dualControl,
  type Operators,
  type Person,
  type Role,
} from './emergency/dualControl.js'
export {
  type KillCommand,
  type KillOutcome,
  type KillState,
  type KillTrigger,
  killSwitch,
  startKilled,
} from './emergency/killSwitch.js'
export {
  confirmLatchReset,
  type LatchConfirmation,
  type LatchRequest,
  requestLatchReset,
} from './emergency/latchReset.js'
export {
  manualOverride,
  noOverrides,
  type Override,
  type OverrideCeiling,
  type OverrideOutcome,
  type OverrideRules,
  type OverrideState,
} from './emergency/manualOverride.js'
export { type NotedFacts, noted } from './emergency/noted.js'
export { type OverridableOptions, overridable } from './emergency/overridable.js'
export type { OverrideEvent, OverrideScope } from './emergency/overrideEvent.js'
export { type OverrideQuestion, overrideFor } from './emergency/overrideFor.js'
export { overrideLog } from './emergency/overrideLog.js'
export type { PriceBand } from './emergency/priceBand.js'
export type { RunningMedian } from './emergency/runningMedian.js'
export { explain } from './explain.js'
export { explainOrder, type OrderExplanation, type RuleAnswer } from './explainOrder.js'
export { type AllowListOptions, allowList } from './limits/allowList.js'
export { type ClipSizeOptions, clipSize } from './limits/clipSize.js'
export { type ClusterCapOptions, clusterCap } from './limits/clusterCap.js'
export { type CushionMove, type CushionOptions, type CushionPosition, cushionStops } from './limits/cushionStops.js'
export { type DailyLossOptions, dailyLoss } from './limits/dailyLoss.js'
export { type FreeBalanceOptions, freeBalance } from './limits/freeBalance.js'
export { type DrawdownStep, type GradedSizeOptions, gradedSize, type SizeScale } from './limits/gradedSize.js'
export { type GrossExposureOptions, grossExposure } from './limits/grossExposure.js'
export type { LimitRatio } from './limits/limitRatio.js'
export { type LookAlikeOptions, lookAlike } from './limits/lookAlike.js'
export { type MaxDrawdownOptions, maxDrawdown } from './limits/maxDrawdown.js'
export { type MaxPositionOptions, maxPosition } from './limits/maxPosition.js'
export { type OrderRateOptions, orderRate } from './limits/orderRate.js'
export { type PortfolioRiskOptions, portfolioRisk } from './limits/portfolioRisk.js'
export { type PositionRiskOptions, positionRisk } from './limits/positionRisk.js'
export { type PriceCollarOptions, priceCollar } from './limits/priceCollar.js'
export { type BacktestState, riskBacktest } from './limits/riskBacktest.js'
export { selfCross } from './limits/selfCross.js'
export { type StaleDataOptions, staleData } from './limits/staleData.js'
export { type StressCapOptions, stressCap } from './limits/stressCap.js'
export { type TailRiskOptions, tailRisk } from './limits/tailRisk.js'
export { type VenueCapOptions, venueCap } from './limits/venueCap.js'
export { chiSquareCritical, chiSquareTail } from './measures/chiSquare.js'
export { cholesky, type LowerTriangle } from './measures/cholesky.js'
export { choleskySolve, solveLower } from './measures/choleskySolve.js'
export { type ConditionalDrawdown, conditionalDrawdown } from './measures/conditionalDrawdown.js'
export type { ConfidenceOptions } from './measures/confidence.js'
export {
  type CornishFisherOptions,
  cornishFisherApplies,
  cornishFisherQuantile,
  cornishFisherRisk,
  type DistributionShape,
} from './measures/cornishFisher.js'
export { type DecisionParts, decisionFigure } from './measures/decisionFigure.js'
export { type DrawOptions, type DrawSet, drawSet } from './measures/drawSet.js'
export { type EwmaOptions, type EwmaRiskOptions, ewmaRisk, ewmaVariance } from './measures/ewma.js'
export { type FilteredOptions, filteredHistoricalRisk } from './measures/filteredHistorical.js'
export { type FilteredScenariosOptions, filteredScenarios } from './measures/filteredScenarios.js'
export { historicalRisk } from './measures/historicalRisk.js'
export type { ParametricOptions } from './measures/horizon.js'
export { measurePortfolio, type PortfolioMeasures, type PortfolioOptions } from './measures/measurePortfolio.js'
export {
  type MonteCarloEstimate,
  type MonteCarloOptions,
  monteCarloRisk,
  portfolioMonteCarlo,
} from './measures/monteCarloRisk.js'
export { type NormalContributionsOptions, normalContributions } from './measures/normalContributions.js'
export { normalRisk } from './measures/normalRisk.js'
export {
  type NegativeTail,
  performanceAnalyticsGaussian,
  performanceAnalyticsHistorical,
  performanceAnalyticsModified,
} from './measures/performanceAnalytics.js'
export { type Exposures, portfolioLosses } from './measures/portfolioLosses.js'
export { fitReturns, type ReturnModel } from './measures/returnModel.js'
export { type RiskContribution, type RiskContributions, riskContributions } from './measures/riskContributions.js'
export { sampleTail, type Tail } from './measures/sampleTail.js'
export {
  type BookLevel,
  type BookTail,
  type ScenarioBook,
  type ScenarioBookOptions,
  scenarioBook,
} from './measures/scenarioBook.js'
export {
  type ReturnProxy,
  type ReturnSeries,
  type ScenarioOptions,
  type Scenarios,
  scenarioMatrix,
} from './measures/scenarioMatrix.js'
export { shortSampleRisk } from './measures/shortSample.js'
export { type SimulatedReturns, simulateReturns } from './measures/simulateReturns.js'
export { type SquareMatrix, squareMatrix } from './measures/squareMatrix.js'
export { studentTCdf, studentTDensity, studentTQuantile, studentTTailQuantile } from './measures/studentT.js'
export { type StudentTEstimate, studentTRisk } from './measures/studentTRisk.js'
export { type SymmetricEigen, symmetricEigen } from './measures/symmetricEigen.js'
export type { RiskMethod, RiskNote, TailEstimate } from './measures/tailEstimate.js'
export type { TailMap } from './measures/tailMap.js'
export type { Unavailable, UnavailableCode } from './measures/unavailable.js'
export { policyStop, riskPolicy } from './policy.js'
export type { RiskPolicyOptions } from './policyOptions.js'
export { policyOverrides } from './policyOverrides.js'
export { type CovarianceOptions, covariance } from './portfolio/covariance.js'
export { equalRisk } from './portfolio/equalRisk.js'
export { hierarchicalRiskParity } from './portfolio/hierarchicalRiskParity.js'
export { inverseVolatility } from './portfolio/inverseVolatility.js'
export { type LedoitWolfOptions, ledoitWolf, type ShrunkCovariance } from './portfolio/ledoitWolf.js'
export {
  type PortfolioCovariance,
  type PortfolioCovarianceOptions,
  portfolioCovariance,
} from './portfolio/portfolioCovariance.js'
export type { CovarianceOf, ExcludedInstrument, PortfolioWeights } from './portfolio/portfolioWeights.js'
export { type RepairedCovariance, repairCovariance } from './portfolio/repairCovariance.js'
export { type Ceilings, seedFigures, seedTiers } from './seedFigures.js'
export { type FallProbabilityOptions, fallProbability } from './sizing/fallProbability.js'
export {
  type FixedFractionOptions,
  type FixedFractionSizerOptions,
  fixedFraction,
  fixedFractionSizer,
} from './sizing/fixedFraction.js'
export { type KellyEstimate, type KellyOptions, kelly } from './sizing/kelly.js'
export { type KellyContinuousOptions, kellyContinuous } from './sizing/kellyContinuous.js'
export { type KellyDiscreteOptions, kellyDiscrete } from './sizing/kellyDiscrete.js'
export { type KellyGrowthOptions, kellyGrowth } from './sizing/kellyGrowth.js'
export { type KellyFractions, type KellyMultiOptions, kellyMulti } from './sizing/kellyMulti.js'
export { type KellyMultiSizerOptions, kellyMultiSizer } from './sizing/kellyMultiSizer.js'
export { type KellySizerOptions, kellySizer } from './sizing/kellySizer.js'
export { type OutOfSample, type OutOfSampleOptions, outOfSample } from './sizing/outOfSample.js'
export {
  type PositionSize,
  type PositionSizeOptions,
  positionSize,
  type SizeAccount,
  type SizeCap,
} from './sizing/positionSize.js'
export { type PositionSizerOptions, positionSizer, type SizerFigure } from './sizing/positionSizer.js'
export { type RiskConstrainedKellyOptions, riskConstrainedKelly } from './sizing/riskConstrainedKelly.js'
export { type ShrinkEdgeOptions, shrinkEdge } from './sizing/shrinkEdge.js'
export { type TierSizerOptions, tierSizer } from './sizing/tierSizer.js'
export { type VolatilityForecastsOptions, volatilityForecasts } from './sizing/volatilityForecasts.js'
export { type VolatilityForecasts, volatilityMultiple } from './sizing/volatilityMultiple.js'
export { type VolatilityTargetOptions, volatilityTarget } from './sizing/volatilityTarget.js'
export { type StressLoss, type StressLosses, stressLosses, worstStress } from './stress/stressLosses.js'
export type { StressBalance, StressPortfolio, StressPosition } from './stress/stressPortfolio.js'
export {
  type AssetClass,
  type ExitStress,
  type OutageStress,
  type ShockStress,
  type StopsStress,
  type StressClass,
  type StressName,
  type StressScenario,
  stressScenarios,
  type VenueStress,
} from './stress.js'
export { heldTier, nextTier, startTier, type TierState, tierMemory } from './tierMemory.js'
