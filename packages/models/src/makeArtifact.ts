import { canonicalJson, sha256Hex } from '@astertrade/core'
import type { ModelArtifact, ModelManifest } from './artifact.js'
import { checkFileSizes, checkManifest } from './checkManifest.js'

/**
 * Makes an artifact of what a training found: copies the files, and lists each with its size and SHA-256 by name.
 *
 * @throws ConfigError with code `ARTIFACT` if a name is no plain one, a figure is missing or not finite, or a file is too large.
 * @example
 * const artifact = makeArtifact(manifest, { 'weights.bin': encodeTensors(tensors) })
 * artifact.manifest.files[0]?.name // => 'weights.bin'
 */
export function makeArtifact(
  manifest: Omit<ModelManifest, 'files' | 'format'>,
  files: Readonly<Record<string, Uint8Array>>,
): ModelArtifact {
  const names = Object.keys(files).sort()
  checkFileSizes(names.map((name) => ({ name, bytes: files[name]!.length })))
  const copies = new Map(names.map((name) => [name, files[name]!.slice()]))
  const listed = [...copies].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Hex(bytes) }))
  // Through JSON, so that it says the same before and after it was written.
  const plain: unknown = JSON.parse(canonicalJson({ ...manifest, format: 1, files: listed }))
  return { manifest: checkManifest(plain), files: copies }
}
