import type { Backend, Session } from '../backends/backend.js'
import { checkNetwork } from '../backends/checkNetwork.js'
import type { Activation, Network } from '../backends/network.js'
import { awaitGolden } from '../checkGolden.js'
import { type LoadedTfjs, type LoadTfjsOptions, loadTfjs, type Tfjs, type TfTensor } from './loadTfjs.js'
import { tfjsError } from './tfjsError.js'
import { tensorSession } from './tfjsSession.js'

/** Largest difference of golden rows, relative above 1; on a GPU, sums run in another order. */
const tolerance = 1e-3

/**
 * TensorFlow.js as a backend for networks, for users who have it anyway; nothing else needs it.
 *
 * @example
 * await tfjsBackend().probe() // => { ok: true, device: '@tensorflow/tfjs cpu' }
 */
export function tfjsBackend(options: LoadTfjsOptions = {}): Backend {
  return {
    id: 'tfjs',
    async probe() {
      try {
        const { device } = await loadTfjs(options)
        return { ok: true, device }
      } catch (error) {
        return { ok: false, reason: (error as Error).message }
      }
    },
    async load(model, golden) {
      if (model.kind === 'trees') throw tfjsError('it serves networks, no trees')
      checkNetwork(model)
      const session = networkSession(await loadTfjs(options), model)
      try {
        if (golden !== undefined) await awaitGolden(session, golden, tolerance)
        return session
      } catch (error) {
        session.dispose()
        throw error
      }
    },
  }
}

function networkSession(tfjs: LoadedTfjs, { layers }: Network): Session {
  const { tf } = tfjs
  const parameters = layers.map(({ inputs, outputs, weights, bias, activation }) => ({
    weights: tf.tensor2d(weights, [inputs, outputs]),
    bias: tf.tensor1d(bias),
    activation,
  }))
  return tensorSession({
    tfjs,
    inputs: layers[0]!.inputs,
    outputs: layers.at(-1)!.outputs,
    predict: (x) =>
      parameters.reduce(
        (from, layer) => activate(tf, layer.activation, tf.add(tf.matMul(from, layer.weights), layer.bias)),
        x,
      ),
    end() {
      for (const { weights, bias } of parameters) {
        weights.dispose()
        bias.dispose()
      }
    },
  })
}

function activate(tf: Tfjs, activation: Activation, sums: TfTensor): TfTensor {
  return activation === 'linear' ? sums : tf[activation](sums)
}
