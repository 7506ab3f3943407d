import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine({ watched: true })
  cli.write('data/BTCUSD_1h.csv', swingingCsv(300))
  cli.write('data/ETHUSD_1h.csv', swingingCsv(250))
})

afterEach(() => cli.remove())

it.each([
  ['Check', ['data', 'check', 'data']],
  ['Import', ['data', 'import', 'data', '--out', 'clean']],
])('%s is shown in its progress over the files', async (label, argv) => {
  const { code, stderr } = await cli.run(...argv)
  expect(code).toBe(0)
  expect(stderr).toMatch(new RegExp(`${label} .+ 100 %`))
})

it('shows how far a replay is', async () => {
  await cli.run('backtest', '--strategy', 'sma-cross', '--data', 'data', '--out', 'run')
  const { code, stderr } = await cli.run('replay', 'run')
  expect(code).toBe(0)
  expect(stderr).toMatch(/Replay .+ \d+ %/)
})

it('takes the progress away where the work fails', async () => {
  cli.write(
    'data/XRPUSD_1h.csv',
    swingingCsv(50, (row, at) => (at === 9 ? `${row}\n${row}` : row)),
  )
  const { code, stderr } = await cli.run('data', 'import', 'data', '--out', 'clean')
  expect(code).toBe(1)
  // The cursor is shown again.
  expect(stderr).toContain('\u001b[?25h')
})
