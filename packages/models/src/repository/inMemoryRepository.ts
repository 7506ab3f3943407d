import { addressOf } from '../addressOf.js'
import type { ModelArtifact } from '../artifact.js'
import { checkFiles, openArtifact } from '../openArtifact.js'
import { requirePlainName } from '../plainName.js'
import type { ModelRepository, StageMove } from '../repository.js'
import { candidateMoves, promotionMoves, rollbackMoves, unknownModel, versionsOf } from './moves.js'

interface Shelf {
  readonly artifacts: Map<string, ModelArtifact>
  readonly moves: StageMove[]
}

/** A repository of models that lasts as long as it is referenced; for tests and research. */
export function inMemoryRepository(): ModelRepository {
  const shelves = new Map<string, Shelf>()
  const shelfOf = (id: string): Shelf => {
    requirePlainName('Model id', id)
    return shelves.get(id) ?? { artifacts: new Map(), moves: [] }
  }
  return {
    async put(artifact, author) {
      const { id, kind } = openArtifact(artifact, artifact.manifest.kind).manifest
      const shelf = shelfOf(id)
      const address = addressOf(artifact)
      const moves = candidateMoves(shelf.moves, address, author)
      if (!shelf.artifacts.has(address)) shelf.artifacts.set(address, openArtifact(copy(artifact), kind))
      shelf.moves.push(...moves)
      shelves.set(id, shelf)
      return address
    },
    async get(id, address) {
      const artifact = shelfOf(id).artifacts.get(address)
      if (artifact === undefined) throw unknownModel(id, address)
      checkFiles(artifact)
      return copy(artifact)
    },
    async list(id) {
      return versionsOf(shelfOf(id).moves)
    },
    async ids() {
      return [...shelves.keys()].sort()
    },
    async promote(id, address, stage, { by, at }) {
      const { moves } = shelfOf(id)
      moves.push(...promotionMoves(moves, id, { address, stage, by, at }))
    },
    async rollback(id, author) {
      const { moves } = shelfOf(id)
      moves.push(...rollbackMoves(moves, id, author))
      return moves.at(-1)!.address
    },
  }
}

function copy({ manifest, files }: ModelArtifact): ModelArtifact {
  return {
    manifest: structuredClone(manifest),
    files: new Map([...files].map(([name, bytes]) => [name, bytes.slice()])),
  }
}
