import { ConfigError } from '@astertrade/core'
import type { Json, ModelManifest } from '../artifact.js'
import { artifactError } from '../artifactError.js'
import type { Dataset } from '../dataset.js'
import { populationStability, type StabilityReference } from './populationStability.js'

/** How far a feature is from where it was in training. */
export interface FeatureDrift {
  readonly name: string
  /** Population stability index, from 0: below 0.1 steady, from 0.25 on another population. */
  readonly stability: number
}

/** Rows of late, by column, as in a `Dataset`. */
export type RecentRows = Pick<Dataset, 'schema' | 'rows' | 'features'>

/**
 * Compares recent rows with those that a model learned from, feature by feature, by what its manifest keeps of them; the one that has
 * moved most comes first.
 *
 * @param recent - A few hundred rows: by chance alone an index is about 10 over their number.
 * @throws ConfigError `ARTIFACT` if the manifest keeps no reference of its features, `BAD_DATASET` if the rows have other features,
 * `NO_ROWS` without rows, or `BAD_ROWS` if a value is not finite.
 * @example
 * const [worst] = featureDrift(artifact.manifest, recent)
 * worst // => { name: 'natr(14)', stability: 0.31 }
 */
export function featureDrift(manifest: ModelManifest, recent: RecentRows): readonly FeatureDrift[] {
  const { id, featureSchema, extra } = manifest
  const { names, hash } = featureSchema
  const references = extra.drift
  if (!Array.isArray(references) || references.length !== names.length || !references.every(isReference)) {
    throw artifactError(`The manifest of "${id}" keeps no reference of ${names.length} features to compare with.`)
  }
  const { schema, rows, features } = recent
  if (schema !== hash || features.length !== names.length * rows) {
    throw new ConfigError(
      `${features.length} numbers in ${rows} rows are not the ${names.length} features of "${id}".`,
      {
        code: 'BAD_DATASET',
        hints: ['Give rows of the features that it was trained on.'],
      },
    )
  }
  const drifts = names.map((name, column): FeatureDrift => {
    const values = Float64Array.from(features.subarray(column * rows, (column + 1) * rows))
    return { name, stability: populationStability(references[column] as unknown as StabilityReference, values) }
  })
  return drifts.sort((a, b) => b.stability - a.stability)
}

/** Whether edges ascend and each bin has a share. */
function isReference(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { edges, shares } = value as { readonly [name: string]: Json | undefined }
  if (!isNumbers(edges) || !isNumbers(shares) || shares.length !== edges.length + 1) return false
  const isRising = edges.every((edge, at) => at === 0 || edge > edges[at - 1]!)
  return isRising && shares.every((share) => share >= 0 && share <= 1)
}

function isNumbers(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item))
}
