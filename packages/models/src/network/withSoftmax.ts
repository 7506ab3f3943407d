import type { Network } from '../backends/network.js'

/** The network with a softmax at its end, to be served; it was trained on the sums before it. */
export function withSoftmax({ layers }: Network): Network {
  const last = layers.length - 1
  return {
    kind: 'network',
    layers: layers.map((layer, index) => (index === last ? { ...layer, activation: 'softmax' } : layer)),
  }
}
