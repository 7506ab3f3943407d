import { resolve } from 'node:path'
import { ConfigError } from '@astertrade/core'
import { createEnsembleLog, type ModelArtifact, sevenModelEnsemble } from '@astertrade/models'
import { folderRepository } from '../models/folderRepository.js'
import type { LoadedStrategy } from './loadStrategy.js'
import type { ModelReference } from './strategyReference.js'

/** Name of the seven models as a strategy. */
export const ensembleName: string = sevenModelEnsemble().name

const trainedKinds = ['classifier', 'ppo'] as const

/** Its trained models; one that is left out abstains. */
export type EnsembleArtifacts = Readonly<Partial<Record<(typeof trainedKinds)[number], ModelArtifact>>>

/**
 * The ensemble of seven models with those of them that are trained.
 *
 * @param folder - Folder that relative paths start from.
 * @throws ConfigError `UNKNOWN_MODEL` or `ARTIFACT` if a model is missing or damaged; `BAD_PARAMETER` if the ensemble has no place for
 * one, or two for the same.
 */
export async function loadEnsemble(
  models: readonly ModelReference[] = [],
  folder: string = process.cwd(),
): Promise<LoadedStrategy> {
  const artifacts: { -readonly [Kind in keyof EnsembleArtifacts]: EnsembleArtifacts[Kind] } = {}
  for (const reference of models) {
    const artifact = await folderRepository({ folder: resolve(folder, reference.folder) }).get(
      reference.id,
      reference.address,
    )
    const kind = trainedKinds.find((known) => known === artifact.manifest.kind)
    if (kind === undefined) throw unfit(`Model "${reference.id}" is of kind "${artifact.manifest.kind}"`)
    if (artifacts[kind] !== undefined) throw unfit(`Model "${reference.id}" is the second of kind "${kind}"`)
    artifacts[kind] = artifact
  }
  return ensembleOf(artifacts)
}

/** The ensemble with models at hand. */
export function ensembleOf(artifacts: EnsembleArtifacts): LoadedStrategy {
  const log = createEnsembleLog()
  return {
    definition: sevenModelEnsemble({ ...artifacts, onWeights: log.add }),
    file: undefined,
    digest: undefined,
    members: () => log.members(),
  }
}

function unfit(what: string): ConfigError {
  return new ConfigError(`${what}, and the ensemble has no place for it.`, {
    code: 'BAD_PARAMETER',
    hints: [`It takes one each of kind ${trainedKinds.join(' and ')}; the other five learn as they go.`],
  })
}
