import type { RandomStream } from '@astertrade/core'
import type { DenseLayer, Network } from '../backends/network.js'
import type { LayerShape } from './networkLayout.js'

/**
 * A network with weights from -√(6 / (inputs + outputs)) to +√(6 / (inputs + outputs)), each equally likely, and no bias.
 *
 * Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010), equation 16.
 */
export function randomNetwork(shapes: readonly LayerShape[], random: RandomStream): Network {
  return {
    kind: 'network',
    layers: shapes.map((shape): DenseLayer => {
      const { inputs, outputs } = shape
      const bound = Math.sqrt(6 / (inputs + outputs))
      const weights = Float32Array.from({ length: inputs * outputs }, () => (2 * random.uniform() - 1) * bound)
      return { ...shape, weights, bias: new Float32Array(outputs) }
    }),
  }
}
