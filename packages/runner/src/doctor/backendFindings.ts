import { type Backend, jsBackend, wasmBackend } from '@astertrade/models'
import { onnxBackend } from '@astertrade/models/onnx'
import { tfjsBackend } from '@astertrade/models/tfjs'
import type { Finding } from './checkup.js'

/** Those that models need; every machine has them. */
const needed: readonly Backend[] = [wasmBackend(), jsBackend()]
const optional: readonly Backend[] = [
  ...(['cpu', 'webgpu', 'cuda', 'tensorrt'] as const).map((provider) => onnxBackend({ provider, timeoutMs: 20_000 })),
  tfjsBackend(),
]

/** Asks every backend of the models whether it works on this machine. One that is optional and absent is fine. */
export async function backendFindings(): Promise<readonly Finding[]> {
  return Promise.all([...needed, ...optional].map(findingOf))
}

async function findingOf(backend: Backend): Promise<Finding> {
  const probe = await backend.probe()
  if (probe.ok) return { name: backend.id, status: 'ok', detail: probe.device }
  const [reason] = probe.reason.split('\n')
  if (needed.includes(backend)) return { name: backend.id, status: 'failure', detail: reason! }
  return { name: backend.id, status: 'ok', detail: `not used, and not needed: ${reason}` }
}
