import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { timestamp } from '@astertrade/core'
import { sampleArtifact } from '@astertrade/models/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderRepository } from '../models/folderRepository.js'
import { type CommandLine, commandLine } from './commandLine.rig.js'

let cli: CommandLine
let first: string
let second: string

const author = { by: 'anna', at: timestamp('2024-06-02') }

beforeEach(async () => {
  cli = commandLine()
  const repository = folderRepository({ folder: join(cli.folder, 'models') })
  first = await repository.put(sampleArtifact({ seed: 1 }), author)
  second = await repository.put(sampleArtifact({ seed: 2 }), author)
})

afterEach(() => cli.remove())

const models = (...argv: readonly string[]) => cli.run('models', ...argv)

/** Stages of all versions, oldest first. */
async function stages(): Promise<readonly string[]> {
  const { value } = await cli.json('models', 'list')
  const [{ versions }] = value.models as unknown as [{ versions: { stage: string }[] }]
  return versions.map(({ stage }) => stage)
}

async function goLive(version: string): Promise<void> {
  for (const stage of ['shadow', 'live'])
    expect(await models('promote', 'sample', version, '--to', stage)).toMatchObject({ code: 0, stderr: '' })
}

describe('aster models list', () => {
  it('shows each version with its stage', async () => {
    const { code, stdout, stderr } = await models('list')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n')).toEqual([
      'model        version      stage       since',
      `sample  ${first.slice(0, 12)}  candidate  2024-06-02`,
      `sample  ${second.slice(0, 12)}  candidate  2024-06-02`,
      '',
    ])
    const { value } = await cli.json('models', 'list')
    expect(value).toMatchObject({ command: 'models list', folder: 'models' })
    expect(value.models).toEqual([
      {
        id: 'sample',
        versions: [first, second].map((address) => ({
          address,
          stage: 'candidate',
          moves: [{ address, stage: 'candidate', ...author }],
        })),
      },
    ])
  })

  it('says where there is none', async () => {
    const { code, stdout } = await models('list', '--models', 'elsewhere')
    expect([code, stdout]).toEqual([0, 'There is no model in "elsewhere". aster train puts one there.\n'])
    expect((await cli.json('models', 'list', '--models', 'elsewhere')).value.models).toEqual([])
  })
})

describe('aster models show', () => {
  it('shows the live version, or else the newest, or the one that is named', async () => {
    expect((await models('show', 'sample')).stdout).toContain(`\nVersion    ${second}\nStage      candidate\n`)
    await goLive(first.slice(0, 8))
    const { code, stdout } = await models('show', 'sample')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^sample "sample", trained on 100 rows from 2024-01-01 to 2024-06-01\.\n/)
    expect(stdout).toContain(`\nVersion    ${first}\nStage      live\n`)
    expect(stdout).toContain('it abstains after 2025-01-01')
    expect(stdout).toContain('weights.bin (35 bytes)')
    expect(stdout).toMatch(
      /\nmoves +on +by\ncandidate +2024-06-02 +anna\nshadow +2025-01-01 +\S.*\nlive +2025-01-01 +\S.*\n$/,
    )
    const { value } = await cli.json('models', 'show', 'sample', second)
    expect(value).toMatchObject({ command: 'models show', id: 'sample', address: second, stage: 'candidate', seed: 2 })
  })

  it('ends with 1 where a byte of the version is changed', async () => {
    appendFileSync(join(cli.folder, 'models', 'sample', second, 'weights.bin'), 'x')
    const { code, stdout, stderr } = await models('show', 'sample', second)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('The stored artifact of "sample" is damaged')
  })
})

