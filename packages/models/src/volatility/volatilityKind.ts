import { type Bar, ConfigError, type Duration, dayMs, defineInstrument, log, timestamp } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { eventArtifact, requireOutputs, servedFrom, stateOf } from '../eventArtifact.js'
import { askAt, type StreamingModel } from '../model.js'
import type { ModelKind } from '../modelKind.js'
import { trainingSteps } from '../trainingSteps.js'
import { closesOnly } from './closesOnly.js'
import { ewmaLambda } from './ewmaVariance.js'
import { selectVolatility, type VolatilitySelection } from './selectVolatility.js'
import { type VolatilityMethod, volatility } from './volatility.js'

/** What training a volatility model takes; lengths are in rows. */
export interface VolatilityParams {
  /** As in `selectVolatility`. */
  readonly warmup: number
  readonly window: number
  readonly refitEvery: number
  readonly lambda: number
  readonly level: number
  /** As in `volatility`. */
  readonly rankWindow: number
  /** Time after the last row until the model is too old. */
  readonly validFor: Duration
}

const kind = 'volatility'
const { id: instrument } = defineInstrument({ id: 'TRAINING.rows', tick: '1', lot: '1' })

/**
 * Chooses the method of `volatility` by its losses out of sample on the prices of a dataset, and trains it on all of them.
 *
 * Features and labels are not read. Metrics hold the loss of each method with the chance that it is no better than the exponential
 * average; the average is what is trained where nothing is proven better. The loaded model goes on from the last row and is fed with
 * bars, of which it sees the closes alone, as in training.
 *
 * @example
 * const artifact = volatilityKind.train({ id: 'vol', data, params: volatilityKind.defaults, seed: 1 })
 * artifact.manifest.params.method // => 'ewma', where nothing is proven better
 */
export const volatilityKind: ModelKind<VolatilityParams> = {
  kind,
  defaults: {
    warmup: 500,
    window: 1000,
    refitEvery: 250,
    lambda: ewmaLambda,
    level: 0.05,
    rankWindow: 500,
    validFor: 30 * dayMs,
  },
  train({ id, data, params, seed }, hooks = {}) {
    const returns = returnsOf(data)
    const steps = trainingSteps(id, hooks, data.rows)
    const { warmup, window, refitEvery, lambda, level } = params
    const onBar = steps({ stage: 'compare methods', from: 0, share: 0.8 })
    const selection = selectVolatility({ returns, warmup, window, refitEvery, lambda, level, onBar })
    const model = create(selection.chosen, params)
    const onRow = steps({ stage: 'train', from: 0.8, share: 0.2 })
    for (let row = 0; row < data.rows; row++) {
      onRow(row)
      model.update(barOf(data.times[row]!, data.prices[row]!))
    }
    hooks.report?.({ stage: 'train', done: 1, figures: { rows: selection.rows } })
    const to = data.times[data.rows - 1]!
    return eventArtifact({
      id,
      kind,
      data,
      seed,
      params: { ...params, method: selection.chosen },
      metrics: metricsOf(selection),
      horizon: model.horizon,
      validFor: params.validFor,
      state: model.snapshot(),
      golden: { inputs: [[to]], outputs: [[varianceAt(model, to)]] },
    })
  },
  load(artifact) {
    const state = stateOf(artifact, kind)
    const { method, ...params } = artifact.manifest.params as unknown as VolatilityParams & {
      readonly method: VolatilityMethod
    }
    const model = create(method, params)
    model.restore(state)
    requireOutputs(
      artifact,
      artifact.manifest.golden.inputs.map(([time]) => [varianceAt(model, time!)]),
    )
    return servedFrom(artifact, closesOnly(model))
  },
}

function create(method: VolatilityMethod, params: VolatilityParams): StreamingModel {
  const { window, refitEvery, lambda, rankWindow } = params
  return volatility({ method, window, refitEvery, lambda, rankWindow })
}

function varianceAt(model: StreamingModel, time: number): number {
  const answer = model.predict(askAt(timestamp(time)))
  return answer.kind === 'forecast' ? (answer.risk?.variance ?? 0) : 0
}

/** A bar of which only the close is known: its variance is the squared return. */
function barOf(time: number, close: number): Bar {
  return {
    kind: 'bar',
    instrument,
    time: timestamp(time),
    open: close,
    high: close,
    low: close,
    close,
    volume: 0,
  }
}

function returnsOf({ rows, prices, times }: Dataset): Float64Array {
  if (rows < 2) throw new ConfigError(`Of ${rows} rows there is no return.`, { code: 'NO_ROWS' })
  const bad = prices.findIndex((price, row) => !(price > 0 && price < Number.POSITIVE_INFINITY && times[row]! >= 0))
  if (bad !== -1 || prices.length !== rows || times.length !== rows) {
    throw new ConfigError(`The dataset has "${prices[bad]}" as the price of row ${bad}.`, {
      code: 'BAD_DATASET',
      hints: ['Prices are above 0, and there is one for each row.'],
    })
  }
  return Float64Array.from({ length: rows - 1 }, (_, row) => log(prices[row + 1]! / prices[row]!))
}

function metricsOf({ rows, candidates, chosen }: VolatilitySelection) {
  const figures = candidates.map(({ method, loss, gain, pValue }) => [method, { loss, gain, pValue }] as const)
  const model = figures.find(([method]) => method === chosen)![1]
  const warnings =
    chosen === 'ewma' ? ['No method is proven better than the exponential average, which is what was trained.'] : []
  return { chosen, model: { rows, ...model }, ...Object.fromEntries(figures), warnings }
}
