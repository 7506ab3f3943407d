import { afterAll, describe, expect, it } from 'vitest'
import type { Backend } from '../backends/backend.js'
import { backendChain, type ChainSession } from '../backends/backendChain.js'
import { jsSession } from '../backends/js/jsSession.js'
import { jsBackend } from '../backends/jsBackend.js'
import { wasmBackend } from '../backends/wasmBackend.js'
import { backendContract } from '../testing/backendContract.js'
import { type FakeBehaviour, fakeRuntimes } from './fakeRuntime.rig.js'
import { onnxBackend } from './onnxBackend.js'
import { gridRows, largestDifference, networkOf, treesOf } from './servables.rig.js'

const fakes = fakeRuntimes()
afterAll(() => fakes.remove())

const network = networkOf([4, 8, 3], ['tanh', 'softmax'])
const [x, golden] = goldenOf()
const rows = 150
const many = gridRows(rows, 4, 9)

function goldenOf(): [Float32Array, { inputs: number[][]; outputs: number[][] }] {
  const row = gridRows(1, 4)
  const out = new Float32Array(3)
  jsSession(network).runSync(row, 1, out)
  return [row, { inputs: [[...row]], outputs: [[...out]] }]
}

const cuda = (behaviour: FakeBehaviour): Backend =>
  onnxBackend({
    provider: 'cuda',
    module: fakes.path(behaviour),
    timeoutMs: behaviour === 'never answers' ? 2_000 : 60_000,
  })
const cpu = onnxBackend({ provider: 'cpu' })

function expectRight(out: Float32Array, count: number, input: Float32Array): void {
  const expected = new Float32Array(count * 3)
  jsSession(network).runSync(input, count, expected)
  expect(largestDifference(out, expected)).toBeLessThan(1e-5)
}

async function runMany(session: ChainSession): Promise<void> {
  const out = new Float32Array(rows * 3)
  await session.run(many, rows, out)
  expectRight(out, rows, many)
}

describe('a GPU build that works', () => {
  for (const check of backendContract({ create: () => cuda('good'), tolerance: 1e-3 })) {
    it(check.name, () => check.run())
  }

  it('serves the chain, and is named', async () => {
    const session = await backendChain([cuda('good'), cpu, wasmBackend(), jsBackend()]).load(network, golden)
    await runMany(session)
    expect([session.backend, session.device, session.fallbacks]).toEqual(['cuda', 'onnxruntime-node fake cuda', []])
    session.dispose()
  })
})

describe('a GPU build that fails at the start', () => {
  it.each<[FakeBehaviour, string]>([
    ['missing library', 'ONNX Runtime: Failed to load library libonnxruntime_providers_cuda.so: libcublasLt.so.12'],
    ['wrong numbers', 'The golden rows give'],
  ])('with %s is passed over for the next, with the reason', async (behaviour, reason) => {
    const told: string[] = []
    const onFallback = (fallback: { readonly backend: string }): number => told.push(fallback.backend)
    const chain = backendChain([cuda(behaviour), cpu, wasmBackend(), jsBackend()], { onFallback })
    const session = await chain.load(network, golden)
    await runMany(session)
    expect(session.backend).toBe('ort-cpu')
    expect(session.fallbacks).toEqual([{ backend: 'cuda', reason: expect.stringContaining(reason) }])
    expect(told).toEqual(['cuda'])
    session.dispose()
  })

  it('tells the reason when probed', async () => {
    const probes = await backendChain([cuda('missing library'), cuda('wrong numbers'), cpu]).probe()
    expect(probes.map(({ backend, probe }) => [backend, probe.ok])).toEqual([
      ['cuda', false],
      ['cuda', false],
      ['ort-cpu', true],
    ])
    expect(probes[0]?.probe).toMatchObject({ reason: expect.stringContaining('libcublasLt') })
  })
})

it('tells of a driver that crashes, which would end this program outside a process of its own', async () => {
  const probe = await cuda('segmentation fault').probe()
  expect(probe).toEqual({ ok: false, reason: 'ONNX Runtime: the process of ONNX Runtime ended with SIGSEGV.' })
})

