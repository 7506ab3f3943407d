import {
  addressOf,
  candidateMoves,
  checkFiles,
  type ModelArtifact,
  type ModelRepository,
  openArtifact,
  promotionMoves,
  requirePlainName,
  rollbackMoves,
  versionsOf,
} from '@astertrade/models'
import { appendMoves, readMoves } from './moves.js'
import { type ArtifactSigner, requireTrusted } from './signature.js'
import { readArtifact, storedIds, writeArtifact } from './storedArtifact.js'

/** What `folderRepository` takes. */
export interface FolderRepositoryOptions {
  /** Folder of the repository; it is made when something is put. */
  readonly folder: string
  /** Signs what is put. */
  readonly sign?: ArtifactSigner
  /** Public keys in PEM; with them, what is read must carry a signature by one of them (default: none is asked for). */
  readonly trustedKeys?: readonly string[]
}

/**
 * A repository of models in a folder.
 *
 * `<id>/<address>/` holds `manifest.json`, whose SHA-256 is the address, the files it lists, and a signature where there is one.
 * `<id>/moves/` holds the moves from stage to stage, one file for each. All files are written under another name, flushed and
 * renamed, and never change afterwards: what a crash leaves is ignored, and two programs may write at once.
 *
 * @throws ConfigError as the port does; also with code `BAD_FOLDER` if the folder cannot be written, `UNSIGNED` if a signature is
 * asked for and missing, by another key or wrong.
 * @example
 * const repository = folderRepository({ folder: 'models' })
 * await repository.put(artifact, { by: 'retraining', at })
 */
export function folderRepository({ folder, sign, trustedKeys }: FolderRepositoryOptions): ModelRepository {
  const checked = async (artifact: ModelArtifact, signature: Uint8Array | undefined): Promise<ModelArtifact> => {
    checkFiles(artifact)
    if (trustedKeys !== undefined) requireTrusted(artifact, signature, trustedKeys)
    return artifact
  }
  return {
    async put(artifact, author) {
      const { id } = openArtifact(artifact, artifact.manifest.kind).manifest
      const address = addressOf(artifact)
      // Asked first, so that a bad author leaves no folder behind.
      candidateMoves([], address, author)
      await writeArtifact({ folder, artifact, signature: sign?.(artifact) })
      await appendMoves(folder, id, (moves) => candidateMoves(moves, address, author))
      return address
    },
    async get(id, address) {
      requirePlainName('Model id', id)
      const { artifact, signature } = await readArtifact({ folder, id, address })
      return checked(artifact, signature)
    },
    async list(id) {
      requirePlainName('Model id', id)
      return versionsOf(await readMoves(folder, id))
    },
    ids: () => storedIds(folder),
    async promote(id, address, stage, { by, at }) {
      requirePlainName('Model id', id)
      await appendMoves(folder, id, (moves) => promotionMoves(moves, id, { address, stage, by, at }))
    },
    async rollback(id, author) {
      requirePlainName('Model id', id)
      const added = await appendMoves(folder, id, (moves) => rollbackMoves(moves, id, author))
      return added.at(-1)!.address
    },
  }
}
