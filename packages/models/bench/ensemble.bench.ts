import { barsOf } from '@astertrade/core'
import { compare, isShort } from '../../../bench/compare.js'
import {
  askAt,
  type Expert,
  loadModel,
  type ModelArtifact,
  meanReversion,
  metaLearner,
  type StreamingModel,
  trainJob,
  trendFollowing,
} from '../src/index.js'
import { orderFlow } from '../src/orderFlow/orderFlow.js'
import { plantedBars } from '../src/testing/index.js'
import { volatility } from '../src/volatility/volatility.js'
import { vpinModel } from '../src/vpin/vpinModel.js'

const length = isShort ? 6_000 : 20_000
const trainedOn = 5_000
const list = plantedBars({
  plant: { kind: 'walk', drift: 0, sigma: 10 },
  length: trainedOn + length,
  seed: 1,
  start: 1e6,
})
const training = barsOf(list.slice(0, trainedOn), 3_600_000)
const later = list.slice(trainedOn)
const features = { groups: ['indicators', 'bar'] } as const
const params = {
  classifier: {
    folds: 2,
    confidenceMin: 0,
    validFor: 1e12,
    network: { hidden: [64, 64], epochs: 2, batch: 256, learningRate: 1e-3, patience: 2 },
  },
  ppo: { steps: 4_096, exposureMin: 0, validFor: 1e12 },
}
const [classifier, ppo] = (['classifier', 'ppo'] as const).map((kind) =>
  trainJob({ id: kind, kind, seed: 1, params: params[kind], features }, training),
) as [ModelArtifact, ModelArtifact]

const experts = (): readonly Expert[] => [
  { name: 'trend', model: trendFollowing() },
  { name: 'reversion', model: meanReversion() },
  { name: 'volatility', model: volatility() },
  { name: 'flow', model: orderFlow({ source: 'bars' }) },
  { name: 'vpin', model: vpinModel() },
  { name: 'classifier', model: loadModel(classifier) },
  { name: 'ppo', model: loadModel(ppo) },
]

const plays = 5

/** Microseconds for each bar, update and forecast: the least of several plays, since what interrupts a play does not repeat. */
function timesOf(create: () => StreamingModel): Float64Array {
  const micros = new Float64Array(later.length).fill(Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < plays; turn++) {
    const model = create()
    for (const bar of list.slice(0, trainedOn)) model.update(bar)
    for (const [index, bar] of later.entries()) {
      const from = process.hrtime.bigint()
      model.update(bar)
      model.predict(askAt(bar.time))
      micros[index] = Math.min(micros[index]!, Number(process.hrtime.bigint() - from) / 1000)
    }
  }
  return micros.sort()
}

const at = (micros: Float64Array, share: number): number =>
  micros[Math.min(micros.length - 1, Math.floor(share * micros.length))]!
const whole = timesOf(() => metaLearner({ experts: experts() }))
const figures = [0.5, 0.99, 1].map((share) => at(whole, share).toFixed(1)).join(', ')
/** Microseconds for the slowest bar; the goal for 99 of 100 is 100. */
const limit = 10_000
if (at(whole, 1) > limit) throw new Error(`A bar takes ${at(whole, 1).toFixed(1)} µs, over ${limit}.`)

function play(models: readonly StreamingModel[]): number {
  let sum = 0
  for (const bar of later) {
    for (const model of models) model.update(bar)
    for (const model of models) if (model.predict(askAt(bar.time)).kind === 'forecast') sum++
  }
  return sum
}

compare({
  name: `Seven models and the meta-learner per bar, goal 100 µs at p99; least of ${plays} plays, p50, p99, most: ${figures} µs`,
  items: later.length,
  cases: [
    { name: 'seven models alone', run: () => play(experts().map(({ model }) => model)) },
    { name: 'with the meta-learner', run: () => play([metaLearner({ experts: experts() })]) },
  ],
  gates: [{ subject: 'with the meta-learner', base: 'seven models alone', ratioMax: 2 }],
})
