import { type Duration, timestamp } from '@astertrade/core'
import type { ModelArtifact } from '../artifact.js'
import { makeArtifact } from '../makeArtifact.js'
import { encodeTensors } from '../tensors.js'

/** What `sampleArtifact` takes. */
export interface SampleArtifactOptions {
  /** Name under which versions follow each other (default `sample`). */
  readonly id?: string
  /** Another seed gives another artifact (default 1). */
  readonly seed?: number
}

/** A small artifact of the kind `sample`, for tests of what stores and moves artifacts. */
export function sampleArtifact({ id = 'sample', seed = 1 }: SampleArtifactOptions = {}): ModelArtifact {
  const horizon: Duration = 3_600_000
  const weights = encodeTensors([{ name: 'bias', shape: [3], data: Float32Array.of(seed, 0.5, -1) }])
  return makeArtifact(
    {
      id,
      kind: 'sample',
      createdBy: '@astertrade/models sample',
      featureSchema: { hash: '', names: [] },
      labels: {},
      horizon,
      trainRange: { from: timestamp('2024-01-01'), to: timestamp('2024-06-01'), rows: 100 },
      seed,
      params: {},
      metrics: {},
      golden: { inputs: [], outputs: [] },
      expiresAfter: timestamp('2025-01-01'),
      extra: {},
    },
    { 'weights.bin': weights },
  )
}
