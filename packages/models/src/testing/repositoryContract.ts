import { canonicalJson, invariant, timestamp } from '@astertrade/core'
import { addressOf } from '../addressOf.js'
import type { ModelArtifact } from '../artifact.js'
import type { ModelRepository, ModelStage } from '../repository.js'
import type { AsyncCheck } from './asyncCheck.js'
import { refusal } from './refusal.js'
import { sampleArtifact } from './sampleArtifact.js'

/** What `repositoryContract` takes. */
export interface RepositoryContractOptions {
  /** Makes an empty repository; each check gets one of its own. */
  create(): Promise<ModelRepository>
}

const by = 'contract'
const at = (day: number) => ({ by, at: timestamp(Date.UTC(2025, 0, day)) })

/**
 * The contract of a repository of models as named checks for any test runner: artifacts come back bit for bit, stages follow each
 * other, one version is live, rollback brings the last one back, and names that lead elsewhere are refused.
 *
 * @example
 * const create = async () => inMemoryRepository()
 * for (const check of repositoryContract({ create })) it(check.name, () => check.run())
 */
export function repositoryContract({ create }: RepositoryContractOptions): readonly AsyncCheck[] {
  const checks: Readonly<Record<string, (repository: ModelRepository) => Promise<void>>> = {
    'gives back what was put, bit for bit': givesBack,
    'keeps its own copies': keepsCopies,
    'takes the same artifact twice as one': takesTwice,
    'knows nothing at first': empty,
    'refuses a damaged artifact and stays as it is': refusesDamage,
    'moves versions from stage to stage, with author and time': movesOn,
    'refuses stages that do not follow and unknown versions': refusesStages,
    'keeps one version live': oneLive,
    'rolls back to what was live before, and not forth again': rollsBack,
    'refuses names that lead elsewhere': refusesNames,
    'refuses moves without an author or a time': refusesAuthors,
  }
  return Object.entries(checks).map(([name, check]) => ({ name, run: async () => check(await create()) }))
}

async function givesBack(repository: ModelRepository): Promise<void> {
  for (const seed of [1, 2]) {
    const artifact = sampleArtifact({ seed })
    const address = await repository.put(artifact, at(seed))
    invariant(address === addressOf(artifact), `put() returned "${address}", not the address of the artifact.`)
    same('The artifact', await repository.get('sample', address), artifact)
  }
  await repository.put(sampleArtifact({ id: 'other' }), at(3))
  equal('ids()', await repository.ids(), ['other', 'sample'])
  const order = (await repository.list('sample')).map(({ address }) => address)
  equal('list()', order, [addressOf(sampleArtifact()), addressOf(sampleArtifact({ seed: 2 }))])
}

async function keepsCopies(repository: ModelRepository): Promise<void> {
  const artifact = sampleArtifact()
  const address = await repository.put(artifact, at(1))
  artifact.files.get('weights.bin')!.fill(0)
  const first = await repository.get('sample', address)
  first.files.get('weights.bin')!.fill(0)
  same('What was put, after the caller changed his', await repository.get('sample', address), sampleArtifact())
}

async function takesTwice(repository: ModelRepository): Promise<void> {
  const address = await repository.put(sampleArtifact(), at(1))
  await repository.promote('sample', address, 'shadow', at(2))
  invariant((await repository.put(sampleArtifact(), at(3))) === address, 'The same artifact has two addresses.')
  equal('Stages', await stages(repository), ['shadow'])
}

async function empty(repository: ModelRepository): Promise<void> {
  equal('ids()', await repository.ids(), [])
  equal('list()', await repository.list('sample'), [])
  await refusal('UNKNOWN_MODEL', () => repository.get('sample', 'f'.repeat(64)))
  await refusal('UNKNOWN_MODEL', () => repository.promote('sample', 'f'.repeat(64), 'shadow', at(1)))
  await refusal('NO_PREVIOUS', () => repository.rollback('sample', at(1)))
}

async function refusesDamage(repository: ModelRepository): Promise<void> {
  const artifact = sampleArtifact()
  artifact.files.get('weights.bin')![20]! ^= 1
  await refusal('ARTIFACT', () => repository.put(artifact, at(1)))
  equal('ids()', await repository.ids(), [])
}

async function movesOn(repository: ModelRepository): Promise<void> {
  const address = await repository.put(sampleArtifact(), at(1))
  for (const [index, stage] of (['shadow', 'live', 'retired'] as const).entries()) {
    await repository.promote('sample', address, stage, at(index + 2))
  }
  const [version] = await repository.list('sample')
  const expected = ['candidate', 'shadow', 'live', 'retired'].map((stage, index) => ({
    address,
    stage,
    ...at(index + 1),
  }))
  equal('Moves', version?.moves, expected)
}

