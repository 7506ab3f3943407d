import { systemClock } from '@astertrade/exchanges'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { indexMarket } from '../demo/demoMarkets.js'
import { runDemo } from '../demo/runDemo.js'
import { chooseModel } from '../models/chooseModel.js'
import { folderRepository } from '../models/folderRepository.js'
import { type CommandLine, commandLine } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

describe('aster demo', () => {
  it('fits two tall screens, tells losses as well as gains, and ends with commands that work', async () => {
    const { code, stdout, stderr } = await cli.run('demo')
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines.length).toBeLessThan(64)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
    expect(stdout).not.toContain('\u001b')
    for (const text of [
      'S&P 500, days',
      'Synthetic BTC, minutes',
      'buy and hold',
      'Limits at work',
      'Models at work',
      'Verdict',
    ]) {
      expect(stdout).toContain(text)
    }
    for (const name of ['trend', 'reversion', 'volatility', 'flow', 'vpin', 'classifier', 'ppo', 'control']) {
      expect(stdout).toMatch(new RegExp(`\\n  ${name} {2,}\\S`))
    }
    expect(stdout).toMatch(/\n {2}vpin +told the risk in \d/)
    expect(cli.names('out/demo')).toEqual(['BTC-USD_1m.csv.gz', 'models', 'sp500', 'synthetic'])
    expect(cli.read('out/demo/sp500/tearsheet.html')).toMatch(/^<!doctype html>/)
    for (const id of ['classifier-sp500', 'ppo-sp500', 'classifier-synthetic', 'ppo-synthetic']) {
      const { folder, address } = await chooseModel(id, { models: 'out/demo/models', from: cli.folder })
      const { manifest } = await folderRepository({ folder: `${cli.folder}/${folder}` }).get(id, address)
      expect(cli.read(`out/demo/${id.split('-')[1]}/run.json`)).toContain(address)
      expect(manifest.id).toBe(id)
    }
    const next = lines.filter((line) => line.startsWith('  aster ')).map((line) => line.trim().split(' ').slice(1))
    expect(next).toHaveLength(3)
    for (const argv of next) expect(await cli.run(...argv)).toMatchObject({ code: 0, stderr: '' })
  })

  it('gives the same figures for the same seed, and others for another', async () => {
    const hashes = async (seed: string): Promise<unknown> => {
      const { value } = await cli.json('demo', '--seed', seed, '--out', `demo-${seed}`)
      return (value.markets as readonly { resultHash: string }[]).map(({ resultHash }) => resultHash)
    }
    const [first, again, other] = [await hashes('7'), await hashes('7'), await hashes('8')]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('touches no folder that holds anything else', async () => {
    cli.write('out/demo/mine.txt', '')
    const { code, stderr } = await cli.run('demo')
    expect(code).toBe(2)
    expect(stderr).toContain('holds other things, such as "mine.txt".')
    expect(cli.names('out/demo')).toEqual(['mine.txt'])
  })
})

describe('runDemo', () => {
  it('makes do with synthetic prices where the index is not installed', async () => {
    expect(indexMarket(`${cli.folder}/nowhere.js`)).toBeUndefined()
    const runs = await runDemo({ folder: cli.folder, clock: systemClock }, { index: undefined })
    expect(runs.map(({ market }) => market.name)).toEqual(['synthetic'])
  })
})
