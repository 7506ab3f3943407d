import type { Backend, Session } from '../src/backends/backend.js'
import { jsSession } from '../src/backends/js/jsSession.js'
import type { Network } from '../src/backends/network.js'
import { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from '../src/network/trainNetwork.js'
import type { OnnxProvider } from '../src/onnx/onnxProvider.js'
import { trainOnnx } from '../src/onnx/trainOnnx.js'

/** A backend that served all rows, and trained where it can. */
export interface CheckedBackend {
  readonly kind: 'checked'
  readonly backend: string
  readonly device: string
  /** Median time of each batch, in ms; nothing where it was left out. */
  readonly times: readonly (number | undefined)[]
  /** Largest difference of an output to the plain reference. */
  readonly difference: number
  readonly trainMs: number | undefined
  readonly lossDifference: number | undefined
}

/** A backend whose probe went well and that failed afterwards. */
export interface FailedBackend {
  readonly kind: 'failed'
  readonly backend: string
  readonly device: string
  readonly reason: string
}

/** A backend that is not here, and why. */
export interface AbsentBackend {
  readonly kind: 'absent'
  readonly backend: string
  readonly reason: string
}

/** What came of a backend. */
export type BackendCheck = CheckedBackend | FailedBackend | AbsentBackend

/** What a backend is asked to do. */
export interface BackendTask {
  readonly network: Network
  /** Rows for the largest batch. */
  readonly x: Float32Array
  /** Numbers of rows, ascending. */
  readonly batches: readonly number[]
  readonly training: TrainNetworkOptions
  /** What the training comes to by the kernels. */
  readonly reference: TrainedNetwork
}

/** Where a batch took longer, in ms, the larger ones are left out: a driver in software. */
const slowMs = 100
const rounds = 5
const timeoutMs = 300_000

/** Probes a backend, lets it serve and train, and compares both with the CPU; whatever fails is a value, so that the next is checked. */
export async function checkBackend(backend: Backend, task: BackendTask): Promise<BackendCheck> {
  const { id } = backend
  const probe = await backend.probe()
  if (!probe.ok) return { kind: 'absent', backend: id, reason: firstLine(probe.reason) }
  const { device } = probe
  try {
    const session = await backend.load(task.network)
    try {
      return { kind: 'checked', backend: id, device, ...(await serve(session, task)), ...(await train(id, task)) }
    } finally {
      session.dispose()
    }
  } catch (error) {
    return { kind: 'failed', backend: id, device, reason: firstLine((error as Error).message) }
  }
}

async function serve(
  session: Session,
  { network, x, batches }: BackendTask,
): Promise<Pick<CheckedBackend, 'times' | 'difference'>> {
  const { outputs } = session
  const expected = new Float32Array(batches.at(-1)! * outputs)
  jsSession(network).runSync(x, batches.at(-1)!, expected)
  const times: (number | undefined)[] = []
  let difference = 0
  for (const rows of batches) {
    const last = times.at(-1)
    if (times.length > 0 && (last === undefined || last > slowMs)) {
      times.push(undefined)
      continue
    }
    const out = new Float32Array(rows * outputs)
    const spent: number[] = []
    for (let round = 0; round <= rounds; round++) spent.push((await timed(() => session.run(x, rows, out)))[0])
    // The first compiles and is not counted.
    times.push(spent.slice(1).sort((a, b) => a - b)[rounds >> 1])
    for (const [index, value] of out.entries()) difference = Math.max(difference, Math.abs(value - expected[index]!))
  }
  return { times, difference }
}

async function train(
  id: string,
  { training, reference }: BackendTask,
): Promise<Pick<CheckedBackend, 'trainMs' | 'lossDifference'>> {
  const providers: Readonly<Record<string, OnnxProvider>> = { 'ort-cpu': 'cpu', webgpu: 'webgpu', cuda: 'cuda' }
  const provider = providers[id]
  const own = id === 'js' || id === 'wasm'
  if (provider === undefined && !own) return { trainMs: undefined, lossDifference: undefined }
  const [trainMs, trained] = await timed(async () =>
    provider === undefined
      ? trainNetwork({ ...training, backend: id as 'js' | 'wasm' })
      : trainOnnx({ ...training, provider, timeoutMs }),
  )
  return { trainMs, lossDifference: Math.abs(trained.trainLoss - reference.trainLoss) }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const from = performance.now()
  const result = await work()
  return [performance.now() - from, result]
}

function firstLine(text: string): string {
  return text.split('\n')[0]!
}
