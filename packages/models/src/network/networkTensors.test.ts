import { expect, it } from 'vitest'
import type { Network } from '../backends/network.js'
import { decodeTensors, encodeTensors, type Tensor } from '../tensors.js'
import { networkOf, networkTensors } from './networkTensors.js'

const network: Network = {
  kind: 'network',
  layers: [
    { inputs: 2, outputs: 1, activation: 'relu', weights: Float32Array.of(1, 2), bias: Float32Array.of(3) },
    { inputs: 1, outputs: 2, activation: 'softmax', weights: Float32Array.of(4, 5), bias: Float32Array.of(6, 7) },
  ],
}
const tensors = networkTensors('policy', network)
const without = (name: string, ...more: Tensor[]): Map<string, Tensor> =>
  new Map([...tensors.filter((tensor) => tensor.name !== name), ...more].map((tensor) => [tensor.name, tensor]))

it('gives back the network that was packed', () => {
  expect(networkOf(decodeTensors(encodeTensors(tensors)), 'policy')).toEqual(network)
})

it('refuses what is missing, does not fit, or has an activation nobody knows', () => {
  expect(() => networkOf(without(''), 'value')).toThrow('No network "value" is among the tensors.')
  expect(() => networkOf(without('policy/1/bias'), 'policy')).toThrow('Layer "policy/1" is missing')
  const short = { name: 'policy/1/bias', shape: [1], data: Float32Array.of(6) }
  expect(() => networkOf(without('policy/1/bias', short), 'policy')).toThrow('or its tensors do not fit.')
  const unknown = { name: 'policy/activations', shape: [2], data: Uint8Array.of(1, 9) }
  expect(() => networkOf(without('policy/activations', unknown), 'policy')).toThrow('Layer "policy/1"')
})
