import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkup } from '../doctor/checkup.js'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

it('finds this machine fit', async () => {
  cli.write('data/BTCUSD_1h.csv', swingingCsv(3))
  const { code, stdout, stderr } = await cli.run('doctor')
  expect([code, stderr]).toEqual([0, ''])
  for (const text of [
    process.versions.node,
    'runner 0.1.0',
    'ccxt',
    'out can be written',
    'data holds 1 recording',
    'cores',
  ]) {
    expect(stdout).toContain(text)
  }
  expect(cli.names()).toEqual(['data'])
})

it('says the same as JSON', async () => {
  const { value } = await cli.json('doctor')
  expect(value).toMatchObject({ command: 'doctor', healthy: true })
  expect((value.findings as readonly { name: string }[]).map(({ name }) => name)).toEqual([
    'Node.js',
    'Packages',
    'ccxt',
    'Results',
    'Data',
    'Machine',
    'wasm',
    'js',
    'ort-cpu',
    'webgpu',
    'cuda',
    'tensorrt',
    'tfjs',
  ])
})

it('tells of each backend of the models whether it works here, or why not', async () => {
  const { stdout } = await cli.run('doctor')
  expect(stdout).toMatch(/ok {7}wasm {6}SIMD/)
  expect(stdout).toMatch(/ok {7}ort-cpu {3}onnxruntime-node \d+\.\d+\.\d+ cpu/)
  expect(stdout).toMatch(/ok {7}tensorrt {2}(onnxruntime-node|not used, and not needed: ONNX Runtime: )/)
})

it('points to what brings data where there is none', async () => {
  expect((await cli.run('doctor')).stdout).toMatch(/warning {2}Data {6}no folder data\n +aster data download/)
  cli.write('data/notes.txt', '')
  expect((await cli.run('doctor')).stdout).toContain('data holds no recording')
})

it('fails where results cannot be written', async () => {
  cli.write('out', 'a file')
  const { code, stdout } = await cli.run('doctor', '--out', 'out/x')
  expect(code).toBe(1)
  expect(stdout).toMatch(/failure {2}Results {3}out\/x cannot be written\n/)
})

it.each([
  ['20.19.0', 'ok'],
  ['20.18.9', 'failure'],
  ['21.7.3', 'failure'],
  ['22.11.0', 'failure'],
  ['22.12.0', 'ok'],
  ['24.0.0', 'ok'],
])('judges Node.js %s as %s', (node, status) => {
  const [finding] = checkup({ folder: cli.folder, node, out: 'out', data: 'data' })
  expect(finding).toMatchObject({ name: 'Node.js', status })
})
