import { ConfigError } from '@astertrade/core'
import type { Isotonic } from '../calibrate/isotonic.js'
import type { StreamingModel } from '../model.js'
import { joinState, splitState } from '../state.js'
import type { WeightBounds } from './boundWeights.js'
import type { CautionLimits } from './caution.js'
import { createEnsemble, type EnsembleSettings as Settings } from './createEnsemble.js'
import type { EnsembleView } from './ensembleView.js'
import type { Expert } from './expert.js'
import type { ForecastLoss } from './forecastLoss.js'
import { joinModels, restoreModels } from './joinModels.js'
import type { Weigher } from './scoring.js'

/** What `metaLearner` takes. */
export interface MetaLearnerOptions {
  /** From 1 to 32 models with names of their own. */
  readonly experts: readonly Expert[]
  /** Default `fixedShare` with a share of 0.001 and a rate of 0.2. */
  readonly weigher?: Weigher
  /** How forecasts are judged (default `brier`). */
  readonly loss?: ForecastLoss
  /** Least and most weight of who speaks (default 0.01 and 0.6). */
  readonly bounds?: WeightBounds
  /** Share of the weights of least variance, from 0 to 0.3 (default 0.2); the regret bound is claimed for 0. */
  readonly spread?: number
  /** How much confidence disagreement, toxic flow and high variance take back at most (default half each). */
  readonly caution?: CautionLimits
  /** Maps the pooled probability of a rise to a calibrated one; to be fitted on a later slice than the models. */
  readonly calibration?: Isotonic
}

/** An ensemble as a model, which tells what it thinks of its experts. */
export interface MetaLearner extends StreamingModel {
  /** Who spoke at the last bar, with which weight, and how well each has done. */
  view(): EnsembleView
}

const defaults = {
  weigher: { kind: 'fixedShare', share: 1e-3, rate: 0.2 },
  loss: { kind: 'brier' },
  bounds: { floor: 0.01, cap: 0.6 },
  spread: 0.2,
  caution: { disagreement: 0.5, toxicity: 0.5, variance: 0.5 },
} as const

const expertsMax = 32
const spreadMax = 0.3

/**
 * Combines models into one, weighted by how well their forecasts came true.
 *
 * After each bar every expert is asked, and what they say is a round. A round is judged at the first closes at or after the horizons
 * of its forecasts; once all of it is known, the weights learn from it. Experts that abstain or only know of risk sleep in that round.
 * A control that always says one half is an expert too: what loses more than it weighs less than silence. Confidences are believed
 * by how true they were.
 *
 * The forecast pools log-odds by weight. Its confidence is reduced where the experts disagree, where the order flow is toxic and
 * where the forecast variance is high; its reason names the three largest contributions. At most 256 rounds wait at once. Rounds
 * are made of bars; trades and quotes reach the experts.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if an option is out of range or two experts share a name.
 * @example
 * const ensemble = metaLearner({ experts: [{ name: 'trend', model: trendFollowing() }, { name: 'reversion', model: meanReversion() }] })
 * for (const bar of bars) ensemble.update(bar)
 * ensemble.view().experts.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`) // => ['trend 0.50', 'reversion 0.00']
 */
export function metaLearner(options: MetaLearnerOptions): MetaLearner {
  const settings: Settings = { ...defaults, ...options }
  checkSettings(settings)
  const { experts } = settings
  const models = experts.map(({ model }) => model)
  const ensemble = createEnsemble(settings)
  const { id, warmup } = ensemble
  const snapshot = (): Float64Array => joinModels(joinState(id, ensemble.parts()), models)
  return {
    id,
    get horizon() {
      const known = models.map((model) => model.horizon).filter((horizon) => Number.isFinite(horizon))
      return known.length > 0 ? Math.max(...known) : Number.POSITIVE_INFINITY
    },
    warmup,
    schema: '',
    update: (event) => ensemble.learn(event),
    predict: (row) => ensemble.predict(row),
    view: () => ensemble.view(),
    clone() {
      const cloned = experts.map((expert) => ({ ...expert, model: expert.model.clone() as StreamingModel }))
      const copy = metaLearner({ ...options, experts: cloned })
      copy.restore(snapshot())
      return copy
    },
    snapshot,
    restore(state) {
      const like = ensemble.parts()
      const { length } = joinState(id, like)
      const parts = splitState(id, like, state.slice(0, length))
      restoreModels(models, state, length)
      ensemble.restoreParts(parts)
    },
  }
}

function checkSettings({ experts, weigher, loss, bounds, spread, caution }: Settings): void {
  const names = new Set(experts.map(({ name }) => name))
  if (experts.length < 1 || experts.length > expertsMax) {
    throw wrong('experts', experts.length, `From 1 to ${expertsMax} models.`)
  }
  if (names.size < experts.length || names.has('')) {
    throw wrong('experts', experts.map(({ name }) => name).join(', '), 'Each expert with a name of its own.')
  }
  if (!['fixedShare', 'adaHedge'].includes(weigher.kind)) {
    throw wrong('weigher', weigher.kind, 'Its kind is fixedShare or adaHedge.')
  }
  if (!['brier', 'return'].includes(loss.kind)) throw wrong('loss', loss.kind, 'Its kind is brier or return.')
  if (!(bounds.floor >= 0 && bounds.floor < bounds.cap && bounds.cap <= 1)) {
    throw wrong(
      'bounds',
      `${bounds.floor} to ${bounds.cap}`,
      'Weights with 0 <= floor < cap <= 1, such as 0.01 and 0.6.',
    )
  }
  if (!(spread >= 0 && spread <= spreadMax))
    throw wrong('spread', spread, `A share from 0 to ${spreadMax}, such as 0.2.`)
  for (const [name, value] of Object.entries(caution)) {
    if (!(value >= 0 && value <= 1)) throw wrong(`caution.${name}`, value, 'A share from 0 to 1, such as 0.5.')
  }
}

function wrong(option: string, value: string | number, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of metaLearner is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
