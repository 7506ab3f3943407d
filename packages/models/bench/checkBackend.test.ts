import { afterAll, describe, expect, it } from 'vitest'
import { backendChain } from '../src/backends/backendChain.js'
import { jsSession } from '../src/backends/js/jsSession.js'
import { jsBackend } from '../src/backends/jsBackend.js'
import { wasmBackend } from '../src/backends/wasmBackend.js'
import { type TrainNetworkOptions, trainNetwork } from '../src/network/trainNetwork.js'
import { type FakeBehaviour, fakeRuntimes } from '../src/onnx/fakeRuntime.rig.js'
import { onnxBackend } from '../src/onnx/onnxBackend.js'
import { gridRows, largestDifference, networkOf } from '../src/onnx/servables.rig.js'
import { type BackendTask, type CheckedBackend, checkBackend } from './checkBackend.js'
import { checkExit, checkTable } from './checkTable.js'

const fakes = fakeRuntimes()
afterAll(() => fakes.remove())

const batches = [4, 16]
const x = gridRows(16, 4)
const network = networkOf([4, 8, 3], ['tanh', 'softmax'])
const training: TrainNetworkOptions = {
  features: gridRows(64, 4, 3),
  rows: 64,
  classes: Uint8Array.from({ length: 64 }, (_, row) => row % 3),
  inputs: 4,
  classCount: 3,
  hidden: [8],
  activation: 'relu',
  epochs: 1,
  batch: 32,
  learningRate: 0.01,
  patience: 1,
  seed: 1,
}
const task: BackendTask = { network, x, batches, training, reference: trainNetwork(training) }
/** What stands in for TensorRT serves and does not train. */
const gpu = (behaviour: FakeBehaviour) => onnxBackend({ provider: 'tensorrt', module: fakes.path(behaviour) })

describe('checkBackend', () => {
  it('says how far a backend is from the CPU, and how long it took', async () => {
    for (const backend of [wasmBackend(), gpu('good')]) {
      const found = await checkBackend(backend, task)
      expect(found).toMatchObject({ kind: 'checked', backend: backend.id })
      const { times, difference } = found as CheckedBackend
      expect(times.filter((time) => time! > 0)).toHaveLength(2)
      expect(difference).toBeLessThan(1e-5)
    }
    expect(await checkBackend(wasmBackend(), task)).toMatchObject({ lossDifference: 0 })
  })

  it('says why a backend is not here', async () => {
    const found = await checkBackend(gpu('missing library'), task)
    expect(found).toMatchObject({ kind: 'absent', reason: expect.stringContaining('libcublasLt.so.12') })
    expect(checkTable([found], batches)).toMatch(/\n\nnot here {2}tensorrt: ONNX Runtime: Failed to load library/)
    expect(checkExit([found], true)).toBe(2)
  })

  it.each<[FakeBehaviour, string]>([
    ['error later', 'ONNX Runtime: CUDA error cudaErrorIllegalAddress: an illegal memory access was encountered'],
    ['out of memory', 'ONNX Runtime: Failed to allocate memory for requested buffer of size 4294967296'],
    ['crash later', 'ONNX Runtime: the worker of ONNX Runtime failed: device lost.'],
  ])('shows a GPU that passes its probe and then fails with %s as failed, and the CPU as it is', async (fault, why) => {
    expect(await gpu(fault).probe()).toMatchObject({ ok: true })
    const found = [await checkBackend(gpu(fault), task), await checkBackend(jsBackend(), task)]
    expect(found[0]).toMatchObject({ kind: 'failed', backend: 'tensorrt', reason: expect.stringContaining(why) })
    expect(found[1]).toMatchObject({ kind: 'checked', backend: 'js', difference: 0 })
    const [head, failed, cpu] = checkTable(found, batches).split('\n')
    expect(head).toMatch(/^backend +device +4 rows ms +16 rows ms +difference +train ms +loss gap$/)
    expect(failed).toMatch(/^tensorrt +onnxruntime-node fake tensorrt +failed: ONNX Runtime: /)
    expect(failed).toContain(why)
    expect(cpu).toMatch(/^js +\S.* +\d+\.\d\d +\d+\.\d\d +0\.0e\+0 +\d+\.\d\d +0\.0e\+0$/)
    expect(checkExit(found, false)).toBe(1)
  })

  it('leaves the CPU in service where such a GPU leads', async () => {
    const session = await backendChain([gpu('error later'), wasmBackend()], { smallRows: 0 }).load(network)
    const [out, expected] = [new Float32Array(48), new Float32Array(48)]
    jsSession(network).runSync(x, 16, expected)
    for (let run = 0; run < 3; run++) {
      await session.run(x, 16, out)
      expect(largestDifference(out, expected)).toBeLessThan(1e-5)
    }
    expect(session.backend).toBe('wasm')
    expect(session.fallbacks).toEqual([{ backend: 'tensorrt', reason: expect.stringContaining('CUDA error') }])
    session.dispose()
  })
})

describe('checkExit', () => {
  const cuda: CheckedBackend = {
    kind: 'checked',
    backend: 'cuda',
    device: 'fake',
    times: [1, 1],
    difference: 1e-5,
    trainMs: 1,
    lossDifference: 0,
  }

  it.each<[string, number, boolean, Partial<CheckedBackend>]>([
    ['agrees', 0, true, {}],
    ['differs', 1, true, { difference: 2e-3 }],
    ['gives NaN', 1, true, { difference: Number.NaN }],
    ['learns something else', 1, true, { lossDifference: 0.1 }],
    ['is none but a CPU', 2, true, { backend: 'ort-cpu' }],
    ['draws in software', 2, false, { backend: 'webgpu' }],
    ['is too slow to be one', 2, true, { backend: 'webgpu', times: [200, undefined] }],
    ['draws', 0, true, { backend: 'webgpu' }],
    ['is that of TensorFlow.js', 0, true, { backend: 'tfjs', device: 'tfjs-node-gpu' }],
  ])('where the GPU %s is %i', (_name, code, hasGraphics, change) => {
    expect(
      checkExit(
        [
          { ...cuda, backend: 'js' },
          { ...cuda, ...change },
        ],
        hasGraphics,
      ),
    ).toBe(code)
  })
})
