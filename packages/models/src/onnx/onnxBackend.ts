import type { Backend, Probe, Servable, Session } from '../backends/backend.js'
import { type OnnxProvider, onnxProvider } from './onnxProvider.js'
import { onnxSession } from './onnxSession.js'
import { requirePlace } from './requirePlace.js'
import { writeOnnx } from './writeOnnx.js'

/** What `onnxBackend` takes. */
export interface OnnxBackendOptions {
  readonly provider: OnnxProvider
  /** Threads inside one operator (default 1: for small networks two threads multiply the slowest answers). */
  readonly threads?: number
  /** Path of a module in place of `onnxruntime-node`, such as a build of one's own. */
  readonly module?: string
  /** Longest wait for an answer, in milliseconds (default 60000); the session then ends. */
  readonly timeoutMs?: number
  /**
   * Where it runs (default `worker`; a probe uses a `process`). A process costs a copy of each tensor, and lives apart: a driver
   * that crashes ends it and not the program.
   */
  readonly place?: 'worker' | 'process'
}

/** Proves that a provider computes: y = softmax of 2x + 1. */
const probeModel: Servable = {
  kind: 'network',
  layers: [
    {
      inputs: 2,
      outputs: 2,
      activation: 'softmax',
      weights: Float32Array.of(2, 0, 0, 2),
      bias: Float32Array.of(1, 1),
    },
  ],
}
const probeGolden = { inputs: [[0, 0.5]], outputs: [[0.2689414213699951, 0.7310585786300049]] }

/**
 * ONNX Runtime as a backend, one provider alone: where that one does not work, it says why and never falls back by itself.
 *
 * Everything runs in a worker or a process, since ONNX Runtime blocks the thread that calls it. A session has one of its own.
 * Its numbers differ from `js` and `wasm` in the last bits, so it serves outside the step of the engine.
 *
 * @throws ConfigError with code `BACKEND` if the provider is none of `cpu`, `webgpu`, `cuda` and `tensorrt`, or the place neither
 * `worker` nor `process`.
 * @example
 * const probe = await onnxBackend({ provider: 'cpu' }).probe()
 * probe.ok // => true
 */
export function onnxBackend(options: OnnxBackendOptions): Backend {
  const { id } = onnxProvider(options.provider)
  requirePlace(options.place)
  return {
    id,
    probe: () =>
      probeBy(() => onnxSession({ place: 'process', ...options, bytes: writeOnnx(probeModel), golden: probeGolden })),
    load: (model, golden) => onnxSession({ ...options, bytes: writeOnnx(model), ...(golden ? { golden } : {}) }),
  }
}

async function probeBy(load: () => Promise<Session>): Promise<Probe> {
  try {
    const session = await load()
    session.dispose()
    return { ok: true, device: session.device }
  } catch (error) {
    return { ok: false, reason: (error as Error).message.split('\n')[0]! }
  }
}
