import type { RandomStream } from '@astertrade/core'
import { rowBatches } from '../network/rowBatches.js'
import type { LabelledRows } from '../network/trainNetwork.js'
import type { RuntimeTensors } from './runtimeProgram.js'
import type { TrainingSpec } from './trainingGraph.js'

/** What a training graph is fed with for one pass after another. */
export interface EpochFeeds {
  /** Sum of the weights of all rows. */
  readonly weightSum: number
  /** The rows in a random order, step by step; the last step is filled up with rows of weight 0. */
  next(order: RandomStream): RuntimeTensors
}

/** Makes the feeds of a training; its steps are counted over all passes, as Adam's corrections need. */
export function epochFeeds(rows: LabelledRows & { readonly learningRate: number }, spec: TrainingSpec): EpochFeeds {
  const { inputs, classCount, batch, beta1, beta2 } = spec
  const into = new Float32Array(batch * inputs)
  const batches = rowBatches({ ...rows, inputs, batch, into })
  const steps = Math.ceil(batches.count / batch)
  const x = new Float32Array(steps * batch * inputs)
  const labels = new Float32Array(steps * batch * classCount)
  const rowWeights = new Float32Array(steps * batch)
  const [scales, rates, corrections] = [new Float32Array(steps), new Float32Array(steps), new Float32Array(steps)]
  const powers = Float64Array.of(1, 1)
  const fillStep = (step: number, count: number): void => {
    x.set(into.subarray(0, count * inputs), step * batch * inputs)
    for (let index = 0; index < count; index++) {
      const row = step * batch + index
      labels[row * classCount + batches.classes[index]!] = 1
      rowWeights[row] = batches.weights[index]!
    }
    scales[step] = 1 / (count * batches.weightMean)
    powers[0] = powers[0]! * beta1
    powers[1] = powers[1]! * beta2
    rates[step] = rows.learningRate / (1 - powers[0])
    corrections[step] = 1 / Math.sqrt(1 - powers[1])
  }
  return {
    weightSum: batches.count * batches.weightMean,
    next(order) {
      labels.fill(0)
      rowWeights.fill(0)
      batches.shuffle(order)
      let step = 0
      for (let count = batches.begin(); count > 0; count = batches.next()) fillStep(step++, count)
      return {
        x: { data: x, shape: [steps, batch, inputs] },
        labels: { data: labels, shape: [steps, batch, classCount] },
        rowWeights: { data: rowWeights, shape: [steps, batch, 1] },
        scales: { data: scales, shape: [steps, 1] },
        rates: { data: rates, shape: [steps, 1] },
        corrections: { data: corrections, shape: [steps, 1] },
      }
    },
  }
}
