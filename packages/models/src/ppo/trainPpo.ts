import { timestamp, version } from '@astertrade/core'
import type { GoldenRows, ModelArtifact } from '../artifact.js'
import type { Network } from '../backends/network.js'
import type { Dataset } from '../dataset.js'
import { datasetGuard } from '../drift/datasetGuard.js'
import { driftReferences } from '../drift/driftReferences.js'
import { guardTensors } from '../drift/guardTensors.js'
import type { FeatureScaler } from '../features/featureScaler.js'
import { makeArtifact } from '../makeArtifact.js'
import type { TrainingHooks, TrainingRequest } from '../modelKind.js'
import { networkTensors } from '../network/networkTensors.js'
import { encodeTensors } from '../tensors.js'
import { ppoMetrics } from './ppoMetrics.js'
import { type PpoParams, ppoSettings } from './ppoParams.js'
import { ppoRows, rowList } from './ppoRows.js'
import { returnDeviation } from './returnDeviation.js'
import { settledPolicy } from './settledPolicy.js'
import { trainPolicies } from './trainPolicies.js'

/** Kind in the manifest. */
export const ppoKind = 'ppo'
/** Name of the file with the policies. */
export const ppoFile = 'weights.bin'
const goldenCount = 16

/** Trains policies on the earlier rows of a dataset, and judges them on the later ones beside their controls. */
export function trainPpo(request: TrainingRequest<PpoParams>, hooks: TrainingHooks = {}): ModelArtifact {
  const { id, data, params, seed } = request
  const { cut, scaler, trained, later } = ppoRows(data, params)
  const policies = trainPolicies(request, trained, hooks)
  const learnt = rowList(0, cut)
  const { costs } = params
  const to = data.times[cut - 1]!
  return makeArtifact(
    {
      id,
      kind: ppoKind,
      createdBy: `@astertrade/models ${version}`,
      featureSchema: { hash: data.schema, names: data.names },
      labels: { kind: 'reward', costs, riskAversion: params.riskAversion },
      horizon: params.horizonRows * rowInterval(data.times),
      trainRange: { from: timestamp(data.times[0]!), to: timestamp(to), rows: cut },
      seed,
      params: { ...params, settings: { ...ppoSettings(params) } },
      metrics: ppoMetrics({ policies, rows: later, costs, unit: returnDeviation(trained.prices), seed }),
      golden: goldenOf(data, policies, scaler),
      expiresAfter: timestamp(data.times[data.rows - 1]! + params.validFor),
      extra: {
        scaler: { kind: scaler.kind, centre: scaler.centre, factor: scaler.factor },
        drift: driftReferences(data, learnt),
      },
    },
    {
      [ppoFile]: encodeTensors([
        ...policies.flatMap((policy, index) => networkTensors(`policy/${index}`, policy)),
        ...guardTensors('guard', datasetGuard(data, learnt)),
      ]),
    },
  )
}

/** Median time from a row to the next, ms. */
function rowInterval(times: Float64Array): number {
  const gaps = times.subarray(1).map((time, index) => time - times[index]!)
  return Math.max(1, Math.round(gaps.sort()[gaps.length >> 1]!))
}

/** Rows from all over the dataset with the shares at which the policies settle. */
function goldenOf({ rows, names, features }: Dataset, policies: readonly Network[], scaler: FeatureScaler): GoldenRows {
  const settled = settledPolicy(policies, scaler)
  const count = Math.min(goldenCount, rows)
  const inputs = Array.from({ length: count }, (_, index) => {
    const row = Math.floor((index * rows) / count)
    return names.map((_, column) => features[column * rows + row]!)
  })
  const outputs = inputs.map((input) => {
    settled.look(Float64Array.from(input))
    return [...settled.shares]
  })
  return { inputs, outputs }
}
