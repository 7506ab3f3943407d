import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, it } from 'vitest'
import { backendChain } from '../backends/backendChain.js'
import type { Network } from '../backends/network.js'
import { wasmBackend } from '../backends/wasmBackend.js'
import { backendContract } from '../testing/backendContract.js'
import { loadTfjs } from './loadTfjs.js'
import { repairUtil } from './repairUtil.js'
import { tfjsBackend } from './tfjsBackend.js'
import { tfjsSession } from './tfjsSession.js'

const folder = mkdtempSync(join(tmpdir(), 'aster-tfjs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A module that stands in for tfjs-node-gpu; `body` is what it runs. */
function fakeModule(name: string, body: string): string {
  const path = join(folder, `${name}.cjs`)
  writeFileSync(path, body)
  return path
}

const network: Network = {
  kind: 'network',
  layers: [{ inputs: 1, outputs: 1, activation: 'linear', weights: Float32Array.of(2), bias: Float32Array.of(1) }],
}
const missing = `throw new Error('libcudart.so.11.0: cannot open shared object file\\nmore')`

describe('tfjsBackend', () => {
  for (const check of backendContract({ create: () => tfjsBackend({ module: '@tensorflow/tfjs' }) })) {
    it(check.name, () => check.run())
  }

  it('takes the first package that loads, here the one in JavaScript', async () => {
    expect(await tfjsBackend().probe()).toEqual({ ok: true, device: '@tensorflow/tfjs cpu' })
  })

  it('says why a package cannot be loaded', async () => {
    const module = fakeModule('missing', missing)
    const probe = await tfjsBackend({ module }).probe()
    expect(probe).toMatchObject({ ok: false })
    await expect(loadTfjs({ module })).rejects.toThrow(
      `TensorFlow.js: no package of it can be loaded.\n  ${module}: libcudart.so.11.0: cannot open shared object file\n`,
    )
    await expect(loadTfjs({ module: fakeModule('other', '') })).rejects.toThrow('it exports no TensorFlow.js')
  })

  it('is passed over by a chain where its library is missing, or its numbers are wrong', async () => {
    const tensor = `{ shape: [1, 1], data: async () => [7], dispose() {} }`
    const wrong = `module.exports = { ready: async () => {}, getBackend: () => 'fake', tidy: (work) => work(),
      tensor1d: () => (${tensor}), tensor2d: () => (${tensor}), matMul: () => (${tensor}), add: () => (${tensor}) }`
    const modules = [fakeModule('missing', missing), fakeModule('wrong', wrong)]
    const chain = backendChain([...modules.map((module) => tfjsBackend({ module })), wasmBackend()])
    const session = await chain.load(network, { inputs: [[1]], outputs: [[3]] })
    expect(session.backend).toBe('wasm')
    expect(session.fallbacks.map(({ reason }) => reason)).toEqual([
      'TensorFlow.js: no package of it can be loaded.',
      `The golden rows give 7 in place of 3 in row 0 on tfjs (${modules[1]} fake).`,
    ])
    session.dispose()
  })

  it('serves no trees', async () => {
    const none = new Int32Array(0)
    const trees = { kind: 'trees', features: 1, outputs: 1, link: 'identity', base: Float32Array.of(0) } as const
    const columns = { roots: none, treeOutput: none, feature: none, left: none, right: none }
    const numbers = { threshold: new Float32Array(0), value: new Float32Array(0) }
    await expect(tfjsBackend().load({ ...trees, ...columns, ...numbers })).rejects.toThrow(
      'it serves networks, no trees',
    )
  })
})

describe('tfjsSession', () => {
  it('runs a model that was made with TensorFlow.js', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], activation: 'tanh' })] })
    const session = tfjsSession({ tfjs: await loadTfjs({ module: '@tensorflow/tfjs' }), model })
    const x = Float32Array.of(0.1, 0.2, 0.3, -1, 0, 1)
    const out = new Float32Array(4)
    await session.run(x, 2, out)
    const expected = await (model.predict(tf.tensor2d(x, [2, 3])) as tf.Tensor).data()
    expect([...out]).toEqual([...expected])
    session.dispose()
    session.dispose()
    await expect(session.run(x, 2, out)).rejects.toThrow('TensorFlow.js: the session is disposed.')
  })

  it('refuses a model of images', async () => {
    const tfjs = await loadTfjs({ module: '@tensorflow/tfjs' })
    const model = { inputs: [{ shape: [null, 8, 8, 3] }], outputs: [{ shape: [null, 2] }], predict: () => undefined }
    expect(() => tfjsSession({ tfjs, model })).toThrow('the model has no single input of shape [rows, inputs]')
  })
})

it('puts back what Node 23 took away, once', () => {
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = {}
  expect([repairUtil(util), repairUtil(util)]).toEqual([true, false])
  expect([undefined, null, 0, ''].map((value) => util.isNullOrUndefined!(value))).toEqual([true, true, false, false])
})
