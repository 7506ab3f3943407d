import { createRandom } from '@astertrade/core'
import type { DenseLayer, Network } from '../backends/network.js'

/** What a network says of one row, in doubles and by the library's functions: the definition, for comparison. */
export function plainForward({ layers }: Network, row: readonly number[]): number[] {
  return layers.reduce<number[]>((x, layer) => activated(layer, sums(layer, x)), [...row])
}

function sums({ inputs, outputs, weights, bias }: DenseLayer, x: readonly number[]): number[] {
  return Array.from({ length: outputs }, (_, o) => {
    let sum = bias[o]!
    for (let i = 0; i < inputs; i++) sum += x[i]! * weights[i * outputs + o]!
    return sum
  })
}

function activated({ activation }: DenseLayer, z: number[]): number[] {
  if (activation === 'relu') return z.map((value) => Math.max(0, value))
  if (activation === 'tanh') return z.map(Math.tanh)
  if (activation === 'linear') return z
  const powers = z.map((value) => Math.exp(value - Math.max(...z)))
  return powers.map((power) => power / powers.reduce((sum, value) => sum + value, 0))
}

/** A network of these sizes with random numbers in it. */
export function anyNetwork(
  sizes: readonly number[],
  activations: readonly DenseLayer['activation'][],
  seed: number,
): Network {
  const random = createRandom(seed).stream('network')
  const numbers = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => random.normal() * scale)
  return {
    kind: 'network',
    layers: activations.map((activation, index) => {
      const [inputs, outputs] = [sizes[index]!, sizes[index + 1]!]
      const scale = 1 / Math.sqrt(inputs)
      return { inputs, outputs, activation, weights: numbers(inputs * outputs, scale), bias: numbers(outputs, 0.3) }
    }),
  }
}
