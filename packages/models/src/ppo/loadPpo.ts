import { addressOf } from '../addressOf.js'
import type { Json, ModelArtifact } from '../artifact.js'
import { artifactError } from '../artifactError.js'
import type { Network } from '../backends/network.js'
import { guardOf } from '../drift/guardTensors.js'
import { type OutlierReference, outlierGuard } from '../drift/outlierGuard.js'
import type { FeatureScaler } from '../features/featureScaler.js'
import { abstention, type Model } from '../model.js'
import { networkOf } from '../network/networkTensors.js'
import { openArtifact } from '../openArtifact.js'
import { rowRefusals } from '../rowRefusals.js'
import { joinState, splitState } from '../state.js'
import { decodeTensors } from '../tensors.js'
import { exposures, ownNumbers } from './holding.js'
import { settledPolicy } from './settledPolicy.js'
import { ppoFile, ppoKind } from './trainPpo.js'

const name = 'ppo'
const goldenTolerance = 1e-6
const policiesMax = 100

/** What the policies of an artifact are served by. */
interface PpoParts {
  readonly policies: readonly Network[]
  readonly scaler: FeatureScaler
  readonly guard: OutlierReference
  readonly exposureMin: number
}

/** Loads policies after checking their hashes, their form, and that their golden rows come out. */
export function loadPpo(artifact: ModelArtifact): Model {
  openArtifact(artifact, ppoKind)
  const parts = readParts(artifact)
  requireGolden(artifact, parts)
  return createModel(artifact, parts)
}

function createModel(artifact: ModelArtifact, parts: PpoParts): Model {
  const { manifest } = artifact
  const { horizon, featureSchema } = manifest
  const id = `${name}(${manifest.id} ${addressOf(artifact).slice(0, 8)})`
  const settled = settledPolicy(parts.policies, parts.scaler)
  const refuse = rowRefusals({ name, manifest, guard: outlierGuard(parts.guard) })
  const noEdge = abstention(name, 'no-edge', 'the policies settle at no side')
  return {
    id,
    horizon,
    warmup: 1,
    schema: featureSchema.hash,
    predict(row) {
      const refusal = refuse(row)
      if (refusal) return refusal
      settled.look(row.values)
      const direction = settled.exposure()
      if (!(Math.abs(direction) >= parts.exposureMin)) return noEdge
      return { kind: 'forecast', direction, confidence: settled.certainty(), horizon, reason: reasonOf(settled.shares) }
    },
    clone: () => createModel(artifact, parts),
    snapshot: () => joinState(id, []),
    restore(state) {
      splitState(id, [], state)
    },
  }
}

function reasonOf(shares: Float64Array): string {
  const [short, flat, long] = Array.from(shares, (share) => `${Math.round(100 * share)} %`)
  return `${name}: settles at long ${long}, flat ${flat}, short ${short}`
}

function readParts({ manifest, files }: ModelArtifact): PpoParts {
  const bytes = files.get(ppoFile)
  if (!bytes) throw artifactError(`The artifact of "${manifest.id}" lacks its file "${ppoFile}".`)
  const tensors = decodeTensors(bytes)
  const columns = manifest.featureSchema.names.length
  const { policies: count, exposureMin } = manifest.params
  if (!(typeof count === 'number' && Number.isSafeInteger(count) && count >= 1 && count <= policiesMax)) {
    throw artifactError(`The artifact of "${manifest.id}" names no number of policies: "${String(count)}".`)
  }
  if (!(typeof exposureMin === 'number' && exposureMin >= 0)) {
    throw artifactError(`The artifact of "${manifest.id}" has the least exposure "${String(exposureMin)}".`)
  }
  const policies = Array.from({ length: count }, (_, index) => networkOf(tensors, `policy/${index}`))
  const misfit = policies.some(({ layers }) => {
    return layers[0]!.inputs !== columns + ownNumbers || layers.at(-1)!.outputs !== exposures.length
  })
  if (misfit) throw artifactError(`The policies of "${manifest.id}" do not fit its ${columns} features.`)
  const scaler = scalerOf(manifest.id, manifest.extra.scaler, columns)
  return { policies, scaler, guard: guardOf(tensors, 'guard', columns), exposureMin }
}

function scalerOf(id: string, value: Json | undefined, columns: number): FeatureScaler {
  const { kind, centre, factor } = (value ?? {}) as { readonly [name: string]: Json }
  const numbers = (list: Json | undefined): list is readonly number[] =>
    Array.isArray(list) && list.length === columns && list.every((entry) => Number.isFinite(entry))
  if ((kind !== 'standard' && kind !== 'quantile') || !numbers(centre) || !numbers(factor)) {
    throw artifactError(`The artifact of "${id}" has no scaler for its ${columns} features.`)
  }
  return { kind, centre, factor }
}

function requireGolden({ manifest }: ModelArtifact, { policies, scaler }: PpoParts): void {
  const settled = settledPolicy(policies, scaler)
  for (const [row, input] of manifest.golden.inputs.entries()) {
    settled.look(Float64Array.from(input))
    for (const [state, share] of settled.shares.entries()) {
      const expected = manifest.golden.outputs[row]?.[state]
      if (expected !== undefined && Math.abs(share - expected) <= goldenTolerance) continue
      throw artifactError(`Golden row ${row} of "${manifest.id}" gives "${share}" in place of "${expected}".`)
    }
  }
}