async function refusesStages(repository: ModelRepository): Promise<void> {
  const address = await repository.put(sampleArtifact(), at(1))
  for (const stage of ['candidate', 'live', 'gone' as ModelStage] as const) {
    await refusal('BAD_STAGE', () => repository.promote('sample', address, stage, at(2)))
  }
  await refusal('UNKNOWN_MODEL', () => repository.promote('sample', 'f'.repeat(64), 'shadow', at(2)))
  await refusal('UNKNOWN_MODEL', () => repository.get('other', address))
  await repository.promote('sample', address, 'retired', at(2))
  await refusal('BAD_STAGE', () => repository.promote('sample', address, 'shadow', at(3)))
  equal('Stages', await stages(repository), ['retired'])
}

async function oneLive(repository: ModelRepository): Promise<void> {
  const [first, second] = [await makeLive(repository, 1), await makeLive(repository, 2)]
  const versions = await repository.list('sample')
  equal('Stages', await stages(repository), ['retired', 'live'])
  equal(
    'Addresses',
    versions.map(({ address }) => address),
    [first, second],
  )
  equal('Who retired the first', versions[0]?.moves.at(-1), { address: first, stage: 'retired', ...at(2) })
}

async function rollsBack(repository: ModelRepository): Promise<void> {
  const first = await makeLive(repository, 1)
  await refusal('NO_PREVIOUS', () => repository.rollback('sample', at(9)))
  await makeLive(repository, 2)
  await makeLive(repository, 3)
  await repository.rollback('sample', at(10))
  equal('Stages', await stages(repository), ['retired', 'live', 'retired'])
  equal('rollback()', await repository.rollback('sample', at(11)), first)
  equal('Stages', await stages(repository), ['live', 'retired', 'retired'])
  await refusal('NO_PREVIOUS', () => repository.rollback('sample', at(12)))
  await makeLive(repository, 4)
  equal('rollback() from a newer version', await repository.rollback('sample', at(13)), first)
}

async function refusesNames(repository: ModelRepository): Promise<void> {
  const address = 'f'.repeat(64)
  for (const id of ['..', '../sample', 'a/b', 'a\\b', '.hidden', '', 'nul', 'a\0b', '/etc']) {
    await refusal('BAD_NAME', () => repository.get(id, address))
    await refusal('BAD_NAME', () => repository.list(id))
    await refusal('BAD_NAME', () => repository.promote(id, address, 'shadow', at(1)))
    await refusal('BAD_NAME', () => repository.rollback(id, at(1)))
  }
  await repository.put(sampleArtifact(), at(1))
  for (const bad of ['../sample', '', 'moves', '..', 'F'.repeat(64)]) {
    await refusal('UNKNOWN_MODEL', () => repository.get('sample', bad))
  }
}

async function refusesAuthors(repository: ModelRepository): Promise<void> {
  await refusal('BAD_AUTHOR', () => repository.put(sampleArtifact(), { ...at(1), by: ' ' }))
  equal('ids()', await repository.ids(), [])
  const address = await repository.put(sampleArtifact(), at(1))
  const never = { by, at: Number.NaN as ReturnType<typeof timestamp> }
  await refusal('BAD_AUTHOR', () => repository.promote('sample', address, 'shadow', never))
  await refusal('BAD_AUTHOR', () => repository.rollback('sample', never))
  equal('Stages', await stages(repository), ['candidate'])
}

async function makeLive(repository: ModelRepository, seed: number): Promise<string> {
  const address = await repository.put(sampleArtifact({ seed }), at(seed))
  await repository.promote('sample', address, 'shadow', at(seed))
  await repository.promote('sample', address, 'live', at(seed))
  return address
}

async function stages(repository: ModelRepository): Promise<readonly ModelStage[]> {
  return (await repository.list('sample')).map(({ stage }) => stage)
}

function same(what: string, got: ModelArtifact, expected: ModelArtifact): void {
  equal(`${what}: manifest`, got.manifest, expected.manifest)
  equal(`${what}: files`, [...got.files], [...expected.files])
}

function equal(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [canonicalJson(got), canonicalJson(expected)]
  invariant(a === b, `${what}: got ${a.slice(0, 300)}, expected ${b.slice(0, 300)}.`)
}
