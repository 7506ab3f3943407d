import type { Network } from '../backends/network.js'
import { type SyncSession, syncSession } from '../backends/syncSession.js'
import { wasmSession } from '../backends/wasm/wasmSession.js'

/** A session that gives the mean of what several policies say. */
export function policySession(policies: readonly Network[]): SyncSession {
  const sessions = policies.map((policy) => wasmSession(policy))
  const { inputs, outputs, backend, device } = sessions[0]!
  let said = new Float32Array(0)
  return syncSession({
    backend,
    device,
    inputs,
    outputs,
    compute(x, rows, out) {
      const count = rows * outputs
      if (said.length < count) said = new Float32Array(count)
      for (let index = 0; index < sessions.length; index++) {
        sessions[index]!.runSync(x, rows, said)
        for (let at = 0; at < count; at++) out[at] = (index === 0 ? 0 : out[at]!) + said[at]! / sessions.length
      }
    },
  })
}
