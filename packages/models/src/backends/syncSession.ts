import { ConfigError } from '@astertrade/core'
import type { BackendId, Session } from './backend.js'
import { requireRoom } from './requireRoom.js'

/** A session that answers without waiting. */
export interface SyncSession extends Session {
  runSync(x: Float32Array, rows: number, out: Float32Array): void
}

/** What a session computes and with what. */
export interface SyncSessionOptions {
  readonly backend: BackendId
  readonly device: string
  readonly inputs: number
  readonly outputs: number
  /** Computes rows whose sizes are right. */
  compute(x: Float32Array, rows: number, out: Float32Array): void
}

/** A session around a computation: it checks what it is given, and refuses when it has been disposed of. */
export function syncSession({ backend, device, inputs, outputs, compute }: SyncSessionOptions): SyncSession {
  let open = true
  const sizes = { inputs, outputs }
  const runSync = (x: Float32Array, rows: number, out: Float32Array): void => {
    if (!open) throw new ConfigError(`The session of backend ${backend} was disposed of.`, { code: 'BACKEND' })
    requireRoom(sizes, x, rows, out)
    compute(x, rows, out)
  }
  return {
    backend,
    device,
    inputs,
    outputs,
    runSync,
    run: async (x, rows, out) => runSync(x, rows, out),
    dispose() {
      open = false
    },
  }
}
