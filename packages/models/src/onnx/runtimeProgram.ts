/** What a worker of ONNX Runtime is started with. */
export interface RuntimeSettings {
  /** Path of the module that is loaded as ONNX Runtime. */
  readonly module: string
  readonly model: Uint8Array
  readonly provider: string
  /** Threads inside one operator. */
  readonly threads: number
}

/** A tensor on its way from the worker. */
export interface RuntimeTensor {
  readonly data: Float32Array
  readonly shape: readonly number[]
}

/** Tensors by name. */
export type RuntimeTensors = Readonly<Record<string, RuntimeTensor>>

/** A tensor on its way to the worker: float32, or int64 as the ids of words are. */
export interface FedTensor {
  readonly data: Float32Array | BigInt64Array
  readonly shape: readonly number[]
}

/** Fed tensors by name. */
export type FedTensors = Readonly<Record<string, FedTensor>>

/** What the worker is asked: tensors to feed and the names of what is wanted. */
export interface RuntimeRequest {
  readonly id: number
  readonly feeds: FedTensors
  readonly wanted: readonly string[]
}

/** What the worker answers; request 0 is the start. */
export type RuntimeAnswer =
  | { readonly id: number; readonly ok: true; readonly version: string; readonly tensors: RuntimeTensors }
  | { readonly id: number; readonly ok: false; readonly reason: string }

interface Port {
  postMessage(answer: RuntimeAnswer, transfer?: readonly ArrayBufferLike[]): void
  on(event: 'message', take: (request: RuntimeRequest) => void): void
}

interface RuntimeModule {
  readonly env?: { readonly versions?: { readonly node?: string } }
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object, wanted: readonly string[]): Promise<object> }>
  }
  readonly Tensor: new (
    type: 'float32' | 'int64',
    data: Float32Array | BigInt64Array,
    shape: readonly number[],
  ) => unknown
}

interface LoadedTensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/**
 * The program of the worker: loads ONNX Runtime and one model, then answers requests one after another.
 *
 * Its text is what the worker runs, so that no second file has to be found beside a bundle; it therefore uses nothing from outside
 * but its arguments.
 */
export function runtimeProgram(port: Port, settings: RuntimeSettings, load: (path: string) => unknown): void {
  const textOf = (error: unknown): string =>
    String((error as { message?: unknown } | null)?.message ?? error).slice(0, 500)
  const open = async (): Promise<(request: RuntimeRequest) => Promise<void>> => {
    const { InferenceSession, Tensor, env } = load(settings.module) as RuntimeModule
    const session = await InferenceSession.create(settings.model, {
      // Alone: a list of providers falls back in silence, or throws.
      executionProviders: [settings.provider],
      intraOpNumThreads: settings.threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    })
    port.postMessage({ id: 0, ok: true, version: env?.versions?.node ?? 'unknown', tensors: {} })
    return async ({ id, feeds, wanted }) => {
      const inputs: Record<string, unknown> = {}
      for (const [name, { data, shape }] of Object.entries(feeds)) {
        inputs[name] = new Tensor(data instanceof Float32Array ? 'float32' : 'int64', data, shape)
      }
      const outputs = (await session.run(inputs, wanted)) as Record<string, LoadedTensor>
      const tensors: Record<string, RuntimeTensor> = {}
      for (const name of wanted) tensors[name] = { data: outputs[name]!.data.slice(), shape: [...outputs[name]!.dims] }
      port.postMessage(
        { id, ok: true, version: '', tensors },
        Object.values(tensors).map(({ data }) => data.buffer),
      )
    }
  }
  const opened = open()
  let last: Promise<void> = opened.then(
    () => {},
    (error) => port.postMessage({ id: 0, ok: false, reason: textOf(error) }),
  )
  port.on('message', (request) => {
    last = last
      .then(async () => (await opened)(request))
      .catch((error) => port.postMessage({ id: request.id, ok: false, reason: textOf(error) }))
  })
}
