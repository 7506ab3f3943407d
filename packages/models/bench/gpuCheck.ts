import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRandom } from '@astertrade/core'
import type { Backend } from '../src/backends/backend.js'
import { jsBackend } from '../src/backends/jsBackend.js'
import { wasmBackend } from '../src/backends/wasmBackend.js'
import { randomNetwork } from '../src/network/randomNetwork.js'
import { type TrainNetworkOptions, trainNetwork } from '../src/network/trainNetwork.js'
import { withSoftmax } from '../src/network/withSoftmax.js'
import { onnxBackend } from '../src/onnx/onnxBackend.js'
import type { OnnxProvider } from '../src/onnx/onnxProvider.js'
import { tfjsBackend } from '../src/tfjs/tfjsBackend.js'
import { type BackendCheck, checkBackend } from './checkBackend.js'
import { checkExit, checkTable } from './checkTable.js'

const sizes = [41, 64, 64, 3] as const
const batches = [64, 1_024, 65_536] as const

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

function nvidia(): string {
  try {
    const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader']
    return execFileSync('nvidia-smi', query, { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'none that nvidia-smi knows'
  }
}

/** On Linux a GPU is a file; elsewhere the driver's word is taken. */
function hasGraphics(): boolean {
  if (process.platform !== 'linux') return true
  const nodes = existsSync('/dev/dri') ? readdirSync('/dev/dri') : []
  return existsSync('/dev/nvidiactl') || existsSync('/dev/dxg') || nodes.some((name) => name.startsWith('renderD'))
}

const onnx = (provider: OnnxProvider): Backend => onnxBackend({ provider, timeoutMs: 300_000 })
const task = { network, x, batches, training, reference: trainNetwork(training) }
const found: BackendCheck[] = []
for (const backend of [
  jsBackend(),
  wasmBackend(),
  onnx('cpu'),
  onnx('webgpu'),
  onnx('cuda'),
  onnx('tensorrt'),
  tfjsBackend(),
]) {
  found.push(await checkBackend(backend, task))
}
process.stdout.write(`NVIDIA GPU: ${nvidia()}\n`)
process.stdout.write(`Network ${sizes.join('-')}; training of ${training.rows} rows, ${training.epochs} passes.\n\n`)
process.stdout.write(checkTable(found, batches))
process.exitCode = checkExit(found, hasGraphics())
