import { ConfigError } from '@astertrade/core'
import type { Backend } from './backend.js'
import { kernelBackend } from './kernelBackend.js'
import { wasmSession } from './wasm/wasmSession.js'

/** Our own kernels in WebAssembly: they serve networks on any machine. */
export function wasmBackend(): Backend {
  return kernelBackend('wasm', (model) => {
    if (model.kind === 'network') return wasmSession(model)
    throw new ConfigError('The backend wasm serves networks, no trees.', {
      code: 'BACKEND',
      hints: ['Trees are served by js, where packed nodes are as fast.'],
    })
  })
}
