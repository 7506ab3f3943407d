import type { GoldenRows } from '../artifact.js'
import type { Network } from './network.js'
import type { TreeEnsemble } from './treeEnsemble.js'

/** What can be served by a backend. */
export type Servable = Network | TreeEnsemble

/** What can compute a model. */
export type BackendId = 'js' | 'wasm' | 'ort-cpu' | 'webgpu' | 'cuda' | 'tensorrt' | 'tfjs'

/** Whether a backend works on this machine, and if not, why. */
export type Probe = { readonly ok: true; readonly device: string } | { readonly ok: false; readonly reason: string }

/** A loaded model. Rows lie one after another: `x[row * inputs + i]`, `out[row * outputs + o]`. */
export interface Session {
  readonly backend: BackendId
  readonly device: string
  readonly inputs: number
  readonly outputs: number
  /** Present where an answer needs no waiting: `js` and `wasm`. Allocates nothing. */
  runSync?(x: Float32Array, rows: number, out: Float32Array): void
  run(x: Float32Array, rows: number, out: Float32Array): Promise<void>
  /** Frees what it holds; a second call does nothing, and a run after it throws. */
  dispose(): void
}

/** One way to compute models. */
export interface Backend {
  readonly id: BackendId
  probe(): Promise<Probe>
  /** @throws ConfigError with code `BACKEND` if it cannot serve the model, or its golden rows do not match. */
  load(model: Servable, golden?: GoldenRows): Promise<Session>
}
