import type { Kernels } from '../kernels.js'
import { softmaxSingle } from './softmaxSingle.js'
import { tanhSingle } from './tanhSingle.js'

const { fround } = Math

/** The kernels in plain JavaScript: slow, readable, and what the SIMD kernels are compared with, bit for bit. */
export function jsKernels(length: number): Kernels {
  const arena = new Float32Array(length)
  return {
    arena,
    multiply(a, aRow, aTerm, b, bRow, bias, c, cRow, rows, terms, columns) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = bias === 0 ? 0 : arena[bias + j]!
          for (let l = 0; l < terms; l++) {
            sum = fround(sum + fround(arena[a + i * aRow + l * aTerm]! * arena[b + l * bRow + j]!))
          }
          arena[c + i * cRow + j] = sum
        }
      }
    },
    relu(at, count) {
      for (let i = at; i < at + count; i++) arena[i] = Math.max(arena[i]!, 0)
    },
    reluBack(result, gradient, count) {
      for (let i = 0; i < count; i++) if (!(arena[result + i]! > 0)) arena[gradient + i] = 0
    },
    tanh(at, count) {
      for (let i = at; i < at + count; i++) arena[i] = tanhSingle(arena[i]!)
    },
    tanhBack(result, gradient, count) {
      for (let i = 0; i < count; i++) {
        const y = arena[result + i]!
        arena[gradient + i] = arena[gradient + i]! * fround(1 - fround(y * y))
      }
    },
    softmax(at, row, rows, outputs) {
      for (let i = 0; i < rows; i++) softmaxSingle(arena, at + i * row, outputs)
    },
    sumRows(from, row, rows, columns, to) {
      for (let j = 0; j < columns; j++) {
        let sum = 0
        for (let i = 0; i < rows; i++) sum = fround(sum + arena[from + i * row + j]!)
        arena[to + j] = sum
      }
    },
    transpose(from, fromRow, rows, outputs, to, toRow) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < outputs; j++) arena[to + j * toRow + i] = arena[from + i * fromRow + j]!
      }
    },
    adam(parameters, gradients, first, second, count, ...settings) {
      // A kernel takes its settings as float32.
      const [scale, step, correction, beta1, beta2, epsilon] = settings.map(fround) as typeof settings
      const take1 = fround(1 - beta1)
      const take2 = fround(1 - beta2)
      for (let i = 0; i < count; i++) {
        const gradient = fround(arena[gradients + i]! * scale)
        const m = fround(fround(arena[first + i]! * beta1) + fround(gradient * take1))
        const v = fround(fround(arena[second + i]! * beta2) + fround(fround(gradient * gradient) * take2))
        arena[first + i] = m
        arena[second + i] = v
        const size = fround(fround(fround(Math.sqrt(v)) * correction) + epsilon)
        arena[parameters + i] = arena[parameters + i]! - fround(fround(m * step) / size)
      }
    },
  }
}
