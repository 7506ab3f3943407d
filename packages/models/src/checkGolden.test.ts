import { expect, it } from 'vitest'
import type { GoldenRows } from './artifact.js'
import type { SyncSession } from './backends/syncSession.js'
import { awaitGolden, checkGolden } from './checkGolden.js'

function doubling(error: number): SyncSession {
  const runSync = (x: Float32Array, rows: number, out: Float32Array): void => {
    for (let index = 0; index < rows * 2; index++) out[index] = 2 * x[index]! + error
  }
  const run = async (x: Float32Array, rows: number, out: Float32Array): Promise<void> => runSync(x, rows, out)
  return { backend: 'js', device: 'test', inputs: 2, outputs: 2, runSync, run, dispose: () => {} }
}

const golden: GoldenRows = {
  inputs: [
    [1, 2],
    [0, 100],
  ],
  outputs: [
    [2, 4],
    [0, 200],
  ],
}

it('takes a session that gives the golden outputs, within the tolerance of large and small numbers', async () => {
  checkGolden(doubling(0), golden, 0)
  checkGolden(doubling(0.0009765625), golden, 0.001)
  await awaitGolden(doubling(0), golden, 0)
  checkGolden(doubling(1), { inputs: [], outputs: [] }, 0)
})

it('refuses a difference, NaN and another width by name', async () => {
  expect(() => checkGolden(doubling(0.5), golden, 0.1)).toThrow(
    'The golden rows give 2.5 in place of 2 in row 0 on js (test).',
  )
  expect(() => checkGolden(doubling(Number.NaN), golden, 0.1)).toThrow('give NaN in place of 2 in row 0')
  await expect(awaitGolden(doubling(0.5), golden, 0.1)).rejects.toMatchObject({ code: 'BACKEND' })
  expect(() => checkGolden(doubling(0), { inputs: [[1]], outputs: [[2, 4]] }, 0)).toThrow(
    'do not fit a model of 2 inputs and 2 outputs',
  )
})
