import { checkGolden } from '../checkGolden.js'
import type { Backend, Servable } from './backend.js'
import type { SyncSession } from './syncSession.js'

/** Largest difference of golden rows, relative above 1: both kernels give the same bits, other makers of models need not. */
const tolerance = 1e-5

/** Proves that a kernel starts. */
const smallest: Servable = {
  kind: 'network',
  layers: [{ inputs: 1, outputs: 1, activation: 'linear', weights: Float32Array.of(1), bias: Float32Array.of(0) }],
}

/** A backend whose sessions answer at once. */
export function kernelBackend(id: 'js' | 'wasm', open: (model: Servable) => SyncSession): Backend {
  return {
    id,
    async probe() {
      try {
        const session = open(smallest)
        session.dispose()
        return { ok: true, device: session.device }
      } catch (error) {
        return { ok: false, reason: (error as Error).message }
      }
    },
    async load(model, golden) {
      const session = open(model)
      if (golden !== undefined) checkGolden(session, golden, tolerance)
      return session
    },
  }
}
