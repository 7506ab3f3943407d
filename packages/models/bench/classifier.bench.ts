import { timestamp } from '@astertrade/core'
import { compare, isShort } from '../../../bench/compare.js'
import { plantedDataset } from '../src/classifier/plantedDataset.rig.js'
import { classifier, type FeatureRow } from '../src/index.js'

const columns = 41
const data = plantedDataset({ edge: 'mixed', rows: isShort ? 8_000 : 30_000, columns, seed: 1 })
const params = { ...classifier.defaults, folds: 2, network: { ...classifier.defaults.network, epochs: 3 } }
const artifact = classifier.train({ id: 'bench', data, params, seed: 1 })
const model = classifier.load(artifact)
const rows: readonly FeatureRow[] = Array.from({ length: 1000 }, (_, row) => ({
  time: timestamp(artifact.manifest.trainRange.to + 1 + row),
  schema: data.schema,
  values: Float64Array.from({ length: columns }, (_, column) => data.features[column * data.rows + row]!),
}))
const calls = isShort ? 20_000 : 100_000

function predict(): number {
  let forecasts = 0
  for (let call = 0; call < calls; call++) if (model.predict(rows[call % 1000]!).kind === 'forecast') forecasts++
  return forecasts
}

/** Times of single forecasts in microseconds: median, and what 99 of 100 stay below. */
function tail(): readonly [p50: number, p99: number] {
  predict()
  const micros = Float64Array.from({ length: calls }, (_, call) => {
    const row = rows[call % 1000]!
    const from = performance.now()
    model.predict(row)
    return (performance.now() - from) * 1000
  }).sort()
  return [micros[calls >> 1]!, micros[Math.floor(0.99 * calls)]!]
}

/** Work of a known size: the machine's own speed, to which the gate refers. */
function calibrate(): number {
  let sum = 0
  for (let n = 0; n < calls * 1000; n++) sum += (n % 7) * 0.5
  return sum
}

const spoken = predict() / calls
if (spoken < 0.3) throw new Error(`Only ${spoken} of the rows get a forecast, so the times mean little.`)
const [p50, p99] = tail()
/** The goal is 25 µs at p99 on a quiet machine. */
const microsMax = 100
if (p99 > microsMax) throw new Error(`99 of 100 forecasts take up to ${p99.toFixed(1)} µs, over ${microsMax}.`)
compare({
  name: `Classifier: ${columns} features to a forecast; p50, p99: ${p50.toFixed(1)}, ${p99.toFixed(1)} µs, goal 25 µs at p99`,
  items: calls,
  cases: [
    { name: 'calibration, 1,000 additions a forecast', run: calibrate },
    { name: 'predict', run: predict },
  ],
  gates: [{ subject: 'predict', base: 'calibration, 1,000 additions a forecast', ratioMax: 30 }],
})
