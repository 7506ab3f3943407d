export { type CoordinateOptions, coordinate, type Decision } from './ensemble/coordinate.js'
export { type FromModelOptions, fromModel, type ModelStrategyParams } from './fromModel.js'
export { type MeanReversionOptions, meanReversion } from './meanReversion/meanReversion.js'
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
  type StreamingModel,
} from './model.js'
export { type SmaCrossParams, smaCross } from './strategies/smaCross.js'
export { type EnsembleParams, trendReversionEnsemble } from './strategies/trendReversionEnsemble.js'
export { type TrendFollowingOptions, trendFollowing } from './trendFollowing/trendFollowing.js'
