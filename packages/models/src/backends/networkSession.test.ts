import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyNetwork, plainForward } from '../network/plainNetwork.rig.js'
import { jsSession } from './js/jsSession.js'
import type { DenseLayer, Network } from './network.js'
import { wasmSession } from './wasm/wasmSession.js'

const activations = ['linear', 'relu', 'tanh', 'softmax'] as const
const sessions = [
  ['js', jsSession],
  ['wasm', wasmSession],
] as const

const rowsOf = (rows: number, inputs: number): Float32Array => {
  const random = createRandom(7).stream('rows')
  return Float32Array.from({ length: rows * inputs }, () => random.normal())
}

describe.each(sessions)('a session of backend %s', (backend, open) => {
  it('computes what the definition says, within 1e-6', () => {
    const shape = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 37 }), { minLength: 2, maxLength: 4 }),
      last: fc.constantFrom(...activations),
      hidden: fc.constantFrom('linear', 'relu', 'tanh'),
      seed: fc.integer({ min: 0, max: 1e6 }),
    })
    fc.assert(
      fc.property(shape, ({ sizes, last, hidden, seed }) => {
        const layers = sizes.slice(1).map((_, index) => (index === sizes.length - 2 ? last : hidden))
        const network = anyNetwork(sizes, layers, seed)
        const session = open(network)
        const [inputs, outputs] = [sizes[0]!, sizes.at(-1)!]
        const x = rowsOf(3, inputs)
        const out = new Float32Array(3 * outputs)
        session.runSync(x, 3, out)
        for (let row = 0; row < 3; row++) {
          const expected = plainForward(network, [...x.slice(row * inputs, (row + 1) * inputs)])
          for (const [o, value] of expected.entries()) {
            expect(Math.abs(out[row * outputs + o]! - value)).toBeLessThan(1e-6 * Math.max(4, Math.abs(value)))
          }
        }
      }),
    )
  })

  it('gives a row the same bits alone, among others, and by waiting', async () => {
    const session = open(anyNetwork([5, 20, 3], ['relu', 'softmax'], 1))
    const x = rowsOf(130, 5)
    const [out, alone] = [new Float32Array(390), new Float32Array(390)]
    await session.run(x, 130, out)
    for (let row = 0; row < 130; row++) session.runSync(x.subarray(row * 5), 1, alone.subarray(row * 3))
    expect([...alone]).toEqual([...out])
  })

  it('passes NaN through, and heals', () => {
    const session = open(anyNetwork([2, 4, 2], ['relu', 'softmax'], 1))
    const out = new Float32Array(4)
    session.runSync(Float32Array.of(1, Number.NaN, 1, 1), 2, out)
    expect([...out.map(Number)].map(Number.isNaN)).toEqual([true, true, false, false])
  })

  it('refuses sizes that do not fit, and to run once disposed of', async () => {
    const session = open(anyNetwork([2, 3], ['linear'], 1))
    const [x, out] = [new Float32Array(4), new Float32Array(6)]
    session.runSync(x, 0, out)
    const run =
      (rows: number, from = x, to = out) =>
      () =>
        session.runSync(from, rows, to)
    expect(run(-1)).toThrow('Rows "-1" is no count.')
    expect(run(0.5)).toThrow('Rows "0.5" is no count.')
    expect(run(3)).toThrow('Input of "4" numbers is short of 3 x 2.')
    expect(run(2, x, out.subarray(1))).toThrow('Output of "5" numbers is short of 2 x 3.')
    session.dispose()
    session.dispose()
    expect(run(1)).toThrow(`The session of backend ${backend} was disposed of.`)
    await expect(session.run(x, 1, out)).rejects.toMatchObject({ code: 'BACKEND' })
  })

  const layer: DenseLayer = {
    inputs: 1,
    outputs: 1,
    activation: 'linear',
    weights: Float32Array.of(1),
    bias: Float32Array.of(0),
  }
  it.each<[string, readonly Partial<DenseLayer>[]]>([
    ['A network has no layer.', []],
    ['Layer 0 of a network has the size "0".', [{ inputs: 0 }]],
    ['Layer 0 of a network has "1" weights for 2 x 1.', [{ inputs: 2 }]],
    ['Layer 0 of a network has "2" biases for 1 outputs.', [{ bias: new Float32Array(2) }]],
    [
      'Layer 1 of a network takes "1" numbers and is given "2".',
      [{ outputs: 2, weights: new Float32Array(2), bias: new Float32Array(2) }, {}],
    ],
    ['Layer 0 of a network has an unknown activation "gelu".', [{ activation: 'gelu' as 'relu' }]],
    ['Layer 0 of a network is no last one: "softmax".', [{ activation: 'softmax' }, {}]],
    ['Layer 0 of a network holds "NaN".', [{ weights: Float32Array.of(Number.NaN) }]],
    ['Layer 0 of a network holds "Infinity".', [{ bias: Float32Array.of(Number.POSITIVE_INFINITY) }]],
  ])('refuses: %s', (message, layers) => {
    const network: Network = { kind: 'network', layers: layers.map((change) => ({ ...layer, ...change })) }
    expect(() => open(network)).toThrow(expect.objectContaining({ message, code: 'BACKEND' }))
  })
})

it('gives the same bits on both backends', () => {
  const network = anyNetwork([41, 64, 64, 3], ['relu', 'tanh', 'softmax'], 3)
  const x = rowsOf(100, 41)
  const [a, b] = sessions.map(([, open]) => {
    const out = new Float32Array(300)
    open(network).runSync(x, 100, out)
    return [...out]
  })
  expect(b).toEqual(a)
})
