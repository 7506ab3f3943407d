export {
  type CheckOptions,
  checkData,
  type DefectCounts,
  type FileCheck,
} from './data/checkData.js'
export { type ImportedFile, type ImportOptions, type ImportPlan, importData, planImport } from './data/importData.js'
export type { DemoMarket } from './demo/demoMarkets.js'
export type { DemoModels } from './demo/demoModels.js'
export { type DemoOptions, type DemoRun, runDemo } from './demo/runDemo.js'
export { type CheckupOptions, checkup, type Finding } from './doctor/checkup.js'
export type { MarketSource, RecordedMarket, SyntheticMarketSource } from './market/marketSource.js'
export { type OpenMarket, openMarket, type Place } from './market/openMarket.js'
export { type FolderRepositoryOptions, folderRepository } from './models/folderRepository.js'
export { type ArtifactSigner, artifactSigner, verifySignature } from './models/signature.js'
export { type FolderContent, publishFolder } from './run/publishFolder.js'
export { readPolicy } from './run/readPolicy.js'
export { type ReplayedRun, type ReplayOptions, replayRun } from './run/replayRun.js'
export { type FinishedRun, type RunOptions, runBacktest } from './run/runBacktest.js'
export { runFileNames, runFiles, runName } from './run/runFiles.js'
export type { SealedJournal } from './run/runJournal.js'
export type { RunRecord } from './run/runRecord.js'
export {
  type PolicySetting,
  type RunConditions,
  type RunSettings,
  runDefaults,
  type SlippageSetting,
} from './run/runSettings.js'
export { builtInStrategies } from './strategy/builtInStrategies.js'
export { type BuyAndHoldParams, buyAndHold } from './strategy/buyAndHold.js'
export { type LoadedStrategy, loadStrategy } from './strategy/loadStrategy.js'
export { readParams } from './strategy/readParams.js'
export type { ModelReference, StrategyReference } from './strategy/strategyReference.js'
export { type TrainInThreadsOptions, trainInThreads } from './train/trainInThreads.js'
