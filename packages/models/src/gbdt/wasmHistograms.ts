import { instantiateKernels } from '../backends/wasm/wasmKernels.js'
import { featureStride, type HistogramSizes, type Histograms } from './histogram.js'

/**
 * Histograms by the SIMD kernel, which adds gradient and hessian in one step.
 *
 * @throws ConfigError with code `BACKEND` if the engine has no WebAssembly with SIMD, or not enough memory.
 */
export function wasmHistograms({ rows, columns, train, histograms }: HistogramSizes): Histograms {
  const width = columns * featureStride * 8
  // Pairs of doubles first, so that all lie on multiples of 16.
  const slopesAt = histograms * width
  const orderAt = slopesAt + train * 16
  const binsAt = orderAt + train * 4
  const { memory, calls } = instantiateKernels(binsAt + rows * columns)
  const all = Array.from(
    { length: histograms },
    (_, index) => new Float64Array(memory.buffer, index * width, columns * featureStride),
  )
  return {
    bins: new Uint8Array(memory.buffer, binsAt, rows * columns),
    order: new Int32Array(memory.buffer, orderAt, train),
    slopes: new Float64Array(memory.buffer, slopesAt, 2 * train),
    all,
    sum(from, count, into) {
      all[into]!.fill(0)
      calls.sumHistogram!(binsAt, rows, columns, orderAt + from * 4, slopesAt, count, into * width)
    },
  }
}
