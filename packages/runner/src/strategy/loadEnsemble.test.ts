import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { barsOf, timestamp } from '@astertrade/core'
import { type ModelArtifact, type TrainSpec, trainJob } from '@astertrade/models'
import { plantedBars, sampleArtifact } from '@astertrade/models/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from '../cli/commandLine.rig.js'
import { folderRepository } from '../models/folderRepository.js'
import { ensembleName, loadEnsemble } from './loadEnsemble.js'
import { loadStrategy } from './loadStrategy.js'

const list = plantedBars({ plant: { kind: 'meanReverting', halfLife: 4, sigma: 10 }, length: 600, seed: 5 })
const features = { indicators: ['rsi', 'cci'], groups: ['indicators'] } as const
const trained = (spec: Pick<TrainSpec, 'id' | 'kind' | 'params'>): ModelArtifact =>
  trainJob({ seed: 1, features, ...spec } as TrainSpec, barsOf(list, 3_600_000))
const network = { hidden: [4], epochs: 1, batch: 64, learningRate: 1e-2, patience: 1 }
const classifier = trained({ id: 'signs', kind: 'classifier', params: { folds: 2, network } })
const ppo = trained({ id: 'policy', kind: 'ppo', params: { steps: 512, policies: 1 } })

let cli: CommandLine
beforeEach(() => {
  cli = commandLine()
})
afterEach(() => cli.remove())

const author = { by: 'anna', at: timestamp('2025-01-31') }
async function stored(artifact: ModelArtifact) {
  const address = await folderRepository({ folder: join(cli.folder, 'models') }).put(artifact, author)
  return { folder: 'models', id: artifact.manifest.id, address }
}

describe('loadEnsemble', () => {
  it('takes one model of each trained kind, and does without', async () => {
    const models = [await stored(classifier), await stored(ppo)]
    const { definition, members, digest } = await loadEnsemble(models, cli.folder)
    expect([definition.name, digest, members?.()]).toEqual([ensembleName, undefined, []])
    expect(definition.create(definition.params)).toHaveProperty('onBar')
    expect((await loadEnsemble([], cli.folder)).definition.name).toBe(ensembleName)
    expect((await loadStrategy({ name: ensembleName, models }, cli.folder)).members).toBeDefined()
  })

  it('refuses a model that is missing, damaged, or of a folder that is not there', async () => {
    const reference = await stored(classifier)
    const { folder, id, address } = reference
    await expect(loadEnsemble([{ folder, id, address: '0'.repeat(64) }], cli.folder)).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
    })
    await expect(loadEnsemble([{ folder: 'elsewhere', id, address }], cli.folder)).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
    })
    await expect(loadEnsemble([{ folder, id: '../models/signs', address }], cli.folder)).rejects.toMatchObject({
      code: 'BAD_NAME',
    })
    appendFileSync(join(cli.folder, folder, id, address, 'weights.bin'), 'x')
    await expect(loadEnsemble([reference], cli.folder)).rejects.toMatchObject({ code: 'ARTIFACT' })
  })

  it('refuses the second of a kind, and a kind that it has no place for', async () => {
    const twice = [await stored(classifier), await stored(trained({ ...classifier.manifest, id: 'others' } as never))]
    await expect(loadEnsemble(twice, cli.folder)).rejects.toThrow(
      'Model "others" is the second of kind "classifier", and the ensemble has no place for it.',
    )
    await expect(loadEnsemble([await stored(sampleArtifact())], cli.folder)).rejects.toThrow(
      'Model "sample" is of kind "sample", and the ensemble has no place for it.\n' +
        '  It takes one each of kind classifier and ppo; the other five learn as they go.',
    )
  })
})

describe('aster backtest --model', () => {
  const backtest = ['backtest', '--data', 'BTCUSD_1h.csv', '--out', 'run', '--strategy'] as const

  it('runs the ensemble with stored models, and replays it byte for byte', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    await stored(classifier)
    await stored(ppo)
    const { code, stdout, stderr } = await cli.run(...backtest, ensembleName, '--model', 'signs', 'policy')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/\nModels on BTCUSD\.tape: .+\n {2}trend .+\n {2}reversion /)
    expect(stdout).toMatch(/\n {2}control +[\d.]+ % at last, 0\.250 /)
    const { settings } = JSON.parse(cli.read('run/run.json'))
    expect(settings.strategy.models.map(({ folder, id }: { folder: string; id: string }) => [folder, id])).toEqual([
      ['../models', 'signs'],
      ['../models', 'policy'],
    ])
    expect(cli.read('run/tearsheet.html')).toContain('Models at work')
    expect(await cli.run('replay', 'run')).toMatchObject({ code: 0, stderr: '' })
    const { address } = settings.strategy.models[0]
    appendFileSync(join(cli.folder, 'models/signs', address, 'weights.bin'), 'x')
    const damaged = await cli.run('replay', 'run')
    expect(damaged.code).not.toBe(0)
    expect(damaged.stderr).toContain('The stored artifact of "signs" is damaged')
  })

  it.each([
    [['sma-cross', '--model', 'signs'], 'Strategy "sma-cross" takes no trained models.', 'Leave --model out'],
    [[ensembleName, '--model', 'sings'], 'There is no model "sings" in "models".', 'Did you mean "signs"?'],
    [[ensembleName, '--model', 'signs', '--models', 'other'], 'There is no model "signs" in "other".', 'aster train'],
    [[ensembleName, '--model', 'signs', 'signs'], 'is the second of kind "classifier"', 'one each of kind'],
  ])('refuses %o', async (more, message, hint) => {
    cli.write('BTCUSD_1h.csv', swingingCsv(200))
    await stored(classifier)
    const { code, stdout, stderr } = await cli.run(...backtest, ...more)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(cli.exists('run')).toBe(false)
  })
})
