import type { DenseLayer, Network } from '../backends/network.js'
import type { NetworkLayout } from './networkLayout.js'

/** Copies the weights and biases of a network into an arena. */
export function writeParameters(arena: Float32Array, { layers }: NetworkLayout, network: Network): void {
  for (const [index, { inputs, outputs, columns, weights, bias }] of layers.entries()) {
    const layer = network.layers[index]!
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) arena[weights + i * columns + o] = layer.weights[i * outputs + o]!
    }
    arena.set(layer.bias, bias)
  }
}

/** Copies weights and biases out of an arena. */
export function readParameters(arena: Float32Array, { layers }: NetworkLayout): Network {
  const copies = layers.map(({ inputs, outputs, columns, activation, weights, bias }): DenseLayer => {
    const copy = new Float32Array(inputs * outputs)
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) copy[i * outputs + o] = arena[weights + i * columns + o]!
    }
    return { inputs, outputs, activation, weights: copy, bias: arena.slice(bias, bias + outputs) }
  })
  return { kind: 'network', layers: copies }
}
