import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { conclude, isShort } from '../../../bench/compare.js'
import { type Gate, judge, type Sample, summarise } from '../../../bench/summary.js'
import type { Network } from '../src/backends/network.js'
import { wasmSession } from '../src/backends/wasm/wasmSession.js'
import { plantedTask } from '../src/gbdt/plantedTask.rig.js'
import { trainNetwork } from '../src/network/trainNetwork.js'
import { writeOnnx } from '../src/onnx/writeOnnx.js'
import { cartPole } from '../src/ppo/cartPole.rig.js'
import { trainPolicy } from '../src/ppo/trainPolicy.js'
import { openScikit } from './scikit.js'

const inputs = 41
const rows = isShort ? 10_000 : 50_000
const epochs = 5
const batch = 256
const classCount = 3
const planted = plantedTask({ edge: 'mixed', rows, columns: inputs, seed: 1 })
// The last feature alone tells the third class.
const classes = planted.classes.map((value, row) => (planted.features[40 * rows + row]! > 0.4 ? 2 : value))
const task = { ...planted, classes }
const features = byRow()
const network = train().network

await compareTraining()
await compareServing(network, { count: 1, calls: 2_000, gate: { goal: 0.25, ratioMax: 0.4 } })
await compareServing(network, { count: 1_024, calls: 50, gate: { goal: 4, ratioMax: 6.4 } })
measurePolicy()

function byRow(): Float32Array {
  return Float32Array.from(
    { length: rows * inputs },
    (_, at) => task.features[(at % inputs) * rows + Math.floor(at / inputs)]!,
  )
}

function train(): ReturnType<typeof trainNetwork> {
  const sizes = { rows, inputs, classCount, hidden: [64, 64], activation: 'relu' } as const
  return trainNetwork({
    ...sizes,
    features,
    classes: task.classes,
    epochs,
    batch,
    learningRate: 1e-3,
    patience: 9,
    seed: 1,
  })
}

/** Times work that may have to be waited for. */
async function time(work: () => unknown): Promise<Sample> {
  const wall = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall }
}

async function compareTraining(): Promise<void> {
  const scikit = openScikit('scikit-learn', { program: 'multilayerPerceptron', task, train: rows })
  const fit = await openTensorFlow()
  const samples: { tfjs: Sample[]; scikit: Sample[]; ours: Sample[] } = { tfjs: [], scikit: [], ours: [] }
  const rounds = isShort ? 3 : 5
  for (let round = 0; round < rounds; round++) {
    samples.tfjs.push(await time(fit))
    samples.ours.push(await time(train))
    if (scikit) samples.scikit.push(scikit.measure(1))
  }
  const cases = [summarise('tfjs-wasm', samples.tfjs), summarise('ours', samples.ours)]
  const gates: Gate[] = [{ subject: 'ours', base: 'tfjs-wasm', goal: 0.1, ratioMax: 0.16 }]
  if (scikit) {
    cases.push(summarise('scikit-learn', samples.scikit))
    gates.push({ subject: 'ours', base: 'scikit-learn', goal: 1, ratioMax: 1.6 })
  }
  const judged = gates.map((gate) => judge(gate, cases))
  conclude({
    name: `Network 41-64-64-3: ${epochs} passes over ${rows} rows`,
    items: rows * epochs,
    rounds,
    cases,
    gates: judged,
  })
}

/** The same training by tfjs on its WebAssembly backend, in one thread. */
async function openTensorFlow(): Promise<() => Promise<unknown>> {
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'))
  setThreadsCount(1)
  await tf.setBackend('wasm')
  const x = tf.tensor2d(features, [rows, inputs])
  const y = tf.oneHot(tf.tensor1d(Int32Array.from(task.classes), 'int32'), classCount)
  return async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [inputs], units: 64, activation: 'relu' }),
        tf.layers.dense({ units: 64, activation: 'relu' }),
        tf.layers.dense({ units: classCount, activation: 'softmax' }),
      ],
    })
    model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' })
    await model.fit(x, y, { epochs, batchSize: batch, verbose: 0, yieldEvery: 'never' })
    model.dispose()
  }
}

interface Serving {
  readonly count: number
  readonly calls: number
  readonly gate: Pick<Gate, 'goal' | 'ratioMax'>
}

/** Rows at once, median of single calls; what a peer computes elsewhere counts as time here. */
async function compareServing(model: Network, { count, calls, gate }: Serving): Promise<void> {
  const session = wasmSession(model)
  const peer = await InferenceSession.create(writeOnnx(model), { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const x = features.slice(0, count * inputs)
  const out = new Float32Array(count * classCount)
  const samples: { ours: Sample[]; slow: Sample[]; peer: Sample[] } = { ours: [], slow: [], peer: [] }
  const rounds = 7
  for (let round = 0; round < rounds; round++) {
    const [ours, theirs] = [new Float64Array(calls), new Float64Array(calls)]
    for (let call = 0; call < calls; call++) {
      const from = performance.now()
      session.runSync(x, count, out)
      const between = performance.now()
      const answer = await peer.run({ x: new Tensor('float32', x, [count, inputs]) })
      theirs[call] = performance.now() - between
      ours[call] = between - from
      checkSame(answer.y!.data as Float32Array, out)
    }
    samples.ours.push(quantile(ours, 0.5))
    samples.slow.push(quantile(ours, 0.99))
    samples.peer.push(quantile(theirs, 0.5))
  }
  const cases = [
    summarise('onnxruntime-node', samples.peer),
    summarise('ours', samples.ours),
    summarise('ours, 99th percentile', samples.slow),
  ]
  conclude({
    name: `Network 41-64-64-3: ${count} rows at once, median of single calls`,
    items: count,
    rounds,
    cases,
    gates: [judge({ subject: 'ours', base: 'onnxruntime-node', ...gate }, cases)],
  })
  if (count === 1) requireQuick(samples.slow)
}

function quantile(times: Float64Array, share: number): Sample {
  const ms = times.sort()[Math.floor(share * (times.length - 1))]!
  return { cpuMs: ms, wallMs: ms }
}

function checkSame(theirs: Float32Array, ours: Float32Array): void {
  for (const [index, value] of theirs.entries()) {
    if (Math.abs(value - ours[index]!) > 1e-5) throw new Error(`onnxruntime says ${value}, we ${ours[index]}.`)
  }
}

/** One call in a hundred may take ten microseconds on a quiet machine; a busy one is given five times that. */
function requireQuick(slow: readonly Sample[]): void {
  const micros = 1000 * Math.min(...slow.map(({ wallMs }) => wallMs))
  process.stderr.write(`Network, one row: 99th percentile ${micros.toFixed(1)} µs, goal 10 µs.\n`)
  if (micros > 50) throw new Error(`One row took ${micros.toFixed(1)} µs in the 99th percentile, over 50.`)
}

/** Steps of proximal policy optimisation in a second, environment and all. */
function measurePolicy(): void {
  const steps = 20_480
  const from = process.cpuUsage()
  trainPolicy({ makeEnvironment: cartPole, steps, seed: 1 })
  const { user, system } = process.cpuUsage(from)
  process.stderr.write(
    `PPO on CartPole: ${Math.round(steps / ((user + system) / 1e6)).toLocaleString('en')} steps per CPU second.\n`,
  )
}
