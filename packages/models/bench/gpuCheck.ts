import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
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

/** Exit codes: every GPU agrees with the CPU, one does not or fails after its probe went well, there is none. */
const exits = { ok: 0, differs: 1, noGpu: 2 } as const
/** What a GPU may differ by: outputs, and the loss of a training. */
const tolerance = { outputs: 1e-3, loss: 1e-3 } as const
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

/** A backend whose probe went well and that failed afterwards. */
interface Failure {
  readonly backend: string
  readonly device: string
  readonly failed: string
}

/** A backend that is not here, and why. */
interface Absence {
  readonly backend: string
  readonly reason: string
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

async function check(backend: Backend, reference: TrainedNetwork): Promise<Row | Failure | Absence> {
  const { id } = backend
  const probe = await backend.probe()
  if (!probe.ok) return { backend: id, reason: firstLine(probe.reason) }
  const { device } = probe
  try {
    const session = await backend.load(network)
    try {
      return { backend: id, device, ...(await serve(session)), ...(await train(id, reference)) }
    } finally {
      session.dispose()
    }
  } catch (error) {
    return { backend: id, device, failed: firstLine((error as Error).message) }
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0]!
}

function print(rows: readonly (Row | Failure)[]): void {
  const ms = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2))
  const gap = (value: number | undefined): string => (value === undefined ? '–' : value.toExponential(1))
  const head = ['backend', 'device', ...batches.map((rows) => `${rows} rows ms`), 'difference', 'train ms', 'loss gap']
  const lines = rows.map((row) => {
    const named = [row.backend, row.device]
    if ('failed' in row) return [...named, `failed: ${row.failed}`]
    return [...named, ...row.times.map(ms), gap(row.difference), ms(row.trainMs), gap(row.lossDifference)]
  })
  const whole = [head, ...lines].filter((line) => line.length === head.length)
  const widths = head.map((_, column) =>
    Math.max(...(column < 2 ? [head, ...lines] : whole).map((line) => line[column]!.length)),
  )
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
const found: (Row | Failure | Absence)[] = []
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
const here = found.filter((entry): entry is Row | Failure => !('reason' in entry))
process.stdout.write(`NVIDIA GPU: ${nvidia()}\n`)
process.stdout.write(`Network ${sizes.join('-')}; training of ${training.rows} rows, ${training.epochs} passes.\n\n`)
print(here)
process.stdout.write(
  `\n${found
    .filter((entry): entry is Absence => 'reason' in entry)
    .map(({ backend, reason }) => `not here  ${backend}: ${reason}\n`)
    .join('')}`,
)

const graphics = hasGraphics()
/** WebGPU without a device of its own, or at the pace of software, is SwiftShader; TensorFlow.js names what it runs on. */
function onGpu(entry: Row | Failure): boolean {
  if (entry.backend === 'cuda' || entry.backend === 'tensorrt') return true
  if (entry.backend === 'tfjs') return entry.device.includes('node-gpu') && graphics
  return entry.backend === 'webgpu' && graphics && !('times' in entry && entry.times.includes(undefined))
}

/** On Linux a GPU is a file; elsewhere the driver's word is taken. */
function hasGraphics(): boolean {
  if (process.platform !== 'linux') return true
  const nodes = existsSync('/dev/dri') ? readdirSync('/dev/dri') : []
  return existsSync('/dev/nvidiactl') || existsSync('/dev/dxg') || nodes.some((name) => name.startsWith('renderD'))
}

// Asked this way round, NaN differs.
const agrees = (row: Row): boolean =>
  row.difference <= tolerance.outputs && (row.lossDifference === undefined || row.lossDifference <= tolerance.loss)
const judged = here.filter(onGpu)
// A backend that fails after a good probe is a fault wherever it runs.
const isSound = (entry: Row | Failure): boolean => !('failed' in entry) && agrees(entry)
if (here.some((entry) => 'failed' in entry)) process.exitCode = exits.differs
else if (judged.length === 0) process.exitCode = exits.noGpu
else process.exitCode = judged.every(isSound) ? exits.ok : exits.differs
