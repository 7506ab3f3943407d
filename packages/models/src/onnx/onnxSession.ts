import { ConfigError } from '@astertrade/core'
import type { GoldenRows } from '../artifact.js'
import type { Session } from '../backends/backend.js'
import { requireRoom } from '../backends/requireRoom.js'
import { awaitGolden } from '../checkGolden.js'
import { backendError } from './backendError.js'
import { inspectOnnx } from './inspectOnnx.js'
import type { OnnxBackendOptions } from './onnxBackend.js'
import { onnxDefaults } from './onnxDefaults.js'
import { onnxProvider } from './onnxProvider.js'
import { type Runtime, startRuntime } from './startRuntime.js'

/** What `onnxSession` takes. */
export interface OnnxSessionOptions extends OnnxBackendOptions {
  /** An ONNX file with one float input of shape [rows, inputs] and a float output of shape [rows, outputs]. */
  readonly bytes: Uint8Array
  /** Rows with what the file must give for them; within 1e-5 on the CPU, 1e-3 elsewhere. */
  readonly golden?: GoldenRows
}

/**
 * Opens an ONNX file, one's own or another's, on one provider. The file is inspected before ONNX Runtime sees it.
 *
 * @throws ConfigError with code `ONNX` if the file is refused or has other inputs and outputs, `BACKEND` if the provider does not
 * take it.
 */
export async function onnxSession(options: OnnxSessionOptions): Promise<Session> {
  const { bytes, provider, module, golden } = options
  const { threads, timeoutMs, place } = { ...onnxDefaults, ...options }
  const { id, tolerance } = onnxProvider(provider)
  const { input, output } = portsOf(bytes)
  const runtime = await startRuntime({ model: bytes, provider, threads, module, timeoutMs, place })
  const device = `onnxruntime-node ${runtime.version} ${provider}`
  const session = rowSession(runtime, { input, output, backend: id, device })
  try {
    if (golden !== undefined) await awaitGolden(session, golden, tolerance)
    return session
  } catch (error) {
    session.dispose()
    throw error
  }
}

interface RowSessionOptions extends Pick<Session, 'backend' | 'device'> {
  readonly input: RowPort
  readonly output: RowPort
}

function rowSession(runtime: Runtime, { input, output, backend, device }: RowSessionOptions): Session {
  const widths = { inputs: input.width, outputs: output.width }
  return {
    ...widths,
    backend,
    device,
    async run(x, rows, out) {
      requireRoom(widths, x, rows, out)
      if (rows === 0) return
      const data = x.slice(0, rows * input.width)
      const answers = await runtime.run({ [input.name]: { data, shape: [rows, input.width] } }, [output.name])
      const answer = answers[output.name]!.data
      if (answer.length !== rows * output.width) {
        throw backendError(`it gave ${answer.length} numbers for ${rows} rows of ${output.width}`)
      }
      out.set(answer)
    },
    dispose: () => runtime.dispose(),
  }
}

interface RowPort {
  readonly name: string
  readonly width: number
}

function portsOf(bytes: Uint8Array): { readonly input: RowPort; readonly output: RowPort } {
  const { inputs, outputs } = inspectOnnx(bytes)
  return { input: rowPort('input', inputs), output: rowPort('output', outputs) }
}

function rowPort(
  what: string,
  values: readonly { readonly name: string; readonly type: string; readonly shape: readonly (number | string)[] }[],
): RowPort {
  const rows = values.filter(
    ({ type, shape }) => type === 'float' && shape.length === 2 && typeof shape[1] === 'number',
  )
  if (rows.length !== 1 || (what === 'input' && values.length !== 1)) {
    const found = values.map(({ name, type, shape }) => `${name}: ${type} [${shape.join(', ')}]`).join('; ')
    throw new ConfigError(
      `The ONNX file has no single float ${what} of shape [rows, ${what}s]: ${found.slice(0, 300)}.`,
      {
        code: 'ONNX',
        hints: ['Export it for one matrix of rows, with a fixed number of columns.'],
      },
    )
  }
  return { name: rows[0]!.name, width: rows[0]!.shape[1] as number }
}
