import type { Json } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { stabilityReference } from './populationStability.js'

const bins = 10

/** How each feature was spread in the rows that a model learnt from, as `featureDrift` reads it from `drift` of a manifest. */
export function driftReferences({ features, rows, names }: Dataset, learnt: Int32Array): readonly Json[] {
  return names.map((_, column) => {
    const values = Float64Array.from(learnt, (row) => features[column * rows + row]!)
    const { edges, shares } = stabilityReference(values, { bins: Math.min(bins, learnt.length) })
    return { edges, shares }
  })
}