describe('a GPU build that fails in mid-run', () => {
  it.each<[FakeBehaviour, string]>([
    ['error later', 'ONNX Runtime: CUDA error cudaErrorIllegalAddress'],
    ['out of memory', 'ONNX Runtime: Failed to allocate memory'],
    ['NaN later', 'it gave NaN for numbers'],
    ['never answers', 'ONNX Runtime: it gave no answer within 2000 ms.'],
    ['crash later', 'ONNX Runtime: the worker of ONNX Runtime failed: device lost.'],
  ])('with %s is given up, and the next one computes the same rows', async (behaviour, reason) => {
    const session = await backendChain([cuda(behaviour), cpu, wasmBackend(), jsBackend()]).load(network, golden)
    expect(session.backend).toBe('cuda')
    await runMany(session)
    expect(session.backend).toBe('ort-cpu')
    expect(session.fallbacks).toEqual([{ backend: 'cuda', reason: expect.stringContaining(reason) }])
    await runMany(session)
    expect(session.fallbacks).toHaveLength(1)
    session.dispose()
    session.dispose()
    await expect(session.run(many, rows, new Float32Array(rows * 3))).rejects.toThrow(
      'The session of the chain is disposed.',
    )
  })

  it('is given up once by runs that overlap', async () => {
    const session = await backendChain([cuda('error later'), wasmBackend()]).load(network, golden)
    await Promise.all([runMany(session), runMany(session), runMany(session)])
    expect(session.fallbacks).toHaveLength(1)
    expect(session.backend).toBe('wasm')
    session.dispose()
  })

  it('leaves no backend where none stands behind it', async () => {
    const session = await backendChain([cuda('error later'), cuda('missing library')]).load(network, golden)
    const run = session.run(many, rows, new Float32Array(rows * 3))
    await expect(run).rejects.toThrow('No backend is left that serves the model.\n  cuda: ONNX Runtime: Failed to load')
    session.dispose()
  })
})

describe('backendChain', () => {
  it('serves few rows at once by the kernels, whatever leads', async () => {
    const session = await backendChain([cuda('error later'), wasmBackend(), jsBackend()]).load(network, golden)
    const out = new Float32Array(300)
    session.runSync!(x, 1, out)
    expectRight(out.subarray(0, 3), 1, x)
    await session.run(many, 100, out)
    expectRight(out, 100, many.subarray(0, 400))
    // A hundred rows are few, so the GPU that would have failed was never asked.
    expect([session.backend, session.fallbacks]).toEqual(['cuda', []])
    session.dispose()
  })

  it('passes trees on from wasm to js', async () => {
    const trees = treesOf({ features: 2, outputs: 1, trees: 3, depth: 2, link: 'identity' })
    const session = await backendChain([wasmBackend(), jsBackend()]).load(trees)
    expect(session.backend).toBe('js')
    expect(session.fallbacks[0]?.reason).toBe('The backend wasm serves networks, no trees.')
    session.dispose()
  })

  it('hands NaN out where the last backend gives it, and where it was put in', async () => {
    const network = networkOf([1, 2, 1], ['linear', 'linear'])
    network.layers[0]!.weights.set([3e38, 3e38])
    network.layers[1]!.weights.set([1, -1])
    const session = await backendChain([cpu, jsBackend()], { smallRows: 0 }).load(network)
    const out = new Float32Array(1)
    await session.run(Float32Array.of(Number.NaN), 1, out)
    expect([out[0], session.backend]).toEqual([Number.NaN, 'ort-cpu'])
    await session.run(Float32Array.of(10), 1, out)
    expect([out[0], session.backend]).toEqual([Number.NaN, 'js'])
    session.dispose()
  })

  it('needs a backend, and says why none serves', async () => {
    expect(() => backendChain([])).toThrow('The chain has no backend.')
    const bad = { inputs: [[1]], outputs: [[1]] }
    await expect(backendChain([jsBackend()]).load(network, bad)).rejects.toThrow(
      'No backend is left that serves the model.\n  js: The golden rows do not fit',
    )
  })
})
