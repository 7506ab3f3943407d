import { artifactError } from '../artifactError.js'
import type { Activation, DenseLayer, Network } from '../backends/network.js'
import type { Tensor } from '../tensors.js'

const activations: readonly Activation[] = ['linear', 'relu', 'tanh', 'softmax']
const layersMax = 64

/** The layers of a network as tensors whose names begin with `prefix`, to be kept in an artifact. */
export function networkTensors(prefix: string, { layers }: Network): Tensor[] {
  const kinds = Uint8Array.from(layers, ({ activation }) => activations.indexOf(activation))
  return [
    { name: `${prefix}/activations`, shape: [layers.length], data: kinds },
    ...layers.flatMap(({ inputs, outputs, weights, bias }, index): Tensor[] => [
      { name: `${prefix}/${index}/weights`, shape: [inputs, outputs], data: weights },
      { name: `${prefix}/${index}/bias`, shape: [outputs], data: bias },
    ]),
  ]
}

/**
 * The network that `networkTensors` took apart.
 *
 * @throws ConfigError with code `ARTIFACT` if a tensor is missing or of another type or shape.
 */
export function networkOf(tensors: ReadonlyMap<string, Tensor>, prefix: string): Network {
  const kinds = tensors.get(`${prefix}/activations`)?.data
  if (!(kinds instanceof Uint8Array) || kinds.length === 0 || kinds.length > layersMax) {
    throw artifactError(`No network "${prefix}" is among the tensors.`)
  }
  return { kind: 'network', layers: Array.from(kinds, (kind, index) => layerOf(tensors, `${prefix}/${index}`, kind)) }
}

function layerOf(tensors: ReadonlyMap<string, Tensor>, name: string, kind: number): DenseLayer {
  const [weights, bias] = [tensors.get(`${name}/weights`), tensors.get(`${name}/bias`)]
  const [inputs = 0, outputs = 0] = weights?.shape ?? []
  const activation = activations[kind]
  if (
    !(weights?.data instanceof Float32Array && bias?.data instanceof Float32Array) ||
    weights.shape.length !== 2 ||
    bias.data.length !== outputs ||
    activation === undefined
  ) {
    throw artifactError(`Layer "${name}" is missing, or its tensors do not fit.`)
  }
  return { inputs, outputs, activation, weights: weights.data, bias: bias.data }
}
