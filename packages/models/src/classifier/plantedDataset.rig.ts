import { createRandom } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { type PlantedTaskOptions, plantedTask } from '../gbdt/plantedTask.rig.js'

/** What `plantedDataset` takes. */
export interface PlantedDatasetOptions extends PlantedTaskOptions {
  /** 2 for down and up; 3 where a quarter of the rows is flat, by chance (default 3). */
  readonly classCount?: 2 | 3
}

const hour = 3_600_000

/** Rows by the hour whose labels settle three hours later, with a planted edge. */
export function plantedDataset({ classCount = 3, ...options }: PlantedDatasetOptions): Dataset {
  const { features, rows, columns, classes } = plantedTask(options)
  const random = createRandom(options.seed).stream('plantedDataset')
  const times = Float64Array.from({ length: rows }, (_, row) => (row + 1) * hour)
  const flat = classes.map(() => (classCount === 3 && random.uniform() < 0.25 ? 1 : 0))
  return {
    schema: 'planted',
    names: Array.from({ length: columns }, (_, column) => `x${column}`),
    rows,
    features,
    times,
    prices: new Float64Array(rows).fill(100),
    labels: {
      spec: { kind: 'planted' },
      classCount,
      classes: classes.map((up, row) => (flat[row] ? 1 : up * (classCount - 1))),
      returns: Float64Array.from(classes, (up, row) => (flat[row] ? 0.0001 : 0.01) * (up ? 1 : -1)),
      ends: times.map((time) => time + 3 * hour),
      weights: new Float64Array(rows).fill(0.5),
    },
  }
}
