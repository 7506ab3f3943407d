import { ConfigError } from '@astertrade/core'
import type { Json } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { accuracy } from '../evaluate/accuracy.js'
import { auc, type Estimate } from '../evaluate/auc.js'
import { brier } from '../evaluate/brier.js'
import type { ClassForecasts } from '../evaluate/classForecasts.js'
import { informationCoefficient } from '../evaluate/informationCoefficient.js'
import { logLoss } from '../evaluate/logLoss.js'
import type { Fold } from '../evaluate/spans.js'
import type { OutOfSample } from './outOfSample.js'

/** How good forecasts were. */
export interface ClassifierFigures {
  readonly [name: string]: number
  readonly accuracy: number
  readonly logLoss: number
  readonly brier: number
  /** Area under the curve of P(up) − P(down) between rows that went up and rows that went down, mean of the test blocks. */
  readonly auc: number
  readonly aucError: number
  /** Rank correlation of P(up) − P(down) with the returns, mean of the test blocks. */
  readonly ic: number
  readonly icError: number
}

/** Out-of-sample figures of a training beside those of its controls; the manifest adds `calibration`. */
export interface ClassifierMetrics {
  readonly [name: string]: Json
  readonly rows: number
  /** Labels alive at once on average: the model's errors are widened by its root. */
  readonly overlap: number
  readonly model: ClassifierFigures
  /** Saying the frequencies of the training fold each time. */
  readonly naive: { readonly accuracy: number; readonly logLoss: number; readonly brier: number }
  /** The whole procedure on shuffled labels, which do not overlap any more: what it finds there is luck or a leak. */
  readonly shuffled: ClassifierFigures
  /** The model by test block, in time order. */
  readonly folds: readonly { readonly accuracy: number; readonly logLoss: number; readonly rows: number }[]
  /** What a reader should know before trusting the model. */
  readonly warnings: readonly string[]
}

/** A rank correlation with returns above this is suspicious on prices. */
const leakAbove = 0.1

/** Judges out-of-sample forecasts of the real and of the shuffled labels. */
export function classifierMetrics(data: Dataset, { folds, real, shuffled, dealt }: OutOfSample): ClassifierMetrics {
  const { classCount, classes, returns } = data.labels
  const overlap = overlapOf(data)
  const model = figuresOf({ probabilities: real, classes, classCount, returns }, folds, overlap)
  const control = figuresOf(
    {
      probabilities: shuffled,
      classes: Uint8Array.from(dealt, (row) => classes[row]!),
      classCount,
      returns: Float64Array.from(dealt, (row) => returns[row]!),
    },
    folds,
    1,
  )
  const frequencies = { probabilities: naiveForecasts(data, folds), classes, classCount }
  const naive = { accuracy: accuracy(frequencies), logLoss: logLoss(frequencies), brier: brier(frequencies) }
  return {
    rows: data.rows,
    overlap,
    model,
    naive,
    shuffled: control,
    folds: folds.map(({ test }) => {
      const part = pick({ probabilities: real, classes, classCount }, test)
      return { accuracy: accuracy(part), logLoss: logLoss(part), rows: test.length }
    }),
    warnings: warningsOf(model, naive.logLoss, control),
  }
}

interface Judged {
  readonly probabilities: Float32Array
  readonly classes: Uint8Array
  readonly classCount: number
  readonly returns: Float64Array
}

function figuresOf(judged: Judged, folds: readonly Fold[], overlap: number): ClassifierFigures {
  const area = meanOverFolds(folds, 'rows of both sides', (rows) => sideArea(judged, rows))
  const need = `three times the ${overlap.toFixed(1)} rows that one label spans`
  const ic = meanOverFolds(folds, need, (rows) => coefficient(judged, rows, overlap))
  return {
    accuracy: accuracy(judged),
    logLoss: logLoss(judged),
    brier: brier(judged),
    auc: area.value,
    aucError: area.standardError * Math.sqrt(overlap),
    ic: ic.value,
    icError: ic.standardError,
  }
}

/**
 * Mean of a figure over the test blocks that have one, by rows. Blocks are judged apart: each model leans to the classes of its own
 * training rows, which are those that its test block has fewer of, so that blocks thrown together rank chance below 0.5.
 */
