import { ConfigError } from '@astertrade/core'
import type { ModelArtifact } from './artifact.js'
import type { FeatureSpec } from './features/featureSpec.js'
import { makeArtifact } from './makeArtifact.js'
import type { TrainingHooks } from './modelKind.js'
import { specKind } from './specKind.js'
import type { TrainData, TrainSpec } from './trainSpec.js'

/** A training with its rows, which are made once for all that is done with them. */
export interface OpenTraining {
  /** Does one part, as `trainPart`. */
  part(part: number, hooks?: TrainingHooks): Uint8Array
  /** Does what is left and makes the artifact, as `trainJob`. */
  finish(hooks?: TrainingHooks): ModelArtifact
}

/**
 * Opens a training for whoever does several of its parts, such as a thread: `trainJob` and `trainPart` with the features made once.
 *
 * @param synthetic - 1 for each bar that was made up; such bars make no rows.
 * @throws ConfigError as `trainJob` does; what lies in the data is found when the first part is done.
 * @example
 * const training = openTraining(spec, bars)
 * const parts = Array.from({ length: trainParts(spec) }, (_, part) => training.part(part))
 * training.finish({ parts }) // => what trainJob(spec, bars) gives
 */
export function openTraining(spec: TrainSpec, data: TrainData, synthetic?: Uint8Array): OpenTraining {
  const { kind, params } = specKind(spec)
  let made: ReturnType<typeof kind.rowsOf> | undefined
  const request = () => {
    made ??= kind.rowsOf(spec, data, synthetic)
    return { id: spec.id, data: made, params, seed: spec.seed }
  }
  return {
    part(part, hooks) {
      const { parts } = kind.model
      if (parts !== undefined) return parts.train(request(), part, hooks)
      throw new ConfigError(`A training of kind "${spec.kind}" has no parts.`, { code: 'BAD_PARAMETER' })
    },
    finish(hooks) {
      const artifact = kind.model.train(request(), hooks)
      return kind.reads === 'features' && made?.spec ? withFeatures(artifact, made.spec) : artifact
    },
  }
}

/** The artifact with its choice of features in `extra`. */
function withFeatures({ manifest, files }: ModelArtifact, { indicators, columns, groups }: FeatureSpec): ModelArtifact {
  const { files: _, format: __, ...rest } = manifest
  const features = { indicators, columns, groups }
  return makeArtifact({ ...rest, extra: { ...rest.extra, features } }, Object.fromEntries(files))
}
