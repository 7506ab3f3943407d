import { backendError } from './backendError.js'
import { requirePlace } from './requirePlace.js'
import { processHost, type RuntimeHost, type RuntimeListener, workerHost } from './runtimeHost.js'
import { runtimeModule } from './runtimeModule.js'
import type { FedTensors, RuntimeAnswer, RuntimeRequest, RuntimeSettings, RuntimeTensors } from './runtimeProgram.js'

/** ONNX Runtime with one model beside us: its `run` blocks the thread it is called on, so that thread is not ours. */
export interface Runtime {
  /** Version of ONNX Runtime. */
  readonly version: string
  /**
   * Computes the wanted outputs. The fed arrays are copied.
   *
   * @throws ConfigError with code `BACKEND` if the runtime throws, takes too long, or has ended.
   */
  run(feeds: FedTensors, wanted: readonly string[]): Promise<RuntimeTensors>
  /** Ends it; what is still running is refused. */
  dispose(): void
}

/** What `startRuntime` takes. */
export interface RuntimeOptions extends Omit<RuntimeSettings, 'module'> {
  /** Module in place of `onnxruntime-node`, by path. */
  readonly module: string | undefined
  /** Longest wait for an answer, in milliseconds. */
  readonly timeoutMs: number
  readonly place: 'worker' | 'process'
}

/** Where in ONNX Runtime's sources an assertion failed; what it means follows. */
const sourcePlace = /^\/onnxruntime_src\/.* was false\. /s

type Good = RuntimeAnswer & { readonly ok: true }

interface Waiting {
  readonly resolve: (answer: Good) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/**
 * Starts ONNX Runtime with a model.
 *
 * @throws ConfigError with code `BACKEND` if it is not installed or does not take the model or the provider.
 */
export async function startRuntime({ timeoutMs, module, place, ...options }: RuntimeOptions): Promise<Runtime> {
  requirePlace(place)
  const settings: RuntimeSettings = { ...options, module: runtimeModule(module, options.provider) }
  const waiting = new Map<number, Waiting>()
  let ended: string | undefined
  const listener: RuntimeListener = {
    answered: (answer) => settle(waiting, answer, host),
    ended(reason) {
      ended ??= reason
      for (const { reject, timer } of waiting.values()) {
        clearTimeout(timer)
        reject(backendError(ended))
      }
      waiting.clear()
      host.end()
    },
  }
  const host = place === 'process' ? processHost(settings, listener) : workerHost(settings, listener)
  const wait = (id: number): Promise<Good> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => listener.ended(`it gave no answer within ${timeoutMs} ms`), timeoutMs)
      waiting.set(id, { resolve, reject, timer })
      host.hold(true)
    })
  const { version } = await wait(0).catch((error: unknown) => {
    listener.ended('it did not start')
    throw error
  })
  let requests = 0
  return {
    version,
    async run(feeds, wanted) {
      if (ended !== undefined) throw backendError(ended)
      const request: RuntimeRequest = { id: ++requests, feeds, wanted }
      const answer = wait(request.id)
      host.post(request)
      return (await answer).tensors
    },
    dispose: () => listener.ended('the session is disposed'),
  }
}

function settle(waiting: Map<number, Waiting>, answer: RuntimeAnswer, host: RuntimeHost): void {
  const entry = waiting.get(answer.id)
  if (entry === undefined) return
  waiting.delete(answer.id)
  clearTimeout(entry.timer)
  // An idle runtime keeps no program alive.
  if (waiting.size === 0) host.hold(false)
  if (answer.ok) entry.resolve(answer)
  else entry.reject(backendError(answer.reason.replace(sourcePlace, '').trim()))
}