function meanOverFolds(
  folds: readonly Fold[],
  need: string,
  figure: (rows: Int32Array) => Estimate | undefined,
): Estimate {
  let [sum, squares, mass] = [0, 0, 0]
  for (const { test } of folds) {
    const estimate = figure(test)
    if (estimate === undefined) continue
    sum += test.length * estimate.value
    squares += test.length * test.length * estimate.standardError * estimate.standardError
    mass += test.length
  }
  if (mass > 0) return { value: sum / mass, standardError: Math.sqrt(squares) / mass }
  throw new ConfigError(`None of ${folds.length} test blocks has ${need} to judge.`, {
    code: 'NO_ROWS',
    hints: ['Take a longer range, fewer folds, or labels that settle sooner.'],
  })
}

function sideArea({ probabilities, classes, classCount }: Judged, rows: Int32Array): Estimate | undefined {
  const sided = rows.filter((row) => classes[row] === 0 || classes[row] === classCount - 1)
  const ups = sided.reduce((sum, row) => sum + (classes[row] === 0 ? 0 : 1), 0)
  if (ups === 0 || ups === sided.length) return undefined
  return auc({
    scores: Float64Array.from(sided, (row) => leadOf(probabilities, row, classCount)),
    outcomes: Uint8Array.from(sided, (row) => (classes[row] === 0 ? 0 : 1)),
  })
}

/** Forecasts that never differ correlate with nothing. */
function coefficient(
  { probabilities, classCount, returns }: Judged,
  rows: Int32Array,
  overlap: number,
): Estimate | undefined {
  if (rows.length < 3 * overlap) return undefined
  const ic = informationCoefficient({
    forecasts: Float64Array.from(rows, (row) => leadOf(probabilities, row, classCount)),
    returns: Float64Array.from(rows, (row) => returns[row]!),
    overlap,
  })
  return Number.isNaN(ic.value) ? { ...ic, value: 0 } : ic
}

function leadOf(probabilities: ArrayLike<number>, row: number, classCount: number): number {
  return probabilities[row * classCount + classCount - 1]! - probabilities[row * classCount]!
}

function pick({ probabilities, classes, classCount }: ClassForecasts, rows: Int32Array): ClassForecasts {
  return {
    classes: Uint8Array.from(rows, (row) => classes[row]!),
    classCount,
    probabilities: Float64Array.from(
      { length: rows.length * classCount },
      (_, index) => probabilities[rows[Math.floor(index / classCount)]! * classCount + (index % classCount)]!,
    ),
  }
}

function naiveForecasts({ rows, labels: { classes, classCount } }: Dataset, folds: readonly Fold[]): Float64Array {
  const out = new Float64Array(rows * classCount)
  for (const { train, test } of folds) {
    const share = new Float64Array(classCount)
    for (const row of train) share[classes[row]!]! += 1 / train.length
    for (const row of test) out.set(share, row * classCount)
  }
  return out
}

/** Mean number of labels alive at a time, at least 1. */
function overlapOf({ times, labels, rows }: Dataset): number {
  let alive = 0
  for (let row = 0; row < rows; row++) alive += labels.ends[row]! - times[row]!
  const span = times[rows - 1]! - times[0]!
  return span > 0 ? Math.max(1, alive / span) : 1
}

function warningsOf(model: ClassifierFigures, naiveLoss: number, control: ClassifierFigures): string[] {
  const warnings: string[] = []
  const print = (value: number): string => value.toFixed(3)
  if (!(model.logLoss < naiveLoss)) {
    warnings.push(
      `No edge: log loss ${print(model.logLoss)} is not below ${print(naiveLoss)} of the class frequencies.`,
    )
  }
  if (!(model.auc - 0.5 > 2 * model.aucError)) {
    warnings.push(`No edge: AUC ${print(model.auc)} is within two errors (${print(model.aucError)}) of chance.`)
  }
  if (Math.abs(model.ic) > leakAbove) {
    warnings.push(`Information coefficient ${print(model.ic)}: above ${leakAbove} on prices, look for a leak first.`)
  }
  if (Math.abs(control.auc - 0.5) > 3 * control.aucError) {
    warnings.push(`The shuffled control has AUC ${print(control.auc)}: the split leaks.`)
  }
  return warnings
}
