import { ConfigError } from '@astertrade/core'
import type { BackendId } from '../backends/backend.js'

/** What ONNX Runtime computes on. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'cuda' | 'tensorrt'

interface ProviderTraits {
  readonly id: BackendId
  /** Largest difference of golden rows, relative above 1. */
  readonly tolerance: number
}

const providers: Readonly<Record<OnnxProvider, ProviderTraits>> = {
  cpu: { id: 'ort-cpu', tolerance: 1e-5 },
  webgpu: { id: 'webgpu', tolerance: 1e-3 },
  cuda: { id: 'cuda', tolerance: 1e-3 },
  tensorrt: { id: 'tensorrt', tolerance: 1e-3 },
}

/**
 * What is known of a provider; ONNX Runtime would serve some unknown names on the CPU in silence.
 *
 * @throws ConfigError with code `BACKEND`.
 */
export function onnxProvider(provider: OnnxProvider): ProviderTraits {
  if (Object.hasOwn(providers, provider)) return providers[provider]
  throw new ConfigError(`Unknown provider ${JSON.stringify(provider)}.`, {
    code: 'BACKEND',
    hints: [`Known: ${Object.keys(providers).join(', ')}.`],
  })
}
