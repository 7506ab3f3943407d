import { createHasher, type MarketEvent, timestamp } from '@astertrade/core'
import { barFeed } from '../barFeed.js'
import type { Isotonic } from '../calibrate/isotonic.js'
import { askAt, type FeatureRow, type Prediction } from '../model.js'
import type { WeightBounds } from './boundWeights.js'
import type { CautionLimits } from './caution.js'
import { ensembleForecast, ensembleSilence } from './ensembleForecast.js'
import type { EnsembleView } from './ensembleView.js'
import type { Expert } from './expert.js'
import type { ForecastLoss } from './forecastLoss.js'
import { createPanel } from './panel.js'
import { createScoring, type Weigher } from './scoring.js'
import { viewOf } from './viewOf.js'

/** Every setting of an ensemble. */
export interface EnsembleSettings {
  readonly experts: readonly Expert[]
  readonly weigher: Weigher
  readonly loss: ForecastLoss
  readonly bounds: WeightBounds
  readonly spread: number
  readonly caution: CautionLimits
  readonly calibration?: Isotonic
}

/** What an ensemble does besides being a model. */
export interface Ensemble {
  readonly id: string
  readonly warmup: number
  learn(event: MarketEvent): void
  predict(row: FeatureRow): Prediction
  view(): EnsembleView
  /** Its own state, without its experts', in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Starts before the first bar. */
export function createEnsemble(settings: EnsembleSettings): Ensemble {
  const { experts, bounds } = settings
  const scoring = createScoring({ ...settings, experts: experts.length })
  const panel = createPanel({ experts, diversity: scoring.diversity, bounds })
  const warmup = Math.min(...experts.map(({ model }) => model.warmup))
  const feed = barFeed('ensemble')
  let last = askAt(timestamp(0))
  /** Time for which the panel was asked, since anyone last learned anything. */
  let asked = Number.NaN
  const ask = (row: FeatureRow): void => {
    if (row.time !== asked) panel.ask(row, scoring)
    asked = row.time
  }
  return {
    id: `metaLearner(${scoring.id}, ${idOf(settings)})`,
    warmup,
    learn(event) {
      for (const { model } of experts) model.update(event)
      asked = Number.NaN
      const bar = feed.take(event)
      if (bar === undefined) return
      scoring.settle(bar.time, bar.close)
      last = askAt(bar.time)
      ask(last)
      scoring.open(panel.predictions, bar.time, bar.close)
    },
    predict(row) {
      const refusal = feed.refuse(row, warmup, Number.POSITIVE_INFINITY)
      if (refusal) return refusal
      ask(row)
      return panel.speakers === 0 ? ensembleSilence(panel.predictions) : ensembleForecast(panel, settings)
    },
    view() {
      ask(last)
      return viewOf(panel, { scoring, experts, limits: settings.caution, time: last.time })
    },
    parts: () => [Float64Array.of(last.time), feed.snapshot(), ...scoring.parts()],
    restoreParts([time, seen, ...rest]) {
      last = askAt(timestamp(time![0]!))
      feed.restore(seen!)
      scoring.restoreParts(rest)
      asked = Number.NaN
    },
  }
}

function idOf({ experts, bounds, caution, calibration }: EnsembleSettings): string {
  const { disagreement, toxicity, variance } = caution
  const map = calibration
    ? createHasher().column(calibration.scores).column(calibration.values).digest().slice(0, 8)
    : 'none'
  const names = experts.map(({ name, model, stage = 'live' }) => `${name} ${stage} ${model.id}`).join('; ')
  return `${bounds.floor}-${bounds.cap}, ${disagreement}/${toxicity}/${variance}, ${map}, ${names}`
}
