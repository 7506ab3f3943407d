import { cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(async () => {
  cli = commandLine()
  cli.write('data/BTCUSD_1h.csv', swingingCsv(300))
  cli.write('data/ETHUSD_1h.csv', swingingCsv(250))
  cli.write(
    'mine.ts',
    `import { defineStrategy, target, type Bar } from '@astertrade/core'
     export const mine = defineStrategy({
       name: 'mine',
       params: { level: 110 },
       create: ({ level }) => ({ onBar: (bar: Bar) => target(bar.instrument, bar.close > level ? 0.4 : 0, { stop: bar.close * 0.9 }) }),
     })`,
  )
  const { code, stderr } = await cli.run(
    'backtest',
    '--strategy',
    'mine.ts',
    '--data',
    'data',
    '--param',
    'level=112',
    '--policy',
    'none',
    '--out',
    'runs/one',
  )
  expect([code, stderr]).toEqual([0, ''])
})

afterEach(() => cli.remove())

const edit = (name: string, change: (text: string) => string): void => cli.write(name, change(cli.read(name)))

describe('aster replay', () => {
  it('proves that the journal of a run gives the same orders', async () => {
    const { code, stdout, stderr } = await cli.run('replay', 'runs/one')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Seals hold: \d+ rows, (?:1 seal|\d+ seals)\.\nEqual: \d+ commands, hash [0-9a-f]{64}\.\n$/)
    expect(await cli.run('replay', 'runs/one/journal.jsonl')).toEqual({ code, stdout, stderr })
    expect(await cli.run('replay', 'runs/one/run.json')).toEqual({ code, stdout, stderr })
  })

  it('says the same as JSON', async () => {
    const { value } = await cli.json('replay', 'runs/one')
    expect(value).toMatchObject({ command: 'replay', equal: true, journal: { ok: true, issues: [] } })
    const { commands } = value.result as { commands: number }
    expect(commands).toBeGreaterThan(10)
  })

  it('finds strategy and data after the project has moved', async () => {
    const moved = commandLine()
    for (const name of ['data', 'mine.ts', 'runs'])
      cpSync(join(cli.folder, name), join(moved.folder, name), { recursive: true })
    const outcome = await moved.run('replay', 'runs/one')
    moved.remove()
    expect(outcome.code).toBe(0)
  })

  it('takes the data from elsewhere where that is asked for', async () => {
    renameSync(join(cli.folder, 'data'), join(cli.folder, 'elsewhere'))
    const gone = await cli.run('replay', 'runs/one')
    expect(gone.code).toBe(2)
    expect(gone.stderr).toContain('Data "../../data" does not exist.')
    expect((await cli.run('replay', 'runs/one', '--data', 'elsewhere')).code).toBe(0)
  })

  it('refuses a journal in which one character was changed', async () => {
    edit('runs/one/journal.jsonl', (text) => text.replace('"kind":"filled"', '"kind":"fulled"'))
    const { code, stdout } = await cli.run('replay', 'runs/one')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^The journal is damaged: unreadable at line \d+; \d+ in all\. What it says is not replayed\.\n$/,
    )
  })

  it('refuses a journal whose end was cut off', async () => {
    edit('runs/one/journal.jsonl', (text) => `${text.split('\n').slice(0, 20).join('\n')}\n`)
    const { code, stdout } = await cli.run('replay', 'runs/one')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^The journal is damaged: anchor /)
  })

  it('refuses other data than that of the run, and names it', async () => {
    cli.write('data/ETHUSD_1h.csv', swingingCsv(251))
    const changed = await cli.run('replay', 'runs/one')
    expect(changed.code).toBe(1)
    expect(changed.stderr).toContain('The bars of ETHUSD.tape are not those of the run.\n')
    rmSync(join(cli.folder, 'data/ETHUSD_1h.csv'))
    const missing = await cli.run('replay', 'runs/one')
    expect(missing.stderr).toContain('The run has bars of ETHUSD.tape, the data has none in its place.\n')
  })

  it('shows the first order that differs once the strategy has changed', async () => {
    edit('mine.ts', (text) => text.replace('0.4', '0.3'))
    const { code, stdout, stderr } = await cli.run('replay', 'runs/one')
    expect(code).toBe(1)
    expect(stderr).toBe('Note: The file of strategy "mine" is not the one that ran.\n')
    expect(stdout).toMatch(
      /\nDifferent at row \d+, after \d+ equal commands?:\n {2}journal {2}\{.+\n {2}replay {3}\{.+\n$/,
    )
  })

  it('replays a strategy whose file has changed without changing what it does', async () => {
    edit('mine.ts', (text) => `${text}\n`)
    const { code, stderr } = await cli.run('replay', 'runs/one')
    expect([code, stderr]).toEqual([0, 'Note: The file of strategy "mine" is not the one that ran.\n'])
  })

  it.each([
    ['runs/oen', 2, 'Run "runs/oen" does not exist.\n  Did you mean "runs/one"?\n'],
    ['data', 1, '"data" is no run: run.json cannot be read.\n'],
    ['mine.ts', 1, '"mine.ts" is no run: run.json cannot be read.\n'],
  ])('refuses %s', async (run, code, stderr) => {
    const outcome = await cli.run('replay', run)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toContain(stderr)
  })

  it('refuses a record that is none', async () => {
    cli.write('runs/one/run.json', '{}')
    expect(await cli.run('replay', 'runs/one')).toMatchObject({ code: 1, stdout: '' })
  })
})
