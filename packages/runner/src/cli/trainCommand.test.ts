import { generateKeyPairSync } from 'node:crypto'
import { plantedTrades } from '@astertrade/models/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderRepository } from '../models/folderRepository.js'
import { type CommandLine, commandLine, presentMs, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

/** A classifier that is trained in a moment. */
const quick = [
  ...['train', '--kind', 'classifier', '--data', 'BTCUSD_1h.csv', '--indicators', 'rsi', 'roc'],
  ...['--param', 'folds=2', '--param', 'trees={"rounds":3}', '--param', 'network={"hidden":[4],"epochs":2}'],
]

const flow = (data = 'PLANTED.jsonl'): readonly string[] => [
  ...['train', '--kind', 'orderFlow', '--data', data],
  ...['--param', 'windows=[500,2000,5000]', '--param', 'horizon=2000', '--param', 'step=500'],
]

/** Trades whose sides move the price afterwards, as lines. */
function tradesText(length: number): string {
  const trades = plantedTrades({ length, seed: 1, persistence: 0.7, response: 0.6 })
  return trades.map((trade) => `${JSON.stringify(trade)}\n`).join('')
}

function tradeLine(instrument: string, time: number): string {
  return `${JSON.stringify({ kind: 'trade', instrument, time, aggressor: 'buy', price: 10, quantity: 1 })}\n`
}

describe('aster train', () => {
  it('writes a candidate and shows each figure beside its controls', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const { code, stdout, stderr } = await cli.run(...quick)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^classifier "classifier-btcusd", trained on \d+ rows from 2024-01-\d\d to 2024-02-\d\d\.\n/)
    expect(stdout).toMatch(/Out of sample +model +naive +shuffled\naccuracy +0\.\d{4} +0\.\d{4} +0\.\d{4}\n/)
    expect(stdout).toContain('manifest.json, weights.bin')
    const next = 'aster backtest --strategy ensemble --model classifier-btcusd'
    expect(stdout).toMatch(new RegExp(`\\nStage +candidate: ${next} tries it\\n$`))
    const [, ...tries] = next.split(' ')
    expect(await cli.run(...tries, '--data', 'BTCUSD_1h.csv')).toMatchObject({ code: 0, stderr: '' })
    const repository = folderRepository({ folder: `${cli.folder}/models` })
    const [version] = await repository.list('classifier-btcusd')
    expect(version).toMatchObject({ stage: 'candidate' })
    expect((await repository.get('classifier-btcusd', version!.address)).manifest.kind).toBe('classifier')
    expect(cli.names('models')).toEqual(['classifier-btcusd'])
  })

  it('trains the same bytes from the same seed, others from another', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const addressOf = async (...more: readonly string[]) => (await cli.json(...quick, ...more)).value.address
    const first = await addressOf()
    expect(await addressOf('--out', 'again')).toBe(first)
    expect(await addressOf('--seed', '2')).not.toBe(first)
  })

  it('trains the same bytes with any number of workers', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const first = (await cli.json(...quick)).value.address
    for (const workers of ['2', '9']) {
      expect((await cli.json(...quick, '--workers', workers, '--out', workers)).value.address).toBe(first)
    }
  })

  it('notes where most bars make no row', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const { stderr } = await cli.run(...quick, '--to', '2024-01-22')
    expect(stderr).toMatch(/^Note: 504 bars make \d+ rows to train on: indicators warm up first\./)
  })

  it('says in JSON what it found', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const { value } = await cli.json(...quick, '--id', 'swing')
    expect(value).toMatchObject({ command: 'train', id: 'swing', kind: 'classifier' })
    expect(Object.keys(value.metrics)).toEqual(expect.arrayContaining(['model', 'naive', 'shuffled', 'warnings']))
  })

  it('signs what it writes', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    cli.write('key.pem', privateKey)
    const { value } = await cli.json(...quick, '--sign', 'key.pem')
    const trusting = folderRepository({ folder: `${cli.folder}/models`, trustedKeys: [publicKey] })
    expect((await trusting.get(value.id, value.address)).manifest.id).toBe(value.id)
  })

  it.each([
    [['--kind', 'clasifier'], 2, 'There is no kind of model "clasifier".', 'Did you mean "classifier"?'],
    [['--kind', 'vpin'], 2, 'There is no kind of model "vpin".', 'The other models learn nothing ahead.'],
    [['--param', 'fold=3'], 2, 'Model "classifier" has no parameter "fold".', 'Did you mean "folds"?'],
    [['--param', 'folds=1'], 2, '"folds" of the classifier is "1".', 'from 2 to 100'],
    [['--indicators', 'rsii'], 2, '"rsii"', 'rsi'],
    [['--resume'], 2, 'There is no training to resume', 'Leave out --resume'],
    [['--from', '2024-02-06'], 2, 'No row is left', 'Rows begin at bar'],
    [['--workers', '0'], 2, '--workers "0" is out of range', 'at least 1'],
    [['--labels', 'up'], 2, "argument 'up' is invalid", 'tripleBarrier'],
    [['--id', '../evil'], 2, 'Model id "../evil" is no plain name.', 'letters, digits'],
    [['--out', 'BTCUSD_1h.csv'], 1, 'BTCUSD_1h.csv" cannot be written', 'Choose a folder'],
    [['--sign', 'no.pem'], 2, '"no.pem" does not exist', ''],
  ])('refuses %o and says what would have worked', async (more, exitCode, message, hint) => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const { code, stdout, stderr } = await cli.run(...quick, ...more)
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(cli.exists('models/classifier-btcusd')).toBe(false)
  })

  it('learns from one instrument only', async () => {
    cli.write('data/A_1h.csv', swingingCsv(50))
    cli.write('data/B_1h.csv', swingingCsv(50))
    const { code, stderr } = await cli.run('train', '--kind', 'classifier', '--data', 'data')
    expect(code).toBe(2)
    expect(stderr).toContain('A model learns from one instrument; these are 2.')
  })

  it('learns order flow from recorded trades, and says what it found', async () => {
    cli.write('PLANTED.jsonl', tradesText(6_000))
    const { code, stdout, stderr } = await cli.run(...flow())
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^orderFlow "orderflow-planted", trained on [\d,]+ rows/i)
    expect(stdout).toMatch(/Out of sample +model +naive +shuffled\n/)
    expect(stdout).not.toContain('No edge')
    expect(stdout).toMatch(/\nStage +candidate\n$/)
    const first = (await cli.json(...flow(), '--out', 'again')).value.address
    expect((await cli.json(...flow(), '--workers', '2')).value.address).toBe(first)
    const { value } = await cli.json(...flow(), '--param', 'evidenceMin=90', '--out', 'strict')
    expect(value.warnings).toEqual([expect.stringMatching(/^No edge: evidence .+ is below 90/)])
  })

  it.each([
    ['BTCUSD_1h.csv', [], 'learns from trades and quotes; "BTCUSD_1h.csv" holds CSV', 'JSON lines'],
    ['bars.jsonl', [], '"bars.jsonl" holds no trade and no quote', 'JSON lines'],
    ['two.jsonl', [], 'these are 2.', '--symbol A.sim'],
    ['back.jsonl', [], 'comes after one at', 'in order of time'],
    ['gone.jsonl', [], 'Data "gone.jsonl" does not exist.', ''],
    ['PLANTED.jsonl', ['--symbol', 'OTHER.sim'], 'trades and quotes of OTHER.sim', ''],
    ['PLANTED.jsonl', ['--from', '2030-01-01'], 'holds no trade and no quote', ''],
    ['PLANTED.jsonl', ['--every', '1h'], 'has no --every', 'Leave --every out.'],
    ['PLANTED.jsonl', ['--labels', 'tripleBarrier'], 'has no --labels', ''],
    [
      'PLANTED.jsonl',
      ['--param', 'window=[500]'],
      'Model "orderFlow" has no parameter "window".',
      'Did you mean "windows"?',
    ],
  ])('refuses order flow from %s with %o', async (data, more, message, hint) => {
    cli.write('BTCUSD_1h.csv', swingingCsv(100))
    cli.write('PLANTED.jsonl', tradesText(200))
    cli.write('bars.jsonl', `${JSON.stringify({ kind: 'headline', time: 1, source: 's', text: 't' })}\n`)
    cli.write('two.jsonl', tradeLine('A.sim', 1) + tradeLine('B.sim', 2))
    cli.write('back.jsonl', tradeLine('A.sim', 2) + tradeLine('A.sim', 1))
    const { code, stdout, stderr } = await cli.run(...flow(data), ...more)
    expect([code, stdout]).toEqual([stderr.includes('comes after') ? 1 : 2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(cli.exists('models')).toBe(false)
  })

  it('says of trades that lie in the future', async () => {
    cli.write('late.jsonl', tradeLine('A.sim', presentMs + 1))
    const { code, stderr } = await cli.run(...flow('late.jsonl'))
    expect(code).toBe(1)
    expect(stderr).toContain('lies in the future')
    expect(stderr).toContain('--to 2025-01-01')
  })

  it.each([
    ['nothing of it', 'junk', 'The checkpoint is damaged.'],
    ['another training', '{"identity":"0","parts":[]}\n', 'The checkpoint is of another training.'],
  ])('does not go on from a checkpoint that holds %s', async (_name, content, message) => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    cli.write('models/.classifier-btcusd.checkpoint', content)
    const { code, stdout, stderr } = await cli.run(...quick, '--resume')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(cli.names('models')).toEqual(['.classifier-btcusd.checkpoint'])
  })

  it.each([
    ['1', '2'],
    ['2', '1'],
  ])(
    'ends at Ctrl-C with %s workers and a checkpoint, from which %s go on to the same bytes',
    async (before, after) => {
      cli.write('BTCUSD_1h.csv', swingingCsv(900))
      const slow = [...quick, '--param', 'folds=8', '--out', 'cut']
      const whole = (await cli.json(...slow, '--out', 'whole')).value.address
      const running = cli.run(...slow, '--workers', before)
      await until(() => cli.exists('cut/.classifier-btcusd.checkpoint'))
      cli.interrupt()
      const { code, stderr } = await running
      expect(code).toBe(130)
      expect(stderr).toContain('--resume')
      expect((await cli.json(...slow, '--resume', '--workers', after)).value.address).toBe(whole)
      expect(cli.names('cut')).toEqual(['classifier-btcusd'])
    },
  )

  it('says at Ctrl-C that nothing was kept where no part was done', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(900))
    const running = cli.run(...quick)
    await until(() => cli.interrupt())
    const { code, stderr } = await running
    expect(code).toBe(130)
    expect(stderr).toContain('Nothing was kept: no part was done yet.')
    expect(cli.names('models')).toEqual([])
  })
})

/** Waits, a turn of the loop at a time, until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
