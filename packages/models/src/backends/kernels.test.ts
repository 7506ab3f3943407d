import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsKernels } from './js/jsKernels.js'
import type { Kernels } from './kernels.js'
import { wasmKernels } from './wasm/wasmKernels.js'

const length = 4096
const special = [
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e-45,
  -1e-40,
  3e38,
  8.3,
  -9,
  -200,
]

/** Two arenas with the same numbers in them, some of them special. */
function pair(seed: number, share: number): readonly [Kernels, Kernels] {
  const random = createRandom(seed).stream('arena')
  const both = [jsKernels(length), wasmKernels(length)] as const
  for (let place = 0; place < length; place++) {
    const value =
      random.uniform() < share ? special[random.integer(0, special.length - 1)]! : random.integer(-1000, 1000) / 127
    for (const { arena } of both) arena[place] = value
  }
  return both
}

const size = fc.integer({ min: 0, max: 11 })
const lanes = fc.integer({ min: 1, max: 11 }).map((count) => 4 * count)
const seed = fc.integer({ min: 0, max: 1e6 })

/** Calls both and compares every number that they leave, bit for bit but for the payload of a NaN. */
function same(seed: number, call: (kernels: Kernels) => void, share = 0.02): void {
  const both = pair(seed, share)
  for (const kernels of both) call(kernels)
  const [expected, got] = both.map(({ arena }) => arena)
  const differs = expected!.findIndex((value, place) => !Object.is(value, got![place]))
  expect([differs, got![differs]]).toEqual([differs, expected![differs]])
}

describe('the SIMD kernels give the bits of the reference', () => {
  it.each([
    ['rows', (inputs: number) => [inputs, 1] as const],
    ['the transpose', (_: number, rows: number) => [1, rows] as const],
  ])('for products that read a matrix by %s', (_, steps) => {
    const shape = fc.record({ seed, rows: size, terms: size, columns: lanes, bias: fc.boolean() })
    fc.assert(
      fc.property(shape, ({ seed, rows, terms, columns, bias }) => {
        const [aRow, aTerm] = steps(terms, rows)
        same(seed, (kernels) => {
          kernels.multiply(16, aRow, aTerm, 512, columns, bias ? 1500 : 0, 2000, columns + 4, rows, terms, columns)
        })
      }),
    )
  })

  it('for activations and their slopes', () => {
    fc.assert(
      fc.property(seed, lanes, (seed, count) => {
        for (const name of ['relu', 'tanh'] as const) same(seed, (kernels) => kernels[name](16, count), 0.3)
        for (const name of ['reluBack', 'tanhBack'] as const)
          same(seed, (kernels) => kernels[name](16, 1000, count), 0.3)
      }),
    )
  })

  it('for probabilities', () => {
    const row = fc.integer({ min: 1, max: 12 })
    fc.assert(
      fc.property(seed, size, row, fc.constantFrom(0, 0.1), (seed, rows, outputs, share) => {
        same(seed, (kernels) => kernels.softmax(16, 12, rows, outputs), share)
      }),
    )
  })

  it('for sums of rows and exchanges of rows and columns', () => {
    fc.assert(
      fc.property(seed, size, lanes, (seed, rows, columns) => {
        same(seed, (kernels) => kernels.sumRows(16, columns + 4, rows, columns, 2000))
        same(seed, (kernels) => kernels.transpose(16, columns, rows, columns - 1, 2000, 12))
      }),
    )
  })

  it('for steps of Adam', () => {
    fc.assert(
      fc.property(seed, lanes, fc.constantFrom(0.001, 0.1, 3), (seed, count, rate) => {
        same(seed, (kernels) => kernels.adam(16, 512, 1024, 2048, count, 0.7, rate, 1.3, 0.9, 0.999, 1e-8))
      }),
    )
  })
})

it('walks down the gradient as Adam does, worked by hand', () => {
  const kernels = jsKernels(64)
  kernels.arena[16] = 1
  kernels.arena[20] = 0.5
  kernels.adam(16, 20, 24, 28, 4, 1, 0.1 / (1 - 0.9), 1 / Math.sqrt(1 - 0.999), 0.9, 0.999, 1e-8)
  // After bias correction the first step is the rate times the sign of the gradient.
  expect(kernels.arena[16]).toBeCloseTo(0.9, 5)
  expect(kernels.arena[24]).toBeCloseTo(0.05, 7)
  expect(kernels.arena[28]).toBeCloseTo(0.00025, 8)
})
