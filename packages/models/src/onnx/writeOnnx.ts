import type { Servable } from '../backends/backend.js'
import { checkNetwork } from '../backends/checkNetwork.js'
import { checkTrees } from '../backends/js/checkTrees.js'
import { networkGraph } from './networkGraph.js'
import { encodeGraph } from './onnxGraph.js'
import { treeGraph } from './treeGraph.js'

/**
 * Writes a network or trees as an ONNX file that any runtime reads: opset 17, trees by `ai.onnx.ml` 3, float32 from `x` of
 * shape [rows, inputs] to `y` of shape [rows, outputs].
 *
 * @throws ConfigError with code `BACKEND` if the network or the trees cannot be computed.
 * @example
 * const session = await InferenceSession.create(writeOnnx(network)) // of onnxruntime-node
 */
export function writeOnnx(model: Servable): Uint8Array {
  if (model.kind === 'network') {
    checkNetwork(model)
    return encodeGraph(networkGraph(model))
  }
  checkTrees(model)
  return encodeGraph(treeGraph(model))
}
