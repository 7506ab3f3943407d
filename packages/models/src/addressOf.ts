import { canonicalJson, sha256Hex } from '@astertrade/core'
import type { ModelArtifact } from './artifact.js'

/** Address of an artifact: SHA-256 of its manifest in canonical JSON, which names every file by its hash. */
export function addressOf({ manifest }: Pick<ModelArtifact, 'manifest'>): string {
  return sha256Hex(canonicalJson(manifest))
}
