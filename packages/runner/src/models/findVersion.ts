import { ConfigError } from '@astertrade/core'
import { type ModelRepository, type ModelVersion, requirePlainName } from '@astertrade/models'
import { addressText } from './addressText.js'
import { unknownModelId } from './unknownModelId.js'

/** What is looked for in which folder. */
export interface VersionQuery {
  readonly repository: ModelRepository
  /** The folder as it was named. */
  readonly models: string
  readonly id: string
  /** The beginning of an address. */
  readonly version: string
}

const versionRule = /^[0-9a-f]{4,64}$/

/**
 * All versions of an id.
 *
 * @throws ConfigError `BAD_NAME` if the id is no plain name, such as a path; `UNKNOWN_MODEL` if there is none of it.
 */
export async function versionsOfId({
  repository,
  models,
  id,
}: Omit<VersionQuery, 'version'>): Promise<readonly ModelVersion[]> {
  requirePlainName('Model id', id)
  const versions = await repository.list(id)
  if (versions.length === 0) throw unknownModelId(id, models, await repository.ids())
  return versions
}

/**
 * The one version whose address begins as asked for.
 *
 * @throws ConfigError as `versionsOfId`, and `UNKNOWN_MODEL` if no version begins so, or several do.
 */
export async function findVersion({ version, ...query }: VersionQuery): Promise<ModelVersion> {
  const versions = await versionsOfId(query)
  const found = versionRule.test(version) ? versions.filter(({ address }) => address.startsWith(version)) : []
  if (found.length === 1) return found[0]!
  const named = JSON.stringify(version.slice(0, 64))
  const problem =
    found.length > 1 ? `${found.length} versions of "${query.id}" begin with` : `"${query.id}" has no version`
  throw new ConfigError(`${problem} ${named}.`, {
    code: 'UNKNOWN_MODEL',
    hints: [
      'Give the beginning of an address, at least 4 digits.',
      `There are ${versions.map(({ address, stage }) => `${addressText(address)} (${stage})`).join(', ')}.`,
    ],
  })
}
