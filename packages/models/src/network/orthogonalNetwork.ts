import type { RandomStream } from '@astertrade/core'
import type { DenseLayer, Network } from '../backends/network.js'
import type { LayerShape } from './networkLayout.js'

/**
 * A network whose layers start as orthogonal matrices times a gain, without bias, which keeps the length of what passes through.
 *
 * Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks (2014); the
 * orthogonal factor of a normal matrix by the modified Gram-Schmidt process, along the shorter side.
 *
 * @param gains - One for each layer, such as √2 for hidden ones.
 */
export function orthogonalNetwork(
  shapes: readonly LayerShape[],
  gains: readonly number[],
  random: RandomStream,
): Network {
  return {
    kind: 'network',
    layers: shapes.map((shape, index): DenseLayer => {
      const { inputs, outputs } = shape
      const weights = new Float32Array(inputs * outputs)
      const vectors = orthonormal(Math.min(inputs, outputs), Math.max(inputs, outputs), random)
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          const value = inputs < outputs ? vectors[i]![o]! : vectors[o]![i]!
          weights[i * outputs + o] = gains[index]! * value
        }
      }
      return { ...shape, weights, bias: new Float32Array(outputs) }
    }),
  }
}

/** So many orthogonal vectors of length 1. */
function orthonormal(count: number, size: number, random: RandomStream): Float64Array[] {
  const vectors: Float64Array[] = []
  for (let index = 0; index < count; index++) {
    const vector = Float64Array.from({ length: size }, () => random.normal())
    for (const other of vectors) {
      const share = dot(vector, other)
      for (let i = 0; i < size; i++) vector[i] = vector[i]! - share * other[i]!
    }
    const length = Math.sqrt(dot(vector, vector))
    vectors.push(vector.map((value) => value / length))
  }
  return vectors
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
