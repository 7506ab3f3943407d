import { forward } from '../network/forward.js'
import { networkLayout } from '../network/networkLayout.js'
import { writeParameters } from '../network/parameters.js'
import type { BackendId } from './backend.js'
import { checkNetwork } from './checkNetwork.js'
import type { Kernels } from './kernels.js'
import type { Network } from './network.js'
import { type SyncSession, syncSession } from './syncSession.js'

/** Rows computed at once: their activations stay in the cache nearest to the processor. */
const rowsAtOnce = 64

/** What computes a network: the kernels, and the name under which it is reported. */
export interface NetworkBackend {
  readonly backend: BackendId
  readonly device: string
  makeKernels(length: number): Kernels
}

/**
 * A session that computes a network on kernels.
 *
 * @throws ConfigError with code `BACKEND` if the network is none, or the kernels do not start.
 */
export function networkSession(network: Network, { backend, device, makeKernels }: NetworkBackend): SyncSession {
  checkNetwork(network)
  const layout = networkLayout(network.layers, rowsAtOnce)
  const kernels = makeKernels(layout.length)
  const { arena } = kernels
  writeParameters(arena, layout, network)
  const inputs = network.layers[0]!.inputs
  const outputs = network.layers.at(-1)!.outputs
  const { input, output, outputRow } = layout
  return syncSession({
    backend,
    device,
    inputs,
    outputs,
    compute(x, rows, out) {
      for (let from = 0; from < rows; from += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows - from)
        const read = from * inputs
        for (let i = 0; i < count * inputs; i++) arena[input + i] = x[read + i]!
        forward(kernels, layout, count)
        for (let row = 0; row < count; row++) {
          const write = (from + row) * outputs
          for (let o = 0; o < outputs; o++) out[write + o] = arena[output + row * outputRow + o]!
        }
      }
    },
  })
}
