import { afterAll, describe, expect, it } from 'vitest'
import { trainNetwork } from '../network/trainNetwork.js'
import { fakeRuntimes } from './fakeRuntime.rig.js'
import { gridRows } from './servables.rig.js'
import { trainOnBackends } from './trainOnBackends.js'

const fakes = fakeRuntimes()
afterAll(() => fakes.remove())

const features = gridRows(60, 3)
const training = {
  features,
  rows: 60,
  classes: Uint8Array.from({ length: 60 }, (_, row) => (features[row * 3]! > 0 ? 1 : 0)),
  ...{ inputs: 3, classCount: 2, hidden: [4], activation: 'tanh' as const },
  ...{ epochs: 3, batch: 16, learningRate: 0.01, patience: 3, seed: 1 },
}
const expected = trainNetwork(training)

describe('trainOnBackends', () => {
  it('trains on the first provider that works', async () => {
    const trained = await trainOnBackends({ ...training, module: fakes.path('good') })
    expect([trained.backend, trained.fallbacks]).toEqual(['cuda', []])
    expect(Math.abs(trained.trainLoss - expected.trainLoss)).toBeLessThan(1e-4)
  })

  it('passes over what is not installed', async () => {
    const trained = await trainOnBackends({ ...training, providers: ['tensorrt', 'cpu'] })
    expect(trained.backend).toBe('ort-cpu')
    expect(trained.fallbacks).toEqual([
      { backend: 'tensorrt', reason: 'ONNX Runtime: the library of tensorrt is not installed.' },
    ])
  })

  it.each([
    ['error later', 'an illegal memory access'],
    ['missing library', 'libcublasLt'],
    ['crash later', 'device lost'],
    ['NaN later', 'its loss is "NaN"'],
  ] as const)(
    'with %s everywhere ends on our own kernels, with the same bytes as theirs',
    async (behaviour, reason) => {
      const module = fakes.path(behaviour)
      const trained = await trainOnBackends({ ...training, module })
      expect(trained.backend).toBe('wasm')
      expect(trained.fallbacks.map(({ backend }) => backend)).toEqual(['cuda', 'webgpu', 'ort-cpu'])
      for (const fallback of trained.fallbacks) expect(fallback.reason).toContain(reason)
      expect(trained.network).toEqual(expected.network)
    },
  )

  it('does not try again what is wrong everywhere', async () => {
    const cancelled = { cancelled: () => true }
    await expect(trainOnBackends({ ...training, providers: ['cpu'] }, cancelled)).rejects.toMatchObject({
      code: 'CANCELLED',
    })
    await expect(trainOnBackends({ ...training, batch: 0 })).rejects.toMatchObject({ code: 'BAD_TRAINING' })
  })
})
