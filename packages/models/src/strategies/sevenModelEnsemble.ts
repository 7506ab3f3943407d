import { ConfigError, type InstrumentId, type StrategyDefinition } from '@astertrade/core'
import type { ModelArtifact } from '../artifact.js'
import { absentModel } from '../ensemble/absentModel.js'
import type { EnsembleView } from '../ensemble/ensembleView.js'
import type { Expert } from '../ensemble/expert.js'
import { type MetaLearner, metaLearner } from '../ensemble/metaLearner.js'
import { fromModel, type ModelStrategyParams } from '../fromModel.js'
import { loadModel } from '../loadModel.js'
import { meanReversion } from '../meanReversion/meanReversion.js'
import type { StreamingModel } from '../model.js'
import { orderFlow } from '../orderFlow/orderFlow.js'
import { trendFollowing } from '../trendFollowing/trendFollowing.js'
import { volatility } from '../volatility/volatility.js'
import { vpinModel } from '../vpin/vpinModel.js'

/** Parameters of `sevenModelEnsemble`. */
export interface SevenModelParams extends ModelStrategyParams {
  /** ADX at which the trend model begins to speak; it falls silent below 15 or this. */
  readonly adx: number
  /** Bars that the mean-reversion model is fitted to. */
  readonly window: number
  /** Standard deviations from the mean at which it begins to speak. */
  readonly sigmas: number
  /** Share of all weight that the meta-learner deals out evenly after each round: how fast a model comes back. */
  readonly share: number
  /** Learning rate of the meta-learner. */
  readonly rate: number
  /** Confidence from which a direction counts in full. */
  readonly confidenceFull: number
}

/** What `sevenModelEnsemble` takes. */
export interface SevenModelOptions {
  /** Artifact of kind `classifier`; without it that model abstains. */
  readonly classifier?: ModelArtifact
  /** Artifact of kind `ppo`; without it that model abstains. */
  readonly ppo?: ModelArtifact
  /** Takes weights, losses and contributions after each bar; nothing it does changes the strategy. */
  readonly onWeights?: (instrument: InstrumentId, view: EnsembleView) => void
}

const defaults = { step: 0.25, adx: 20, window: 120, sigmas: 2, share: 1e-3, rate: 0.2, confidenceFull: 0.05 }

/**
 * Seven models through the meta-learner: trend following, mean reversion, order flow, classifier and PPO take sides; volatility and
 * VPIN lower confidence where risk is high.
 *
 * It lives on bars: order flow and VPIN split volume by bulk classification. What is not trained abstains and says so. Volatility is the
 * exponential average, which never stops to fit. Long and short, with a protective stop of 3 x ATR(14) on each position; each
 * instrument has models and weights of its own and takes `exposure` for itself: with n of them give 1 / n.
 *
 * @throws ConfigError with code `ARTIFACT` if an artifact cannot be loaded or is of another kind; from `create`, if a parameter is out of
 * range.
 * @example
 * const strategy = sevenModelEnsemble({ classifier, onWeights: (instrument, view) => rows.push(view) })
 * backtest({ strategy, data, cash: '10000' })
 */
export function sevenModelEnsemble(options: SevenModelOptions = {}): StrategyDefinition<SevenModelParams> {
  const { onWeights } = options
  const trained = { classifier: trainedModel('classifier', options.classifier), ppo: trainedModel('ppo', options.ppo) }
  return fromModel({
    name: 'ensemble',
    params: defaults,
    confidenceFull: ({ confidenceFull }) => checkConfidence(confidenceFull),
    models(params, instrument) {
      const ensemble = metaLearner({
        experts: expertsOf(params, trained),
        weigher: { kind: 'fixedShare', share: params.share, rate: params.rate },
      })
      return [onWeights ? observed(ensemble, (view) => onWeights(instrument, view)) : ensemble]
    },
  })
}

type Params = Omit<SevenModelParams, keyof ModelStrategyParams>
type Trained = Readonly<Record<'classifier' | 'ppo', StreamingModel>>

function expertsOf({ adx, window, sigmas }: Params, { classifier, ppo }: Trained): readonly Expert[] {
  return [
    { name: 'trend', model: trendFollowing({ adxEnter: adx, adxLeave: Math.min(15, adx) }) },
    { name: 'reversion', model: meanReversion({ window, enter: sigmas, leave: Math.min(0.5, sigmas) }) },
    { name: 'volatility', model: volatility({ method: 'ewma' }) },
    { name: 'flow', model: orderFlow({ source: 'bars' }) },
    { name: 'vpin', model: vpinModel() },
    { name: 'classifier', model: classifier.clone() as StreamingModel },
    { name: 'ppo', model: ppo.clone() as StreamingModel },
  ]
}

function trainedModel(kind: 'classifier' | 'ppo', artifact: ModelArtifact | undefined): StreamingModel {
  if (artifact === undefined) return absentModel(kind, 'not trained; give its artifact')
  if (artifact.manifest.kind === kind) return loadModel(artifact)
  throw new ConfigError(`The artifact given as ${kind} is of kind "${artifact.manifest.kind}".`, {
    code: 'ARTIFACT',
    hints: [`Give one that was trained with kind: '${kind}'.`],
  })
}

/** The ensemble with somebody who looks on after each bar. */
function observed(ensemble: MetaLearner, look: (view: EnsembleView) => void): StreamingModel {
  return {
    ...ensemble,
    get horizon() {
      return ensemble.horizon
    },
    update(event) {
      ensemble.update(event)
      if (event.kind === 'bar') look(ensemble.view())
    },
  }
}

function checkConfidence(confidenceFull: number): number {
  if (confidenceFull >= 0 && confidenceFull <= 1) return confidenceFull
  throw new ConfigError(`Parameter confidenceFull "${confidenceFull}" is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: ['A confidence from 0 to 1, such as 0.05; 0 takes every direction in full.'],
  })
}
