import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timestamp } from '@astertrade/core'
import { sampleArtifact } from '@astertrade/models/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseModel } from './chooseModel.js'
import { folderRepository } from './folderRepository.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'aster-choose-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const author = { by: 'anna', at: timestamp('2025-01-31') }
const repository = () => folderRepository({ folder: join(home, 'models') })
const choose = (id: string, models = 'models') => chooseModel(id, { models, from: home })

describe('chooseModel', () => {
  it('takes the newest where none is live, and the live one before all newer ones', async () => {
    const first = await repository().put(sampleArtifact({ seed: 1 }), author)
    const second = await repository().put(sampleArtifact({ seed: 2 }), author)
    expect(await choose('sample')).toEqual({ folder: 'models', id: 'sample', address: second })
    await repository().promote('sample', first, 'shadow', author)
    await repository().promote('sample', first, 'live', author)
    expect((await choose('sample')).address).toBe(first)
    await repository().promote('sample', first, 'retired', author)
    expect((await choose('sample')).address).toBe(second)
  })

  it('tells the folder from where the reference starts, wherever it lies', async () => {
    await repository().put(sampleArtifact(), author)
    const place = { models: '../models', from: join(home, 'project') }
    expect((await chooseModel('sample', place)).folder).toBe('../models')
    expect((await choose('sample', join(home, 'models'))).folder).toBe('models')
    expect((await chooseModel('sample', { models: '.', from: join(home, 'models') })).folder).toBe('.')
  })

  it('names the nearest there is, and those there are', async () => {
    await expect(choose('sample')).rejects.toThrow(
      'There is no model "sample" in "models".\n  aster train puts one there.',
    )
    const address = await repository().put(sampleArtifact(), author)
    await expect(choose('simple')).rejects.toThrow('There is no model "simple" in "models".\n  Did you mean "sample"?')
    await expect(choose('../sample')).rejects.toThrow('There is no model "../sample" in "models".')
    await repository().promote('sample', address, 'retired', author)
    await expect(choose('sample')).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' })
  })
})
