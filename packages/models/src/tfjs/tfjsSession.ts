import type { Session } from '../backends/backend.js'
import { requireRoom } from '../backends/requireRoom.js'
import type { LoadedTfjs, TfTensor } from './loadTfjs.js'
import { tfjsError } from './tfjsError.js'

/** A model of TensorFlow.js, such as `tf.loadLayersModel` and `tf.loadGraphModel` give. */
export interface TfModel {
  readonly inputs: readonly { readonly shape?: readonly (number | null)[] | null }[]
  readonly outputs: readonly { readonly shape?: readonly (number | null)[] | null }[]
  predict(x: never): unknown
  dispose?(): void
}

/** What `tfjsSession` takes. */
export interface TfjsSessionOptions {
  /** What `loadTfjs` gave. */
  readonly tfjs: LoadedTfjs
  /** A model with one input of shape [rows, inputs] and one output of shape [rows, outputs]; `dispose` ends it as well. */
  readonly model: TfModel
}

/**
 * A model of TensorFlow.js as a session. It computes on the thread that calls it, so large batches hold the event loop up; a model
 * that matters is better exported to ONNX.
 *
 * @throws ConfigError with code `BACKEND` if the model has other inputs and outputs.
 * @example
 * const tfjs = await loadTfjs()
 * const session = tfjsSession({ tfjs, model: await tf.loadLayersModel('file://model.json') })
 */
export function tfjsSession({ tfjs, model }: TfjsSessionOptions): Session {
  const [inputs, outputs] = [widthOf('input', model.inputs), widthOf('output', model.outputs)]
  const predict = (x: TfTensor): TfTensor => model.predict(x as never) as TfTensor
  return tensorSession({ tfjs, inputs, outputs, predict, end: () => model.dispose?.() })
}

/** What a session computes on tensors. */
export interface TensorSessionOptions {
  readonly tfjs: LoadedTfjs
  readonly inputs: number
  readonly outputs: number
  predict(x: TfTensor): TfTensor
  end(): void
}

/** A session around a computation on tensors. */
export function tensorSession({ tfjs, inputs, outputs, predict, end }: TensorSessionOptions): Session {
  const { tf, device } = tfjs
  let open = true
  return {
    backend: 'tfjs',
    device,
    inputs,
    outputs,
    async run(x, rows, out) {
      if (!open) throw tfjsError('the session is disposed')
      requireRoom({ inputs, outputs }, x, rows, out)
      if (rows === 0) return
      try {
        const y = tf.tidy(() => predict(tf.tensor2d(x.slice(0, rows * inputs), [rows, inputs])))
        const numbers = await y.data().finally(() => y.dispose())
        if (numbers.length !== rows * outputs)
          throw new RangeError(`it gave ${numbers.length} numbers for ${rows} rows`)
        out.set(numbers)
      } catch (error) {
        throw tfjsError(String((error as Error).message ?? error).split('\n')[0]!)
      }
    },
    dispose() {
      if (open) end()
      open = false
    },
  }
}

function widthOf(what: string, values: TfModel['inputs']): number {
  const shape = values.length === 1 ? values[0]!.shape : undefined
  const width = shape?.length === 2 ? shape[1] : undefined
  if (typeof width === 'number') return width
  throw tfjsError(`the model has no single ${what} of shape [rows, ${what}s]`)
}
