import { ConfigError, timestamp, version } from '@astertrade/core'
import type { Json, ModelArtifact } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { datasetGuard } from '../drift/datasetGuard.js'
import { driftReferences } from '../drift/driftReferences.js'
import { guardTensors } from '../drift/guardTensors.js'
import { treeTensors } from '../gbdt/treeTensors.js'
import { makeArtifact } from '../makeArtifact.js'
import type { TrainingHooks, TrainingRequest } from '../modelKind.js'
import { networkTensors } from '../network/networkTensors.js'
import { encodeTensors } from '../tensors.js'
import {
  applyTemperature,
  type ClassifierCalibration,
  fitClassifierCalibration,
  judgeCalibration,
} from './classifierCalibration.js'
import { classifierMetrics } from './classifierMetrics.js'
import { type ClassifierParams, completeParams } from './classifierParams.js'
import { type Committee, scoreRows, serveCommittee, splitCommitteeRows, trainCommittee } from './committee.js'
import { forecastOutOfSample, stageHooks, trainOutOfSamplePart } from './outOfSample.js'

/** Kind in the manifest. */
export const classifierKind = 'classifier'
/** Name of the file with trees and network. */
export const classifierFile = 'weights.bin'

const goldenRows = 16

/**
 * Trains a classifier: judges the procedure by purged cross-validation beside its controls, then trains on all but the latest
 * rows and calibrates on those.
 */
export function trainClassifier(request: TrainingRequest<ClassifierParams>, hooks: TrainingHooks = {}): ModelArtifact {
  const { id, data, seed } = request
  const params = completeParams(request.params)
  checkDataset(data)
  const outOfSample = forecastOutOfSample({ data, params, seed }, hooks)
  const { train, late } = splitForCalibration(data, params.calibrationShare)
  const rows = splitCommitteeRows(data, train, params.stopShare)
  const share = 1 / (2 * params.folds + 1)
  const committee = trainCommittee(
    { data, classes: data.labels.classes, params, seed },
    rows,
    stageHooks(hooks, { stage: 'final', from: 1 - share, share }),
  )
  const probabilities = new Float32Array(data.rows * data.labels.classCount)
  scoreRows(committee, data, late, probabilities)
  const calibration = fitClassifierCalibration(data, probabilities, late)
  const metrics = {
    ...classifierMetrics(data, outOfSample),
    calibration: judgeCalibration(data, probabilities, late),
  }
  const to = data.labels.ends.reduce((latest, end) => Math.max(latest, end), 0)
  return makeArtifact(
    {
      id,
      kind: classifierKind,
      createdBy: `@astertrade/models ${version}`,
      featureSchema: { hash: data.schema, names: data.names },
      labels: data.labels.spec,
      horizon: longestSpan(data),
      trainRange: { from: timestamp(data.times[0]!), to: timestamp(to), rows: data.rows },
      seed,
      params: { ...params, trees: { ...params.trees } },
      metrics,
      golden: goldenOf(data, committee, calibration),
      expiresAfter: timestamp(to + params.validFor),
      extra: extraOf(data, committee, calibration, rows.fit),
    },
    {
      [classifierFile]: encodeTensors([
        ...treeTensors('trees', committee.trees),
        ...networkTensors('network', committee.network),
        ...guardTensors('guard', datasetGuard(data, rows.fit)),
      ]),
    },
  )
}

/** Trains one part of the cross-validation, so that threads can share it. */
export function trainClassifierPart(
  { data, params: given, seed }: TrainingRequest<ClassifierParams>,
  part: number,
  hooks: TrainingHooks = {},
): Uint8Array {
  const params = completeParams(given)
  checkDataset(data)
  return trainOutOfSamplePart({ data, params, seed }, part, hooks)
}

function checkDataset({ rows, names, features, times, labels, schema }: Dataset): void {
  const bad = (text: string): ConfigError => new ConfigError(text, { code: 'BAD_DATASET' })
  if (schema === '' || names.length === 0) throw bad('The dataset has no features.')
  for (const [name, length] of Object.entries({
    times: times.length,
    classes: labels.classes.length,
    returns: labels.returns.length,
    ends: labels.ends.length,
    weights: labels.weights.length,
    features: features.length / names.length,
  })) {
    if (length !== rows) throw bad(`The dataset has "${length}" rows of "${name}", not ${rows}.`)
  }
  if (rows === 0) throw new ConfigError('The dataset has no rows.', { code: 'NO_ROWS' })
  const unknown = labels.returns.findIndex((value) => !Number.isFinite(value))
  if (unknown !== -1) throw bad(`Row ${unknown} has the return "${labels.returns[unknown]}".`)
  const present = new Set(labels.classes)
  const top = labels.classCount - 1
  if (!present.has(0) || !present.has(top)) {
    throw new ConfigError(`Of ${rows} labels none is "${present.has(0) ? top : 0}": there is no side to tell.`, {
      code: 'ONE_CLASS',
      hints: ['Class 0 is down and the last class is up; take a longer range or narrower barriers.'],
    })
  }
}

/** The latest rows, and those before them whose labels were settled when they begin. */
function splitForCalibration(
  { times, labels, rows }: Dataset,
  share: number,
): { readonly train: Int32Array; readonly late: Int32Array } {
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  const late = all.subarray(Math.floor(rows * (1 - share)))
  const begin = times[late[0]!]!
  return { train: all.subarray(0, rows - late.length).filter((row) => labels.ends[row]! < begin), late }
}

function longestSpan({ times, labels, rows }: Dataset): number {
  let longest = 1
  for (let row = 0; row < rows; row++) longest = Math.max(longest, labels.ends[row]! - times[row]!)
  return longest
}

/** Rows from all over the dataset with the calibrated probabilities they must give. */
function goldenOf(data: Dataset, committee: Committee, { temperature }: ClassifierCalibration) {
  const session = serveCommittee(committee)
  const count = Math.min(goldenRows, data.rows)
  const inputs = Array.from({ length: count }, (_, index) => {
    const row = Math.floor((index * data.rows) / count)
    return data.names.map((_, column) => data.features[column * data.rows + row]!)
  })
  const outputs = inputs.map((input) => {
    const probabilities = session.score(Float64Array.from(input))
    applyTemperature(probabilities, temperature)
    return [...probabilities]
  })
  return { inputs, outputs }
}

function extraOf(
  data: Dataset,
  { scaler }: Committee,
  { temperature, side }: ClassifierCalibration,
  fit: Int32Array,
): Readonly<Record<string, Json>> {
  return {
    scaler: { kind: scaler.kind, centre: scaler.centre, factor: scaler.factor },
    calibration: { temperature, scores: [...side.scores], values: [...side.values] },
    drift: driftReferences(data, fit),
  }
}
