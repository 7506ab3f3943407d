import { describe, expect, it } from 'vitest'
import { jsSession } from '../backends/js/jsSession.js'
import { backendContract } from '../testing/backendContract.js'
import { networkGraph } from './networkGraph.js'
import { onnxBackend } from './onnxBackend.js'
import { encodeGraph } from './onnxGraph.js'
import { onnxSession } from './onnxSession.js'
import { gridRows, largestDifference, networkOf, treesOf } from './servables.rig.js'
import { writeOnnx } from './writeOnnx.js'

describe('onnxBackend on the CPU', () => {
  for (const check of backendContract({ create: () => onnxBackend({ provider: 'cpu' }) })) {
    it(check.name, () => check.run())
  }

  it('keeps the contract in a process as well', async () => {
    const create = () => onnxBackend({ provider: 'cpu', place: 'process' })
    for (const check of backendContract({ create })) await check.run()
  })

  it('serves trees', async () => {
    const trees = treesOf({ features: 4, outputs: 3, trees: 20, depth: 4, link: 'softmax' })
    const session = await onnxBackend({ provider: 'cpu' }).load(trees)
    const x = gridRows(50, 4)
    const [out, expected] = [new Float32Array(150), new Float32Array(150)]
    await session.run(x, 50, out)
    session.dispose()
    jsSession(trees).runSync(x, 50, expected)
    expect(largestDifference(out, expected)).toBeLessThan(1e-5)
  })

  it('leaves the event loop free while it computes', async () => {
    const session = await onnxBackend({ provider: 'cpu' }).load(
      networkOf([64, 512, 512, 8], ['relu', 'relu', 'softmax']),
    )
    const rows = 20_000
    const x = new Float32Array(rows * 64)
    const out = new Float32Array(rows * 8)
    let turns = 0
    let open = true
    const turn = (): void => {
      turns++
      if (open) setImmediate(turn)
    }
    const from = performance.now()
    const done = session.run(x, rows, out)
    turn()
    await done
    open = false
    const spent = performance.now() - from
    session.dispose()
    // On the thread of the caller it would be one turn, however long the computation.
    expect(spent).toBeGreaterThan(50)
    expect(turns).toBeGreaterThan(100)
  })
})

describe('onnxBackend elsewhere', () => {
  it('refuses a provider that ONNX Runtime would silently replace', () => {
    expect(() => onnxBackend({ provider: 'cudaa' as 'cuda' })).toThrow(
      'Unknown provider "cudaa".\n  Known: cpu, webgpu, cuda, tensorrt.',
    )
  })

  it('refuses a place that is none, as a session does', async () => {
    const place = 'moon' as 'worker'
    const refused = 'Unknown place "moon" of ONNX Runtime.\n  Known: worker, process.'
    expect(() => onnxBackend({ provider: 'cpu', place })).toThrow(refused)
    const bytes = writeOnnx(networkOf([2, 3], ['linear']))
    await expect(onnxSession({ bytes, provider: 'cpu', place })).rejects.toThrow(refused)
    await expect(onnxSession({ bytes, provider: 'cpu', place })).rejects.toMatchObject({ code: 'BACKEND' })
  })

  it('says that the library of a provider is missing, and prints nothing', async () => {
    const probe = await onnxBackend({ provider: 'tensorrt' }).probe()
    expect(probe).toEqual({ ok: false, reason: 'ONNX Runtime: the library of tensorrt is not installed.' })
  })

  it('says why where its module is missing', async () => {
    const backend = onnxBackend({ provider: 'cuda', module: './no/such/module.cjs' })
    expect(await backend.probe()).toMatchObject({ ok: false, reason: expect.stringContaining('Cannot find module') })
  })
})

describe('onnxSession', () => {
  const graph = networkGraph(networkOf([2, 3], ['linear']))

  it('runs a file of another maker under its own names', async () => {
    const bytes = encodeGraph({
      ...graph,
      inputs: [{ name: 'features', type: 'float', shape: ['n', 2] }],
      nodes: [{ ...graph.nodes[0]!, inputs: ['features', 'weights.0', 'bias.0'] }],
    })
    const session = await onnxSession({ bytes, provider: 'cpu' })
    const out = new Float32Array(3)
    await session.run(Float32Array.of(0, 0), 1, out)
    session.dispose()
    expect(out).toEqual(graph.constants[1]!.values)
    expect([session.backend, session.inputs, session.outputs]).toEqual(['ort-cpu', 2, 3])
    expect(session.device).toMatch(/^onnxruntime-node \d+\.\d+\.\d+ cpu$/)
  })

  it('refuses a file before ONNX Runtime sees it', async () => {
    await expect(onnxSession({ bytes: new Uint8Array(3), provider: 'cpu' })).rejects.toMatchObject({ code: 'ONNX' })
    const wide = encodeGraph({ ...graph, inputs: [...graph.inputs, { name: 'z', type: 'float', shape: ['n', 2] }] })
    await expect(onnxSession({ bytes: wide, provider: 'cpu' })).rejects.toThrow(
      'The ONNX file has no single float input of shape [rows, inputs]: x: float [rows, 2]; z: float [n, 2].',
    )
  })

  it('ends a session that takes too long', async () => {
    const bytes = writeOnnx(networkOf([64, 1024, 1024, 8], ['relu', 'relu', 'softmax']))
    const session = await onnxSession({ bytes, provider: 'cpu', timeoutMs: 2_000 })
    const rows = 300_000
    const run = session.run(new Float32Array(rows * 64), rows, new Float32Array(rows * 8))
    await expect(run).rejects.toThrow('ONNX Runtime: it gave no answer within 2000 ms.')
    await expect(session.run(new Float32Array(64), 1, new Float32Array(8))).rejects.toMatchObject({ code: 'BACKEND' })
  })
})
