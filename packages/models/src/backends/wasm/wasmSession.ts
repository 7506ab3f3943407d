import type { Network } from '../network.js'
import { networkSession } from '../networkSession.js'
import type { SyncSession } from '../syncSession.js'
import { wasmKernels } from './wasmKernels.js'

/**
 * Serves a network by the SIMD kernels, without waiting and without allocation; the same bits as `jsSession` and on any machine.
 *
 * @throws ConfigError with code `BACKEND` if the network is none, or the engine has no WebAssembly with SIMD.
 * @example
 * const weights = Float32Array.of(1, 2)
 * const session = wasmSession({
 *   kind: 'network',
 *   layers: [{ inputs: 2, outputs: 1, activation: 'linear', weights, bias: Float32Array.of(0.5) }],
 * })
 * const out = new Float32Array(1)
 * session.runSync(Float32Array.of(3, 4), 1, out)
 * out[0] // => 11.5
 */
export function wasmSession(network: Network): SyncSession {
  return networkSession(network, { backend: 'wasm', device: 'SIMD, 128 bits', makeKernels: wasmKernels })
}
