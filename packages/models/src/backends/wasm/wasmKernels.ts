import { ConfigError } from '@astertrade/core'
import type { Kernels } from '../kernels.js'
import { fromBase64 } from './fromBase64.js'
import { kernels } from './kernels.js'
import { type WebAssemblyMemory, webAssembly } from './webAssembly.js'

type Call = (...places: number[]) => void
const pageBytes = 65_536
let compiled: object | undefined

/**
 * The kernels as WebAssembly with 128-bit SIMD, compiled at the first call. The arena has a memory of its own.
 *
 * @throws ConfigError with code `BACKEND` if the engine has no WebAssembly with SIMD, or not enough memory.
 */
export function wasmKernels(length: number): Kernels {
  const { memory, calls } = instantiateKernels(length * 4)
  const bytes = (place: number): number => place << 2
  return {
    arena: new Float32Array(memory.buffer, 0, length),
    multiply(a, aRow, aTerm, b, bRow, bias, c, cRow, rows, terms, columns) {
      calls.multiply!(
        a << 2,
        aRow << 2,
        aTerm << 2,
        b << 2,
        bRow << 2,
        bias << 2,
        c << 2,
        cRow << 2,
        rows,
        terms,
        columns,
      )
    },
    relu: (at, count) => calls.relu!(bytes(at), count),
    reluBack: (result, gradient, count) => calls.reluBack!(bytes(result), bytes(gradient), count),
    tanh: (at, count) => calls.tanh!(bytes(at), count),
    tanhBack: (result, gradient, count) => calls.tanhBack!(bytes(result), bytes(gradient), count),
    softmax: (at, row, rows, outputs) => calls.softmax!(bytes(at), bytes(row), rows, outputs),
    sumRows: (from, row, rows, columns, to) => calls.sumRows!(bytes(from), bytes(row), rows, columns, bytes(to)),
    transpose: (from, fromRow, rows, outputs, to, toRow) =>
      calls.transpose!(bytes(from), bytes(fromRow), rows, outputs, bytes(to), bytes(toRow)),
    adam(parameters, gradients, first, second, ...settings) {
      calls.adam!(bytes(parameters), bytes(gradients), bytes(first), bytes(second), ...settings)
    },
  }
}

/**
 * The compiled kernels by name, over a memory of their own with room for so many bytes.
 *
 * @throws ConfigError with code `BACKEND` if the engine has no WebAssembly with SIMD, or not enough memory.
 */
export function instantiateKernels(bytes: number): {
  readonly memory: WebAssemblyMemory
  readonly calls: Readonly<Record<string, Call>>
} {
  try {
    if (!webAssembly) throw new Error('there is no WebAssembly')
    compiled ??= new webAssembly.Module(fromBase64(kernels))
    const { memory, ...calls } = new webAssembly.Instance(compiled).exports as Record<string, Call> & {
      memory: WebAssemblyMemory
    }
    memory.grow(Math.ceil(bytes / pageBytes))
    return { memory, calls }
  } catch (cause) {
    throw new ConfigError(`The SIMD kernels do not start: ${(cause as Error).message}.`, {
      code: 'BACKEND',
      hints: ['The backend js gives the same numbers, more slowly.'],
      cause,
    })
  }
}
