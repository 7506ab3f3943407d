import { artifactError } from '../artifactError.js'
import type { Tensor } from '../tensors.js'
import type { OutlierReference } from './outlierGuard.js'

/** What an outlier guard knows as tensors whose names begin with `prefix`. */
export function guardTensors(prefix: string, reference: OutlierReference): Tensor[] {
  const { columns, rows, means, scales, meanDistance, limit } = reference
  return [
    { name: `${prefix}/rows`, shape: [rows.length / columns, columns], data: rows },
    { name: `${prefix}/means`, shape: [columns], data: means },
    { name: `${prefix}/scales`, shape: [columns], data: scales },
    { name: `${prefix}/limits`, shape: [2], data: Float64Array.of(meanDistance, limit) },
  ]
}

/**
 * What `guardTensors` took apart, over so many columns.
 *
 * @throws ConfigError with code `ARTIFACT` if a tensor is missing, of another type or shape, or not finite.
 */
export function guardOf(tensors: ReadonlyMap<string, Tensor>, prefix: string, columns: number): OutlierReference {
  const doubles = (name: string, length: number): Float64Array => {
    const data = tensors.get(`${prefix}/${name}`)?.data
    if (data instanceof Float64Array && data.length === length && data.every(Number.isFinite)) return data
    throw artifactError(`The guard "${prefix}" has no ${length} finite numbers "${name}".`)
  }
  const rows = tensors.get(`${prefix}/rows`)?.data
  if (
    !(rows instanceof Float32Array && rows.length > 0 && rows.length % columns === 0 && rows.every(Number.isFinite))
  ) {
    throw artifactError(`The guard "${prefix}" has no rows of ${columns} columns.`)
  }
  const [meanDistance, limit] = doubles('limits', 2) as unknown as [number, number]
  return { columns, rows, means: doubles('means', columns), scales: doubles('scales', columns), meanDistance, limit }
}
