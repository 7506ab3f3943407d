import fc from 'fast-check'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import type { Servable } from '../backends/backend.js'
import { jsSession } from '../backends/js/jsSession.js'
import type { Activation } from '../backends/network.js'
import { readOnnx } from './readOnnx.js'
import { gridRows, largestDifference, networkOf, treesOf } from './servables.rig.js'
import { writeOnnx } from './writeOnnx.js'

async function compared(model: Servable, rows: number): Promise<number> {
  const session = jsSession(model)
  const x = gridRows(rows, session.inputs)
  const out = new Float32Array(rows * session.outputs)
  session.runSync(x, rows, out)
  const runtime = await InferenceSession.create(writeOnnx(model))
  const { y } = await runtime.run({ x: new Tensor('float32', x, [rows, session.inputs]) })
  await runtime.release()
  return largestDifference(out, y!.data as Float32Array)
}

describe('a written network', () => {
  it.each<[Activation, Activation]>([
    ['relu', 'softmax'],
    ['tanh', 'linear'],
    ['linear', 'tanh'],
  ])('with %s and %s gives in ONNX Runtime what it gives here', async (hidden, last) => {
    expect(await compared(networkOf([5, 16, 8, 3], [hidden, hidden, last]), 40)).toBeLessThan(1e-5)
  })

  it('of one layer and one column works', async () => {
    expect(await compared(networkOf([1, 1], ['linear']), 3)).toBeLessThan(1e-6)
  })
})

describe('written trees', () => {
  it.each(['identity', 'softmax'] as const)('with the link %s take the same branches', async (link) => {
    const trees = treesOf({ features: 4, outputs: 3, trees: 30, depth: 5, link })
    expect(await compared(trees, 200)).toBeLessThan(1e-5)
  })

  it('of single leaves work', async () => {
    expect(await compared(treesOf({ features: 2, outputs: 1, trees: 2, depth: 0, link: 'identity' }), 4)).toBe(0)
  })
})

it('refuses what cannot be computed', () => {
  expect(() => writeOnnx({ kind: 'network', layers: [] })).toThrow('A network has no layer.')
  const trees = treesOf({ features: 2, outputs: 1, trees: 1, depth: 2, link: 'identity' })
  expect(() => writeOnnx({ ...trees, base: Float32Array.of(Number.NaN) })).toThrow(
    'Trees have a base that is not finite',
  )
})

const activation = fc.constantFrom<Activation>('linear', 'relu', 'tanh')
const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 })

it('is read back as the same network', () => {
  fc.assert(
    fc.property(
      sizes,
      activation,
      fc.constantFrom<Activation>('linear', 'softmax'),
      fc.nat(),
      (all, hidden, last, seed) => {
        const kinds = all.slice(1).map((_, index) => (index === all.length - 2 ? last : hidden))
        const network = networkOf(all, kinds, seed)
        expect(readOnnx(writeOnnx(network))).toEqual(network)
      },
    ),
  )
})

it('is read back as the same trees', () => {
  const shape = fc.record({
    features: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    trees: fc.integer({ min: 1, max: 6 }),
    depth: fc.integer({ min: 0, max: 4 }),
    link: fc.constantFrom('identity' as const, 'softmax' as const),
    seed: fc.nat(),
  })
  fc.assert(
    fc.property(shape, (options) => {
      const trees = treesOf(options)
      expect(readOnnx(writeOnnx(trees))).toEqual(trees)
    }),
  )
})
