export { addressOf } from './addressOf.js'
export type { ArtifactFile, GoldenRows, Json, ModelArtifact, ModelManifest } from './artifact.js'
export type { Backend, BackendId, Probe, Servable, Session } from './backends/backend.js'
export {
  type BackendChain,
  type BackendChainOptions,
  backendChain,
  type ChainSession,
  type Fallback,
} from './backends/backendChain.js'
export { jsSession } from './backends/js/jsSession.js'
export { jsBackend } from './backends/jsBackend.js'
export type { Activation, DenseLayer, Network } from './backends/network.js'
export type { SyncSession } from './backends/syncSession.js'
export type { TreeEnsemble, TreeLink } from './backends/treeEnsemble.js'
export { wasmSession } from './backends/wasm/wasmSession.js'
export { wasmBackend } from './backends/wasmBackend.js'
export { fitIsotonic, type Isotonic, isotonic } from './calibrate/isotonic.js'
export { fitTemperature, type TemperatureOptions } from './calibrate/temperature.js'
export { awaitGolden, checkGolden } from './checkGolden.js'
export { checkManifest } from './checkManifest.js'
export { classifier } from './classifier/classifier.js'
export type { ClassifierFigures, ClassifierMetrics } from './classifier/classifierMetrics.js'
export type { ClassifierNetwork, ClassifierParams } from './classifier/classifierParams.js'
export type { Dataset, Labels } from './dataset.js'
export { type AbstentionWatch, type AbstentionWatchOptions, abstentionWatch } from './drift/abstentionWatch.js'
export { type FeatureDrift, featureDrift, type RecentRows } from './drift/featureDrift.js'
export {
  type FitOutlierGuardOptions,
  fitOutlierGuard,
  type OutlierGuard,
  type OutlierReference,
  outlierGuard,
} from './drift/outlierGuard.js'
export { type PageHinkley, type PageHinkleyOptions, pageHinkley } from './drift/pageHinkley.js'
export { populationStability, type StabilityReference, stabilityReference } from './drift/populationStability.js'
export {
  noModelYet,
  type RetrainingAction,
  type RetrainingEvent,
  type RetrainingPlan,
  type RetrainingState,
  type RetrainingStep,
  retraining,
} from './drift/retraining.js'
export { type AdaHedgeOptions, adaHedge } from './ensemble/adaHedge.js'
export type { WeightBounds } from './ensemble/boundWeights.js'
export type { CautionLimits } from './ensemble/caution.js'
export { type CoordinateOptions, coordinate, type Decision } from './ensemble/coordinate.js'
export { createEnsembleLog, type EnsembleLog } from './ensemble/ensembleLog.js'
export type { EnsembleView, ExpertRole, ExpertView } from './ensemble/ensembleView.js'
export type { Expert } from './ensemble/expert.js'
export type { ExpertWeights } from './ensemble/expertWeights.js'
export { type FixedShareOptions, fixedShare } from './ensemble/fixedShare.js'
export type { ForecastLoss } from './ensemble/forecastLoss.js'
export { type MetaLearner, type MetaLearnerOptions, metaLearner } from './ensemble/metaLearner.js'
export type { Weigher } from './ensemble/scoring.js'
export {
  type ExpertRecord,
  type SelectExpertsOptions,
  type Selection,
  selectExperts,
} from './ensemble/selectExperts.js'
export { accuracy } from './evaluate/accuracy.js'
export { auc, type Estimate, type ScoredOutcomes } from './evaluate/auc.js'
export type { BinaryForecasts } from './evaluate/binaryForecasts.js'
export { type BrierParts, brier, brierParts } from './evaluate/brier.js'
export type { ClassForecasts } from './evaluate/classForecasts.js'
export { type CombinatorialFoldsOptions, combinatorialFolds } from './evaluate/combinatorialFolds.js'
export { type DieboldMarianoOptions, dieboldMariano, type LossTest } from './evaluate/dieboldMariano.js'
export { type InformationCoefficientOptions, informationCoefficient } from './evaluate/informationCoefficient.js'
export { logLoss } from './evaluate/logLoss.js'
export { type PairedResult, type PairedTestOptions, pairedTest } from './evaluate/pairedTest.js'
export { type PurgedKFoldOptions, purgedKFold } from './evaluate/purgedKFold.js'
export { type Reliability, type ReliabilityBin, type ReliabilityOptions, reliability } from './evaluate/reliability.js'
export { reliabilitySvg } from './evaluate/reliabilitySvg.js'
export type { Fold, LabelSpans } from './evaluate/spans.js'
export { type BarDataset, type BuildDatasetOptions, buildDataset, type DroppedBars } from './features/buildDataset.js'
export { type FeatureRows, featureRows } from './features/featureRows.js'
export { type FeatureScaler, fitScaler, type ScalerInput, scaleRow, scaleRows } from './features/featureScaler.js'
export { type FeatureGroup, type FeatureOptions, type FeatureSpec, featureSpec } from './features/featureSpec.js'
export { fileLimits } from './fileLimits.js'
export { type FromModelOptions, fromModel, type ModelStrategyParams } from './fromModel.js'
export { type GbdtInput, type GbdtParams, type GbdtResult, gbdtDefaults, trainGbdt } from './gbdt/trainGbdt.js'
export { averageUniqueness, type LabelBars } from './labels/averageUniqueness.js'
export type { BarLabels } from './labels/barLabels.js'
export { type ForwardReturnOptions, forwardReturn } from './labels/forwardReturn.js'
export { type TripleBarrierOptions, tripleBarrier } from './labels/tripleBarrier.js'
export { loadModel } from './loadModel.js'
export { makeArtifact } from './makeArtifact.js'
export { type MeanReversionOptions, meanReversion } from './meanReversion/meanReversion.js'
export { type OnSpreadOptions, onSpread } from './meanReversion/onSpread.js'
export {
  dickeyFullerCritical,
  type OrnsteinUhlenbeck,
  ornsteinUhlenbeck,
} from './meanReversion/ornsteinUhlenbeck.js'
export {
  type AbstainCode,
  type Abstention,
  abstention,
  askAt,
  type FeatureRow,
  type Forecast,
  type Model,
  type Prediction,
  type RiskOutlook,
  type StreamingModel,
} from './model.js'
export type { ModelKind, TrainingHooks, TrainingParts, TrainingProgress, TrainingRequest } from './modelKind.js'
export { modelKinds, type TrainableKind } from './modelKinds.js'
export type { TrainingBackend } from './network/learner.js'
export {
  type LabelledRows,
  type TrainedNetwork,
  type TrainNetworkOptions,
  trainNetwork,
} from './network/trainNetwork.js'
export { checkFiles, openArtifact } from './openArtifact.js'
export { type OpenTraining, openTraining } from './openTraining.js'
export { flowDataset } from './orderFlow/flowDataset.js'
export { orderFlow } from './orderFlow/orderFlow.js'
export { type OrderFlowParams, orderFlowKind } from './orderFlow/orderFlowKind.js'
export type { OrderFlowOptions } from './orderFlow/orderFlowOptions.js'
export { overFeatures } from './overFeatures.js'
export { isPlainName, requirePlainName } from './plainName.js'
export type { Environment, Outcome } from './ppo/environment.js'
export { type AdvantageOptions, generalisedAdvantage, type RewardPath } from './ppo/generalisedAdvantage.js'
export type { TradedRows } from './ppo/holding.js'
export type { PolicyProgress } from './ppo/policyCheckpoint.js'
export { ppo } from './ppo/ppo.js'
export type { PpoParams } from './ppo/ppoParams.js'
export type { PpoSettings } from './ppo/ppoSettings.js'
export { type TradingEnvironmentOptions, tradingEnvironment } from './ppo/tradingEnvironment.js'
export { type TrainedPolicy, type TrainPolicyOptions, trainPolicy } from './ppo/trainPolicy.js'
export {
  type Coefficient,
  type LeastSquaresOptions,
  leastSquares,
  type NoRegression,
  type Regression,
} from './regression/leastSquares.js'
export { inMemoryRepository } from './repository/inMemoryRepository.js'
export { candidateMoves, promotionMoves, rollbackMoves, unknownModel, versionsOf } from './repository/moves.js'
export type { ModelRepository, ModelStage, ModelVersion, MoveAuthor, StageMove } from './repository.js'
export { type KnownScoresOptions, knownScores } from './sentiment/knownScores.js'
export { financialLexicon, type Lexicon, lexicon } from './sentiment/lexicon.js'
export { type LexiconScorerOptions, lexiconScorer } from './sentiment/lexiconScorer.js'
export { headlineOf, type NewsItem } from './sentiment/newsItem.js'
export {
  type SentimentIndex,
  type SentimentIndexOptions,
  sentimentColumn,
  sentimentIndex,
} from './sentiment/sentimentIndex.js'
export { type SentimentModelOptions, sentimentModel } from './sentiment/sentimentModel.js'
export type { ScoredTerm, SentimentScore, SentimentScorer } from './sentiment/sentimentScorer.js'
export { type Opinion, type SessionModelOptions, sessionModel, sidesOf } from './sessionModel.js'
export { type SevenModelOptions, type SevenModelParams, sevenModelEnsemble } from './strategies/sevenModelEnsemble.js'
export { type SmaCrossParams, smaCross } from './strategies/smaCross.js'
export { type EnsembleParams, trendReversionEnsemble } from './strategies/trendReversionEnsemble.js'
export { decodeTensors, encodeTensors, type Tensor, type TensorData } from './tensors.js'
export { type TrainJobOptions, trainJob, trainPart, trainParts } from './trainJob.js'
export type { LabelSpec, TrainData, TrainSpec } from './trainSpec.js'
export { type FitTrendOptions, fitTrendFollowing, type TrendFit } from './trendFollowing/fitTrendFollowing.js'
export { type TrendFollowingOptions, trendFollowing } from './trendFollowing/trendFollowing.js'
export { type EwmaVariance, type EwmaVarianceOptions, ewmaVariance } from './volatility/ewmaVariance.js'
export { fitGarch, type GarchFit } from './volatility/fitGarch.js'
export {
  fitHar,
  type HarFit,
  type HarParameters,
  type HarSpans,
  harForecast,
} from './volatility/fitHar.js'
export type { GarchErrors } from './volatility/garchErrors.js'
export type { GarchKind, GarchParameters } from './volatility/garchTransform.js'
export {
  type ImpliedOutlook,
  type ImpliedOutlookOptions,
  type ImpliedVarianceOptions,
  impliedOutlook,
  impliedVariance,
} from './volatility/impliedVariance.js'
export { qlike } from './volatility/qlike.js'
export { rangeVariance } from './volatility/rangeVariance.js'
export type { FitGarchOptions, NoGarch } from './volatility/searchGarch.js'
export {
  type SelectVolatilityOptions,
  selectVolatility,
  type VolatilityCandidate,
  type VolatilitySelection,
} from './volatility/selectVolatility.js'
export {
  type ImpliedSource,
  type VolatilityMethod,
  type VolatilityOptions,
  volatility,
} from './volatility/volatility.js'
export { type VolatilityParams, volatilityKind } from './volatility/volatilityKind.js'
export { type VpinControl, type VpinControlOptions, vpinControl } from './vpin/vpinControl.js'
export { toxicityAlarm, toxicityAlarms, type VpinModelOptions, vpinModel } from './vpin/vpinModel.js'
