import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@astertrade/core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { trainNetwork } from '../network/trainNetwork.js'
import { backendContract } from '../testing/backendContract.js'
import { epochFeeds } from './epochFeeds.js'
import { onnxBackend } from './onnxBackend.js'
import { gridRows, largestDifference, networkOf } from './servables.rig.js'
import { trainingGraph, trainingState } from './trainingGraph.js'
import { trainOnnx } from './trainOnnx.js'
import { writeOnnx } from './writeOnnx.js'

// A GPU, or a driver in software; .ci/software-vulkan.sh names one where Debian's package can be had.
const probe = await onnxBackend({ provider: 'webgpu' }).probe()

describe.skipIf(!probe.ok)('onnxBackend on WebGPU', () => {
  // A software driver compiles for seconds in each session.
  describe.skipIf(!process.env.ASTER_LONG)('keeps the contract of backends', () => {
    const create = () => onnxBackend({ provider: 'webgpu' })
    for (const check of backendContract({ create, tolerance: 1e-4, rows: 64 })) it(check.name, () => check.run())
  })

  it('gives what the CPU gives for the network of the goals', async () => {
    const network = networkOf([41, 64, 64, 3], ['relu', 'relu', 'softmax'])
    const x = gridRows(64, 41)
    const outs: Float32Array[] = []
    for (const provider of ['webgpu', 'cpu'] as const) {
      const session = await onnxBackend({ provider }).load(network)
      const out = new Float32Array(64 * 3)
      await session.run(x, 64, out)
      session.dispose()
      outs.push(out)
    }
    expect(largestDifference(outs[0]!, outs[1]!)).toBeLessThan(1e-4)
  })

  it('trains with the losses of trainNetwork', async () => {
    const features = gridRows(48, 6)
    const options = {
      features,
      rows: 48,
      classes: Uint8Array.from({ length: 48 }, (_, row) => (features[row * 6]! > 0 ? 1 : 0)),
      ...{ inputs: 6, classCount: 2, hidden: [8], activation: 'relu' as const },
      ...{ epochs: 2, batch: 32, learningRate: 0.01, patience: 2, seed: 1 },
    }
    const expected = trainNetwork(options)
    const trained = await trainOnnx({ ...options, provider: 'webgpu' })
    expect(Math.abs(trained.trainLoss - expected.trainLoss)).toBeLessThan(1e-4)
  })

  it('runs every node of a network there and none elsewhere', async () => {
    const x = new Tensor('float32', gridRows(2, 4), [2, 4])
    const nodes = await profile(writeOnnx(networkOf([4, 8, 3], ['relu', 'softmax'])), { x })
    expect(nodes.map(({ op_name }) => op_name)).toContain('Gemm')
    expect(new Set(nodes.map(({ provider }) => provider))).toEqual(new Set(['WebGpuExecutionProvider']))
  })

  it('runs every product of a training there', async () => {
    const spec = { inputs: 2, hidden: [4], activation: 'tanh' as const, classCount: 2, batch: 4 }
    const feeds = epochFeeds(
      { features: gridRows(4, 2), rows: 4, classes: Uint8Array.of(0, 1, 0, 1), learningRate: 0.1 },
      { ...spec, ...adam },
    ).next(createRandom(1).stream('order'))
    const state = trainingState({ ...spec, ...adam }).map(
      ({ name, shape }) => [`in.${name}`, { data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape }] as const,
    )
    const fed = [...state, ...Object.entries(feeds)].map(
      ([name, { data, shape }]) => [name, new Tensor('float32', data, shape)] as const,
    )
    const nodes = await profile(trainingGraph({ ...spec, ...adam }), Object.fromEntries(fed))
    const products = nodes.filter(({ op_name }) => op_name === 'Gemm')
    expect(products.length).toBeGreaterThanOrEqual(5)
    expect(new Set(products.map(({ provider }) => provider))).toEqual(new Set(['WebGpuExecutionProvider']))
  })
})

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }

interface ProfiledNode {
  readonly op_name: string
  readonly provider: string
}

/** The nodes that ran, with the provider that ran them, by ONNX Runtime's own log. */
async function profile(model: Uint8Array, feeds: Readonly<Record<string, Tensor>>): Promise<readonly ProfiledNode[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aster-profile-'))
  try {
    const session = await InferenceSession.create(model, {
      executionProviders: ['webgpu'],
      logSeverityLevel: 4,
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
    })
    await session.run(feeds)
    session.endProfiling()
    await session.release()
    const text = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')
    const events = JSON.parse(text) as readonly { readonly cat: string; readonly args: ProfiledNode }[]
    return events.filter(({ cat, args }) => cat === 'Node' && args.provider).map(({ args }) => args)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
