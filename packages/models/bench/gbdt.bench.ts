import { InferenceSession, Tensor } from 'onnxruntime-node'
import { type Case, compare, conclude, isShort } from '../../../bench/compare.js'
import { judge, type Sample, summarise } from '../../../bench/summary.js'
import { jsSession } from '../src/backends/js/jsSession.js'
import type { TreeEnsemble } from '../src/backends/treeEnsemble.js'
import { plantedTask, rowsBetween } from '../src/gbdt/plantedTask.rig.js'
import { trainGbdt } from '../src/gbdt/trainGbdt.js'
import { writeOnnx } from '../src/onnx/writeOnnx.js'
import { openScikit } from './scikit.js'

const columns = 41
const rows = isShort ? 20_000 : 100_000
const task = plantedTask({ edge: 'mixed', rows, columns, seed: 1 })
const { trees } = trainGbdt({ ...task, classCount: 2 })

// Before the others: the most memory a process had does not go down again.
const memory = isShort ? '' : `; ${checkMemory()} MB at most for 1,000,000 x ${columns}`
compareTraining()
await compareServing(trees)

function compareTraining(): void {
  const scikit = openScikit('scikit-learn', { program: 'histogramBoosting', task, train: rows })
  const ours: Case = { name: 'ours', run: () => trainGbdt({ ...task, classCount: 2 }).trainLoss }
  const calibration: Case = { name: 'calibration, 1,000 additions a row', run: calibrate }
  const base = scikit ?? calibration
  compare({
    name: `Boosting: 100 trees of depth 6 on ${rows} x ${columns}, one thread${memory}`,
    items: rows,
    rounds: 5,
    cases: [base, ours],
    gates: [
      scikit
        ? { subject: 'ours', base: base.name, goal: 1.5, ratioMax: 1.6 }
        : { subject: 'ours', base: base.name, ratioMax: 120 },
    ],
  })
}

/** Work of a known size: the machine's own speed. */
function calibrate(): number {
  let sum = 0
  for (let n = 0; n < rows * 1000; n++) sum += (n % 7) * 0.5
  return sum
}

/** One row at a time, median of many; what a peer computes elsewhere counts as time here. */
async function compareServing(model: TreeEnsemble): Promise<void> {
  const session = jsSession(model)
  const peer = await InferenceSession.create(writeOnnx(model), { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const [x, out] = [new Float32Array(columns), new Float32Array(model.outputs)]
  const next = (row: number): void => {
    for (let column = 0; column < columns; column++) x[column] = task.features[column * rows + (row % rows)]!
  }
  const calls = 2000
  const median = (micros: Float64Array): Sample => {
    const ms = micros.sort()[calls >> 1]! / 1000
    return { cpuMs: ms, wallMs: ms }
  }
  const samples: { readonly ours: Sample[]; readonly peer: Sample[] } = { ours: [], peer: [] }
  const rounds = 7
  for (let round = 0; round < rounds; round++) {
    const [ours, theirs] = [new Float64Array(calls), new Float64Array(calls)]
    for (let call = 0; call < calls; call++) {
      next(call)
      const from = performance.now()
      session.runSync(x, 1, out)
      ours[call] = (performance.now() - from) * 1000
      const input = { x: new Tensor('float32', x, [1, columns]) }
      const begin = performance.now()
      const answer = await peer.run(input)
      theirs[call] = (performance.now() - begin) * 1000
      const value = (answer.y!.data as Float32Array)[1]!
      if (Math.abs(value - out[1]!) > 1e-5) throw new Error(`onnxruntime says ${value}, we ${out[1]}.`)
    }
    samples.ours.push(median(ours))
    samples.peer.push(median(theirs))
  }
  const cases = [summarise('onnxruntime-node', samples.peer), summarise('ours', samples.ours)]
  conclude({
    name: `Boosting: one row through ${model.roots.length} trees, median of single calls`,
    items: 1,
    rounds,
    cases,
    gates: [judge({ subject: 'ours', base: 'onnxruntime-node', goal: 0.5, ratioMax: 0.5 }, cases)],
  })
}

/** Most memory of a training with its data, in MB; two rounds take as much as a hundred. */
function checkMemory(): number {
  const large = plantedTask({ edge: 'mixed', rows: 1_000_000, columns, seed: 1 })
  trainGbdt(
    { ...large, classCount: 2, validation: rowsBetween(900_000, 1_000_000), train: rowsBetween(0, 900_000) },
    { rounds: 2 },
  )
  const mega = process.resourceUsage().maxRSS / 1000
  if (mega > 1000) throw new Error(`Training took ${Math.round(mega)} MB, over 1,000.`)
  return Math.round(mega)
}
