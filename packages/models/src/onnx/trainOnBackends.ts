import type { BackendId } from '../backends/backend.js'
import type { Fallback } from '../backends/backendChain.js'
import type { TrainingHooks } from '../modelKind.js'
import { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from '../network/trainNetwork.js'
import { type OnnxProvider, onnxProvider } from './onnxProvider.js'
import { type TrainOnnxOptions, trainOnnx } from './trainOnnx.js'

/** What `trainOnBackends` takes. */
export interface TrainOnBackendsOptions extends Omit<TrainNetworkOptions, 'backend'> {
  /** Providers of ONNX Runtime in the order in which they are tried (default cuda, webgpu, cpu); our kernels stand behind them. */
  readonly providers?: readonly OnnxProvider[]
  /** Path of a module in place of `onnxruntime-node`. */
  readonly module?: string
}

/** A trained network, and what trained it. */
export interface TrainedOnBackend extends TrainedNetwork {
  readonly backend: BackendId
  /** What was passed over or given up before, and why. */
  readonly fallbacks: readonly Fallback[]
}

const defaultProviders: readonly OnnxProvider[] = ['cuda', 'webgpu', 'cpu']

/**
 * Trains a classifier on the first backend that works: each provider of ONNX Runtime alone, then our own kernels in WebAssembly. One
 * that fails in the middle, or whose losses are no numbers, is given up, and the next one starts again from the beginning.
 *
 * @throws ConfigError as `trainNetwork`: a training that is wrong or cancelled is not tried again, and one that diverges does so on our
 * kernels as well.
 */
export async function trainOnBackends(
  options: TrainOnBackendsOptions,
  hooks: Pick<TrainingHooks, 'report' | 'cancelled'> = {},
): Promise<TrainedOnBackend> {
  const { providers = defaultProviders, ...training } = options
  const fallbacks: Fallback[] = []
  for (const provider of providers) {
    const { id } = onnxProvider(provider)
    const request: TrainOnnxOptions = { ...training, provider }
    try {
      return { ...(await trainOnnx(request, hooks)), backend: id, fallbacks }
    } catch (error) {
      const { code, message } = error as { readonly code?: unknown; readonly message: string }
      if (code !== 'BACKEND' && code !== 'DIVERGED') throw error
      fallbacks.push({ backend: id, reason: message.split('\n')[0]! })
    }
  }
  return { ...trainNetwork(training, hooks), backend: 'wasm', fallbacks }
}
