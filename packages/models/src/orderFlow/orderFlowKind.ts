import { ConfigError, createRandom, type Duration, dayMs } from '@astertrade/core'
import type { Json, ModelArtifact } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { eventArtifact, requireOutputs, servedFrom, stateOf } from '../eventArtifact.js'
import type { ModelKind } from '../modelKind.js'
import { trainingSteps } from '../trainingSteps.js'
import { flowSchema } from './flowDataset.js'
import { flowLearner, orderFlowFrom } from './orderFlow.js'
import { type OrderFlowOptions, type OrderFlowSettings, orderFlowSettings } from './orderFlowOptions.js'
import type { RidgeLearner } from './ridgeLearner.js'
import { tapeFlow } from './tapeFlow.js'

/** What training order flow takes: the options of the model, which are also those of its dataset. */
export interface OrderFlowParams extends Omit<OrderFlowOptions, 'source'> {
  /** Time after the last row until the model is too old. */
  readonly validFor: Duration
}

const kind = 'orderFlow'
const goldenRows = 8
/** Saying 0 each time takes nothing away. */
const naive = { skill: 0, evidence: 0 } as const

/**
 * Trains what `orderFlow` learns as it goes, ahead of time: each row of a `flowDataset` is forecast before its label is learned, and
 * only from labels settled by then.
 *
 * Metrics hold the share of the squared labels that these forecasts took away and its statistic, beside those of saying 0 and of the
 * same rows with shuffled labels, and warn where that is no edge. The loaded model goes on learning.
 *
 * @example
 * const params = { ...orderFlowKind.defaults, horizon: 5_000 }
 * const artifact = orderFlowKind.train({ id: 'flow', data: flowDataset(tape, { horizon: 5_000 }), params, seed: 1 })
 * orderFlowKind.load(artifact).update(trade)
 */
export const orderFlowKind: ModelKind<OrderFlowParams> = {
  kind,
  defaults: { validFor: 7 * dayMs },
  train({ id, data, params, seed }, hooks = {}) {
    const { validFor, ...options } = params
    const settings = orderFlowSettings({ ...options, source: 'trades' })
    checkDataset(data, settings)
    const steps = trainingSteps(id, hooks, data.rows)
    const learner = flowLearner(settings, data.names.length)
    teach(learner, data, { returns: data.labels.returns, onRow: steps({ stage: 'train', from: 0, share: 0.5 }) })
    const control = flowLearner(settings, data.names.length)
    const returns = shuffled(data.labels.returns, seed)
    teach(control, data, { returns, onRow: steps({ stage: 'shuffled control', from: 0.5, share: 0.5 }) })
    const warnings = warningsOf(learner, settings)
    const metrics = { ...figuresOf(learner), naive, shuffled: figuresOf(control), warnings }
    hooks.report?.({ stage: 'train', done: 1, figures: figuresOf(learner) })
    const inputs = Array.from({ length: Math.min(goldenRows, data.rows) }, (_, row) => [...rowOf(data, row)])
    return eventArtifact({
      id,
      kind,
      data,
      seed,
      params: { ...settings, validFor },
      metrics,
      horizon: settings.horizon,
      until: data.labels.ends.reduce((latest, end) => Math.max(latest, end)),
      validFor,
      state: learner.snapshot(),
      golden: { inputs, outputs: inputs.map((row) => [learner.weigh(Float64Array.from(row))]) },
    })
  },
  load(artifact) {
    const state = stateOf(artifact, kind)
    const settings = settingsOf(artifact)
    const { names, width } = tapeFlow(settings.windows)
    const learner = flowLearner(settings, width)
    const isOurs = artifact.manifest.featureSchema.hash === flowSchema(settings, names)
    if (!isOurs || state.length !== learner.snapshot().length) {
      throw new ConfigError(
        `The artifact of "${artifact.manifest.id}" holds ${state.length} numbers of another model.`,
        {
          code: 'ARTIFACT',
        },
      )
    }
    learner.restore(state)
    requireOutputs(
      artifact,
      artifact.manifest.golden.inputs.map((row) => [learner.weigh(Float64Array.from(row))]),
    )
    return servedFrom(artifact, orderFlowFrom(settings, state))
  },
}

/** Forecasts each row, once the labels settled by then are learned; then learns the rest. */
function teach(
  learner: RidgeLearner,
  data: Dataset,
  { returns, onRow }: { readonly returns: Float64Array; readonly onRow: (row: number) => void },
): void {
  const { rows, times, labels } = data
  const forecasts = new Float64Array(rows)
  let known = 0
  const learnUpTo = (time: number): void => {
    for (; known < rows && labels.ends[known]! <= time; known++) {
      if (labels.weights[known]! > 0) learner.learn(rowOf(data, known), returns[known]!, forecasts[known]!)
    }
  }
  for (let row = 0; row < rows; row++) {
    onRow(row)
    learnUpTo(times[row]!)
    forecasts[row] = learner.weigh(rowOf(data, row))
  }
  learnUpTo(Number.POSITIVE_INFINITY)
}

function rowOf({ rows, names, features }: Dataset, row: number): Float64Array {
  return Float64Array.from(names, (_, column) => features[column * rows + row]!)
}

function figuresOf(learner: RidgeLearner): {
  readonly labels: number
  readonly skill: number
  readonly evidence: number
} {
  return { labels: learner.count, skill: learner.skill(), evidence: learner.evidence() }
}

function warningsOf(learner: RidgeLearner, { evidenceMin }: OrderFlowSettings): readonly string[] {
  const evidence = learner.evidence()
  if (evidence >= evidenceMin) return []
  return [`No edge: evidence ${evidence.toFixed(2)} is below ${evidenceMin}, so it stays silent until it learns more.`]
}

/** Fisher and Yates. */
function shuffled(values: Float64Array, seed: number): Float64Array {
  const random = createRandom(seed).stream('shuffled labels')
  const out = values.slice()
  for (let at = out.length - 1; at > 0; at--) {
    const other = random.integer(0, at)
    ;[out[at], out[other]] = [out[other]!, out[at]!]
  }
  return out
}

function checkDataset(data: Dataset, settings: OrderFlowSettings): void {
  if (data.rows === 0) throw new ConfigError('The dataset has no rows.', { code: 'NO_ROWS' })
  const { names } = tapeFlow(settings.windows)
  const hints = ['Make it by flowDataset(events, params) with the same windows, horizon and step.']
  if (data.schema !== flowSchema(settings, names)) {
    const message = 'The dataset has other features or another horizon than these parameters make.'
    throw new ConfigError(message, { code: 'BAD_DATASET', hints })
  }
  const { features, times, labels } = data
  const columns = { features, times, returns: labels.returns, ends: labels.ends, weights: labels.weights }
  for (const [name, column] of Object.entries(columns)) {
    const wanted = name === 'features' ? names.length * data.rows : data.rows
    const bad = column.findIndex((value) => !Number.isFinite(value))
    if (column.length === wanted && bad === -1) continue
    const what = bad === -1 ? `${column.length} numbers, not ${wanted}` : `"${column[bad]}" at ${bad}`
    throw new ConfigError(`The dataset has in "${name}" ${what}.`, { code: 'BAD_DATASET', hints })
  }
}

function settingsOf({ manifest }: ModelArtifact): OrderFlowSettings {
  const { validFor: _, ...options } = manifest.params as { readonly [name: string]: Json } & OrderFlowOptions
  return orderFlowSettings(options)
}
