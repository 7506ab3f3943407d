import { conclude, isShort } from '../../../bench/compare.js'
import { type Sample, summarise } from '../../../bench/summary.js'
import { plantedDataset } from '../src/classifier/plantedDataset.rig.js'
import { classifier } from '../src/index.js'

const columns = 41
const rows = isShort ? 100_000 : 1_000_000
/** Peak of the process with its data: the goal is 1 GB for a million rows; what does not grow with them is 150 MB. */
const megabytesMax = 150 + (850 * rows) / 1_000_000

/** Rounds and passes take memory in turn, so two of each and two folds take as much as many. */
const { trees, network } = classifier.defaults
const params = {
  ...classifier.defaults,
  folds: 2,
  trees: { ...trees, rounds: 2 },
  network: { ...network, epochs: 2 },
}

function timed<Result>(work: () => Result): readonly [Result, Sample] {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  const result = work()
  const { user, system } = process.cpuUsage(cpu)
  return [result, { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall }]
}

const [data, making] = timed(() => plantedDataset({ edge: 'mixed', rows, columns, seed: 1 }))
const [artifact, training] = timed(() => classifier.train({ id: 'bench', data, params, seed: 1 }))
if (artifact.manifest.trainRange.rows !== rows) throw new Error('The classifier was not trained on all rows.')
const megabytes = Math.round(process.resourceUsage().maxRSS / 1000)
if (megabytes > megabytesMax) throw new Error(`Training took ${megabytes} MB, over ${megabytesMax}.`)
conclude({
  name: `Classifier: memory of a training on ${rows} x ${columns}; ${megabytes} MB at most, goal 1,000 MB for 1,000,000 rows`,
  items: rows,
  rounds: 1,
  cases: [summarise('the data', [making]), summarise('two folds, two rounds, two passes', [training])],
  gates: [],
})
