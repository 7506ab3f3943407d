import { sha256Hex } from '@astertrade/core'
import type { ModelArtifact } from './artifact.js'
import { artifactError } from './artifactError.js'
import { checkManifest } from './checkManifest.js'

/**
 * Checks an artifact before it is used: the form of its manifest, the kind, the names and sizes of its files, and every SHA-256.
 *
 * @returns The same artifact.
 * @throws ConfigError with code `ARTIFACT` that names what is wrong.
 */
export function openArtifact(artifact: ModelArtifact, kind: string): ModelArtifact {
  const manifest = checkManifest(artifact.manifest)
  if (manifest.kind !== kind) {
    throw artifactError(`The artifact of "${manifest.id}" is of kind "${manifest.kind}", not "${kind}".`)
  }
  checkFiles(artifact)
  return artifact
}

/**
 * Checks that the files of an artifact are those that its manifest lists, to the last bit.
 *
 * @throws ConfigError with code `ARTIFACT`.
 */
export function checkFiles({ manifest, files }: ModelArtifact): void {
  if (files.size !== manifest.files.length) {
    throw artifactError(`The artifact of "${manifest.id}" has ${files.size} files, and lists ${manifest.files.length}.`)
  }
  for (const { name, bytes, sha256 } of manifest.files) {
    const data = files.get(name)
    if (data === undefined) throw artifactError(`The artifact of "${manifest.id}" lacks its file "${name}".`)
    if (data.length !== bytes) {
      throw artifactError(`File "${name}" of "${manifest.id}" has ${data.length} bytes, not ${bytes}.`)
    }
    if (sha256Hex(data) !== sha256)
      throw artifactError(`File "${name}" of "${manifest.id}" is damaged: its hash differs.`)
  }
}
