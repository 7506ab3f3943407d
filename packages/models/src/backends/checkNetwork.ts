import { ConfigError } from '@astertrade/core'
import type { DenseLayer, Network } from './network.js'

const activations: readonly string[] = ['linear', 'relu', 'tanh', 'softmax']

/**
 * Checks that a network can be computed: sizes that fit, known activations, softmax last only, finite numbers.
 *
 * @throws ConfigError with code `BACKEND` if not.
 */
export function checkNetwork({ layers }: Network): void {
  if (layers.length === 0) throw wrong('A network has no layer.')
  for (const [index, layer] of layers.entries()) {
    const where = `Layer ${index} of a network`
    checkSizes(where, layer)
    const before = layers[index - 1]
    if (before && before.outputs !== layer.inputs) {
      throw wrong(`${where} takes "${layer.inputs}" numbers and is given "${before.outputs}".`)
    }
    if (!activations.includes(layer.activation))
      throw wrong(`${where} has an unknown activation "${layer.activation}".`)
    if (layer.activation === 'softmax' && index < layers.length - 1) throw wrong(`${where} is no last one: "softmax".`)
    for (const values of [layer.weights, layer.bias]) {
      const bad = values.find((value) => !Number.isFinite(value))
      if (bad !== undefined) throw wrong(`${where} holds "${bad}".`)
    }
  }
}

function checkSizes(where: string, { inputs, outputs, weights, bias }: DenseLayer): void {
  for (const size of [inputs, outputs]) {
    if (!Number.isSafeInteger(size) || size < 1) throw wrong(`${where} has the size "${size}".`)
  }
  if (weights.length !== inputs * outputs) {
    throw wrong(`${where} has "${weights.length}" weights for ${inputs} x ${outputs}.`)
  }
  if (bias.length !== outputs) throw wrong(`${where} has "${bias.length}" biases for ${outputs} outputs.`)
}

function wrong(message: string): ConfigError {
  return new ConfigError(message, { code: 'BACKEND' })
}
