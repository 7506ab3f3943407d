import { timestamp } from '@astertrade/core'
import { expect, it } from 'vitest'
import { repositoryContract } from '../testing/repositoryContract.js'
import { sampleArtifact } from '../testing/sampleArtifact.js'
import { inMemoryRepository } from './inMemoryRepository.js'

for (const check of repositoryContract({ create: async () => inMemoryRepository() })) {
  it(check.name, () => check.run())
}

it('says which stages may follow', async () => {
  const repository = inMemoryRepository()
  const author = { by: 'anna', at: timestamp('2025-01-31') }
  const address = await repository.put(sampleArtifact(), author)
  await expect(repository.promote('sample', address, 'live', author)).rejects.toThrow(
    `Version ${address.slice(0, 12)} of "sample" is candidate and cannot become live.`,
  )
  await expect(repository.rollback('sample', author)).rejects.toThrow('No version of "sample" was live before.')
  await expect(repository.get('sample', 'x')).rejects.toThrow('There is no version "x" of "sample".')
  await expect(repository.list('a/b')).rejects.toThrow('Model id "a/b" is no plain name.')
  await expect(repository.put(sampleArtifact(), { ...author, by: '' })).rejects.toThrow('A move by "" at 1738281600000')
})