describe('aster models promote and rollback', () => {
  it('moves a version from stage to stage, and back', async () => {
    await goLive(first)
    await models('promote', 'sample', second, '--to', 'shadow')
    const { stdout } = await models('promote', 'sample', second, '--to', 'live')
    const [old, young] = [first.slice(0, 12), second.slice(0, 12)]
    expect(stdout).toBe(`"sample" ${young} was shadow and is live.\n${old} was live and is retired.\n`)
    expect(await stages()).toEqual(['retired', 'live'])
    expect((await models('rollback', 'sample')).stdout).toBe(
      `"sample" ${old} is live again.\n${young} was live and is retired.\n`,
    )
    expect(await stages()).toEqual(['live', 'retired'])
    const { value } = await cli.json('models', 'promote', 'sample', first, '--to', 'retired')
    expect(value).toEqual({
      command: 'models promote',
      id: 'sample',
      address: first,
      from: 'live',
      stage: 'retired',
      retired: null,
    })
  })

  it('tells programs what a rollback did', async () => {
    await goLive(first)
    await goLive(second)
    const { value } = await cli.json('models', 'rollback', 'sample')
    expect(value).toEqual({ command: 'models rollback', id: 'sample', address: first, stage: 'live', retired: second })
  })

  it('moves no damaged version but out of use, and the live one stays', async () => {
    await goLive(first)
    writeFileSync(join(cli.folder, 'models', 'sample', second, 'manifest.json'), '{}')
    expect(await models('promote', 'sample', second, '--to', 'shadow')).toMatchObject({ code: 1, stdout: '' })
    expect(await stages()).toEqual(['live', 'candidate'])
    expect(await models('promote', 'sample', second, '--to', 'retired')).toMatchObject({ code: 0 })
    expect(await stages()).toEqual(['live', 'retired'])
  })

  it('warns where what a rollback brings back cannot be loaded', async () => {
    await goLive(first)
    await goLive(second)
    writeFileSync(join(cli.folder, 'models', 'sample', first, 'manifest.json'), '{}')
    const { code, stderr } = await models('rollback', 'sample')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^Warning: The stored artifact of "sample" is damaged/)])
  })
})

describe('aster models refuses', () => {
  it.each<[readonly string[], string, string]>([
    [['show', '../sample'], 'Model id "../sample" is no plain name.', 'letters, digits'],
    [['promote', '../../etc', 'abcd', '--to', 'live'], 'Model id "../../etc" is no plain name.', 'letters, digits'],
    [['rollback', '/etc'], 'Model id "/etc" is no plain name.', 'letters, digits'],
    [['show', 'simple'], 'There is no model "simple" in "models".', 'Did you mean "sample"?'],
    [['rollback', 'sample', '--models', 'none'], 'There is no model "sample" in "none".', 'aster train puts one there'],
    [['show', 'sample', 'abc'], '"sample" has no version "abc".', 'at least 4 digits'],
    [['show', 'sample', '../weights'], '"sample" has no version "../weights".', '(candidate)'],
    [['promote', 'sample', '0000', '--to', 'live'], '"sample" has no version "0000".', '(candidate)'],
    [['rollback', 'sample'], 'No version of "sample" was live before.', 'Promote another version'],
    [['show'], "missing required argument 'id'", ''],
    [['promote', 'sample'], "missing required argument 'version'", ''],
  ])('%o with exit code 2', async (argv, message, hint) => {
    const { code, stdout, stderr } = await models(...argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(await stages()).toEqual(['candidate', 'candidate'])
  })

  it('stages that do not follow, are none, or are not given', async () => {
    const promote = (...more: readonly string[]) => models('promote', 'sample', first, ...more)
    expect(await promote('--to', 'live')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is candidate and cannot become live'),
    })
    expect(await promote('--to', 'shaddow')).toMatchObject({ code: 2, stderr: expect.stringContaining('shadow') })
    expect(await promote()).toMatchObject({ code: 2, stderr: expect.stringContaining('--to must be given.') })
    expect(await stages()).toEqual(['candidate', 'candidate'])
  })

  it('the beginning of an address that several versions have', async () => {
    const home = join(cli.folder, 'models', 'sample', 'moves')
    const moves = ['a', 'b'].map((end) => ({
      address: `${'0'.repeat(63)}${end}`,
      stage: 'candidate',
      ...author,
    }))
    writeFileSync(join(home, '00000003.json'), `${JSON.stringify(moves)}\n`)
    expect(await models('show', 'sample', '00000')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('2 versions of "sample" begin with "00000".'),
    })
  })
})

it('has a help page for each command', async () => {
  const { code, stdout } = await models('--help')
  expect(code).toBe(0)
  for (const name of ['list', 'show', 'promote', 'rollback']) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    expect((await models(name, '--help')).stdout).toContain('--models <folder>')
  }
})
