import type { ModelManifest } from './artifact.js'
import type { OutlierGuard } from './drift/outlierGuard.js'
import { type Abstention, abstention, type FeatureRow } from './model.js'

/** What `rowRefusals` takes. */
export interface RowRefusalsOptions {
  /** Name of the model, with which each reason begins. */
  readonly name: string
  readonly manifest: ModelManifest
  readonly guard: OutlierGuard
}

/**
 * Tells why a trained model says nothing of a row: other features than it was trained on, a time that it was trained on or that is
 * too long after, a feature that is no number, or a row unlike all that it was trained on. Allocates nothing.
 */
export function rowRefusals({
  name,
  manifest,
  guard,
}: RowRefusalsOptions): (row: FeatureRow) => Abstention | undefined {
  const { featureSchema, trainRange, expiresAfter } = manifest
  const schema = abstention(name, 'schema', 'the features are not those it was trained on')
  const trained = abstention(name, 'expired', 'asked about a time that it was trained on')
  const expired = abstention(name, 'expired', 'trained too long ago')
  const nan = abstention(name, 'nan', 'a feature is no number')
  const outlier = abstention(name, 'outlier', 'nothing like these features was in its training')
  return (row) => {
    if (row.schema !== featureSchema.hash || row.values.length !== featureSchema.names.length) return schema
    if (row.time <= trainRange.to) return trained
    if (row.time > expiresAfter) return expired
    for (let index = 0; index < row.values.length; index++) if (!Number.isFinite(row.values[index])) return nan
    return guard.isOutlier(row.values) ? outlier : undefined
  }
}
