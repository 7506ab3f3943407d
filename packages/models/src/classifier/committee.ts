import { ConfigError } from '@astertrade/core'
import { jsSession } from '../backends/js/jsSession.js'
import type { Network } from '../backends/network.js'
import type { SyncSession } from '../backends/syncSession.js'
import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import { wasmSession } from '../backends/wasm/wasmSession.js'
import type { Dataset } from '../dataset.js'
import { type FeatureScaler, fitScaler, scaleRow, scaleRows } from '../features/featureScaler.js'
import { trainGbdt } from '../gbdt/trainGbdt.js'
import type { TrainingHooks } from '../modelKind.js'
import { trainNetwork } from '../network/trainNetwork.js'
import type { ClassifierParams } from './classifierParams.js'

/** Boosted trees and a network whose probabilities are averaged. */
export interface Committee {
  readonly scaler: FeatureScaler
  readonly trees: TreeEnsemble
  readonly network: Network
}

/** Rows a committee learns from, and later ones that tell it when to stop. */
export interface CommitteeRows {
  readonly fit: Int32Array
  readonly stop: Int32Array
}

/** What a committee is trained on. */
export interface CommitteeInput {
  readonly data: Dataset
  /** Class of each row; those of the dataset, or shuffled ones as a control. */
  readonly classes: Uint8Array
  readonly params: ClassifierParams
  readonly seed: number
}

/**
 * Takes the latest part of some rows for early stopping, and purges what is left of labels that reach into it.
 *
 * @param rows - Ascending.
 * @throws ConfigError `NO_ROWS` if either part is empty.
 */
export function splitCommitteeRows({ times, labels }: Dataset, rows: Int32Array, share: number): CommitteeRows {
  const cut = Math.floor(rows.length * (1 - share))
  const stop = rows.subarray(cut)
  const begin = stop.length > 0 ? times[stop[0]!]! : Number.POSITIVE_INFINITY
  const fit = rows.subarray(0, cut).filter((row) => labels.ends[row]! < begin)
  if (fit.length > 0 && stop.length > 0) return { fit, stop }
  throw new ConfigError(
    `Of ${rows.length} training rows ${fit.length} are left to learn from and ${stop.length} to stop by.`,
    {
      code: 'NO_ROWS',
      hints: ['Take a longer range, fewer folds, or labels that settle sooner.'],
    },
  )
}

/** Trains trees and network on the same rows. */
export function trainCommittee(input: CommitteeInput, { fit, stop }: CommitteeRows, hooks: TrainingHooks): Committee {
  const { data, classes, params, seed } = input
  const { features, rows, names, labels } = data
  const { classCount } = labels
  const weights = weightsOf(input, fit)
  const half = (done: number): TrainingHooks => ({
    ...hooks,
    report: (progress) => hooks.report?.({ ...progress, done: (done + progress.done) / 2 }),
  })
  const { trees } = trainGbdt(
    { features, rows, columns: names.length, classes, classCount, weights, train: fit, validation: stop },
    params.trees,
    half(0),
  )
  const scaler = fitScaler({ features, rows, columns: names.length, train: fit, kind: params.scaler })
  const part = (list: Int32Array) => ({
    features: scaleRows(scaler, features, rows, list),
    rows: list.length,
    classes: Uint8Array.from(list, (row) => classes[row]!),
    weights: Float64Array.from(list, (row) => weights[row]!),
  })
  const { network } = trainNetwork(
    {
      ...part(fit),
      validation: part(stop),
      inputs: names.length,
      classCount,
      ...params.network,
      activation: 'relu',
      seed,
    },
    half(1),
  )
  return { scaler, trees, network }
}

/** The dataset's weights, times what brings the classes of the training rows to one mass if they are to be balanced. */
function weightsOf({ data: { labels }, classes, params }: CommitteeInput, fit: Int32Array): Float64Array {
  if (params.classWeights === 'none') return labels.weights
  const mass = new Float64Array(labels.classCount)
  for (const row of fit) mass[classes[row]!]! += labels.weights[row]!
  const total = mass.reduce((sum, value) => sum + value, 0)
  const factor = mass.map((value) => (value > 0 ? total / (labels.classCount * value) : 0))
  return labels.weights.map((weight, row) => weight * factor[classes[row]!]!)
}

/** Computes the probabilities of a committee, one row at a time and without allocation. */
export interface CommitteeSession {
  readonly classCount: number
  /** Writes the averaged probabilities of a row of float32 numbers, and returns the same array each time. */
  score(values: Float64Array): Float64Array
}

/** Starts to serve a committee. */
export function serveCommittee({ scaler, trees, network }: Committee): CommitteeSession {
  const [forest, net]: readonly SyncSession[] = [jsSession(trees), wasmSession(network)] as const
  const columns = scaler.centre.length
  const classCount = forest!.outputs
  if (forest!.inputs !== columns || net!.inputs !== columns || net!.outputs !== classCount) {
    throw new ConfigError(
      `Trees of ${forest!.inputs} features and ${classCount} classes do not fit a network of ${net!.inputs} and ${net!.outputs}.`,
      { code: 'ARTIFACT' },
    )
  }
  const [plain, scaled] = [new Float32Array(columns), new Float32Array(columns)]
  const [byTrees, byNetwork] = [new Float32Array(classCount), new Float32Array(classCount)]
  const out = new Float64Array(classCount)
  return {
    classCount,
    score(values) {
      plain.set(values)
      scaleRow(scaler, values, scaled)
      forest!.runSync(plain, 1, byTrees)
      net!.runSync(scaled, 1, byNetwork)
      for (let index = 0; index < classCount; index++) out[index] = (byTrees[index]! + byNetwork[index]!) / 2
      return out
    },
  }
}

/** Writes the probabilities of some rows of a dataset: `out[row * classCount + class]`. */
export function scoreRows(
  committee: Committee,
  { features, rows, names }: Dataset,
  list: Int32Array,
  out: Float32Array,
): void {
  const session = serveCommittee(committee)
  const values = new Float64Array(names.length)
  for (let index = 0; index < list.length; index++) {
    const row = list[index]!
    for (let column = 0; column < values.length; column++) values[column] = features[column * rows + row]!
    out.set(session.score(values), row * session.classCount)
  }
}
