import type { ModelArtifact } from './artifact.js'
import { artifactError } from './artifactError.js'
import { featureRows } from './features/featureRows.js'
import type { FeatureOptions } from './features/featureSpec.js'
import type { StreamingModel } from './model.js'
import { modelKinds } from './modelKinds.js'
import { overFeatures } from './overFeatures.js'

/**
 * Loads an artifact of `trainJob` as a model that lives on events: one that reads features makes those it was trained on from bars.
 *
 * @throws ConfigError with code `ARTIFACT` if it is damaged, of a kind that is not known here, does not say which features it has, or
 * if this version makes other features of that choice than those it was trained on.
 * @example
 * const model = loadModel(trainJob({ id: 'btc-1h', kind: 'classifier', seed: 1 }, bars))
 * for (const bar of later) model.update(bar)
 */
export function loadModel(artifact: ModelArtifact): StreamingModel {
  const { id, kind, extra, featureSchema } = artifact.manifest
  const found = Object.hasOwn(modelKinds, kind) ? modelKinds[kind] : undefined
  if (found === undefined) {
    throw artifactError(`"${id}" is of kind "${kind}"; known are ${Object.keys(modelKinds).join(', ')}.`)
  }
  const model = found.model.load(artifact)
  if (found.reads === 'events') return model as StreamingModel
  if (model.schema === '') return model as StreamingModel
  const features = extra.features as FeatureOptions | undefined
  if (schemaOf(features, id) === featureSchema.hash) return overFeatures(model, features)
  throw artifactError(`This version makes other features than "${id}" was trained on.`)
}

function schemaOf(features: FeatureOptions | undefined, id: string): string {
  if (features === undefined)
    throw artifactError(`The artifact of "${id}" does not say which features it was trained on.`)
  try {
    return featureRows(features).schema
  } catch (error) {
    throw artifactError(`This version cannot make the features that "${id}" was trained on.`, error)
  }
}
