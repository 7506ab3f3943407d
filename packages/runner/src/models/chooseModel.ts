import { relative, resolve, sep } from 'node:path'
import type { ModelReference } from '../strategy/strategyReference.js'
import { folderRepository } from './folderRepository.js'
import { unknownModelId } from './unknownModelId.js'

/**
 * The version of a stored model that is meant by an id: the live one, or else the newest that is not retired.
 *
 * @param place - Folder of the models, and the folder that the reference starts from.
 * @throws ConfigError `UNKNOWN_MODEL`, naming the nearest id there is.
 */
export async function chooseModel(
  id: string,
  place: { readonly models: string; readonly from: string },
): Promise<ModelReference> {
  const folder = resolve(place.from, place.models)
  const repository = folderRepository({ folder })
  const ids = await repository.ids()
  const versions = ids.includes(id) ? await repository.list(id) : []
  const chosen =
    versions.find(({ stage }) => stage === 'live') ?? versions.filter(({ stage }) => stage !== 'retired').at(-1)
  if (chosen === undefined) throw unknownModelId(id, place.models, ids)
  return { folder: relative(place.from, folder).split(sep).join('/') || '.', id, address: chosen.address }
}
