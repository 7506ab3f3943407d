import { execFileSync } from 'node:child_process'
import { createRandom } from '@astertrade/core'
import type { Backend, Session } from '../src/backends/backend.js'
import { jsSession } from '../src/backends/js/jsSession.js'
import { jsBackend } from '../src/backends/jsBackend.js'
import { wasmBackend } from '../src/backends/wasmBackend.js'
import { randomNetwork } from '../src/network/randomNetwork.js'
import { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from '../src/network/trainNetwork.js'
import { withSoftmax } from '../src/network/withSoftmax.js'
import { onnxBackend } from '../src/onnx/onnxBackend.js'
import type { OnnxProvider } from '../src/onnx/onnxProvider.js'
import { trainOnnx } from '../src/onnx/trainOnnx.js'
import { tfjsBackend } from '../src/tfjs/tfjsBackend.js'

/** Exit codes: every GPU that works agrees with the CPU, one does not, there is none. */
const exits = { ok: 0, differs: 1, noGpu: 2 } as const
/** What a GPU may differ by: outputs, and the loss of a training. */
const tolerance = { outputs: 1e-3, loss: 1e-3 } as const
const gpus: readonly string[] = ['webgpu', 'cuda', 'tensorrt']
const sizes = [41, 64, 64, 3] as const
const batches = [64, 1_024, 65_536] as const
/** Where a batch took longer, in ms, the larger ones are left out: a driver in software. */
const slowMs = 100
const rounds = 5

interface Row {
  readonly backend: string
  readonly device: string
  /** Median time of each batch, in ms; nothing where it was left out. */
  readonly times: readonly (number | undefined)[]
  readonly difference: number
  readonly trainMs: number | undefined
  readonly lossDifference: number | undefined
}

const random = createRandom(1)
const network = withSoftmax(
  randomNetwork(
    sizes
      .slice(1)
      .map((outputs, index) => ({ inputs: sizes[index]!, outputs, activation: index < 2 ? 'relu' : 'linear' })),
    random.stream('weights'),
  ),
)
const inputs = random.stream('inputs')
const x = Float32Array.from({ length: batches.at(-1)! * sizes[0] }, () => inputs.normal())
const expected = new Float32Array(batches.at(-1)! * sizes[3])
jsSession(network).runSync(x, batches.at(-1)!, expected)

const training: TrainNetworkOptions = {
  features: x.subarray(0, 2_048 * sizes[0]),
  rows: 2_048,
  classes: Uint8Array.from({ length: 2_048 }, (_, row) => (x[row * sizes[0]]! > 0 ? 2 : 0)),
  inputs: sizes[0],
  classCount: 3,
  hidden: [64, 64],
  activation: 'relu',
  epochs: 2,
  batch: 256,
  learningRate: 0.001,
  patience: 2,
  seed: 1,
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const from = performance.now()
  const result = await work()
  return [performance.now() - from, result]
}

async function serve(session: Session): Promise<Pick<Row, 'times' | 'difference'>> {
  const times: (number | undefined)[] = []
  let difference = 0
  for (const rows of batches) {
    const last = times.at(-1)
    if (times.length > 0 && (last === undefined || last > slowMs)) {
      times.push(undefined)
      continue
    }
    const out = new Float32Array(rows * sizes[3])
    const spent: number[] = []
    for (let round = 0; round <= rounds; round++) spent.push((await timed(() => session.run(x, rows, out)))[0])
    // The first compiles and is not counted.
    times.push(spent.slice(1).sort((a, b) => a - b)[rounds >> 1])
    for (const [index, value] of out.entries()) difference = Math.max(difference, Math.abs(value - expected[index]!))
  }
  return { times, difference }
}

async function train(id: string, reference: TrainedNetwork): Promise<Pick<Row, 'trainMs' | 'lossDifference'>> {
  const providers: Readonly<Record<string, OnnxProvider>> = { 'ort-cpu': 'cpu', webgpu: 'webgpu', cuda: 'cuda' }
  const provider = providers[id]
  const own = id === 'js' || id === 'wasm'
  if (provider === undefined && !own) return { trainMs: undefined, lossDifference: undefined }
  const [trainMs, trained] = await timed(async () =>
    provider === undefined
      ? trainNetwork({ ...training, backend: id as 'js' | 'wasm' })
      : trainOnnx({ ...training, provider, timeoutMs: 300_000 }),
  )
  return { trainMs, lossDifference: Math.abs(trained.trainLoss - reference.trainLoss) }
}

async function check(backend: Backend, reference: TrainedNetwork): Promise<Row | string> {
  const probe = await backend.probe()
  if (!probe.ok) return `${backend.id}: ${probe.reason.split('\n')[0]}`
  const session = await backend.load(network)
  try {
    const served = await serve(session)
    return { backend: backend.id, device: probe.device, ...served, ...(await train(backend.id, reference)) }
  } finally {
    session.dispose()
  }
}

function print(rows: readonly Row[]): void {
  const ms = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2))
  const gap = (value: number | undefined): string => (value === undefined ? '–' : value.toExponential(1))
  const head = ['backend', 'device', ...batches.map((rows) => `${rows} rows ms`), 'difference', 'train ms', 'loss gap']
  const lines = rows.map((row) => [
    ...[row.backend, row.device, ...row.times.map(ms), gap(row.difference)],
    ...[ms(row.trainMs), gap(row.lossDifference)],
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]!.length)))
  for (const line of [head, ...lines]) {
    process.stdout.write(
      `${line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    )
  }
}

function nvidia(): string {
  try {
    const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader']
    return execFileSync('nvidia-smi', query, { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'none that nvidia-smi knows'
  }
}

const onnx = (provider: OnnxProvider): Backend => onnxBackend({ provider, timeoutMs: 300_000 })
const reference = trainNetwork(training)
const found: (Row | string)[] = []
for (const backend of [
  jsBackend(),
  wasmBackend(),
  onnx('cpu'),
  onnx('webgpu'),
  onnx('cuda'),
  onnx('tensorrt'),
  tfjsBackend(),
]) {
  found.push(await check(backend, reference))
}
const rows = found.filter((entry) => typeof entry !== 'string')
process.stdout.write(`NVIDIA GPU: ${nvidia()}\n`)
process.stdout.write(`Network ${sizes.join('-')}; training of ${training.rows} rows, ${training.epochs} passes.\n\n`)
print(rows)
process.stdout.write(
  `\n${found
    .filter((entry) => typeof entry === 'string')
    .map((reason) => `not here  ${reason}\n`)
    .join('')}`,
)
const onGpu = rows.filter(({ backend }) => gpus.includes(backend))
// Asked this way round, NaN differs.
const agrees = (row: Row): boolean =>
  row.difference <= tolerance.outputs && (row.lossDifference === undefined || row.lossDifference <= tolerance.loss)
if (onGpu.length === 0) process.exitCode = exits.noGpu
else process.exitCode = onGpu.every(agrees) ? exits.ok : exits.differs
