import { ConfigError, exp, log } from '@astertrade/core'
import type { Json } from '../artifact.js'
import { fitIsotonic, type Isotonic } from '../calibrate/isotonic.js'
import { fitTemperature } from '../calibrate/temperature.js'
import type { Dataset } from '../dataset.js'
import { reliability } from '../evaluate/reliability.js'

/** Turns averaged probabilities into calibrated ones, and their lead into the probability that the side is right. */
export interface ClassifierCalibration {
  /** Logarithms of the probabilities are divided by it. */
  readonly temperature: number
  /** From the size of P(up) − P(down) to the share of rows whose side was right. */
  readonly side: Isotonic
}

const smallest = 1e-12

/** Divides log-probabilities by a temperature, in place. */
export function applyTemperature(probabilities: Float64Array, temperature: number): void {
  let total = 0
  for (let index = 0; index < probabilities.length; index++) {
    const value = exp(log(Math.max(probabilities[index]!, smallest)) / temperature)
    probabilities[index] = value
    total += value
  }
  for (let index = 0; index < probabilities.length; index++) probabilities[index]! /= total
}

/**
 * Fits temperature and confidence on rows that are later than all that the models have seen.
 *
 * @param probabilities - By row of the dataset: `probabilities[row * classCount + class]`.
 * @throws ConfigError `NO_ROWS` if none of the rows has weight and a return that is not 0.
 */
export function fitClassifierCalibration(
  { labels }: Dataset,
  probabilities: Float32Array,
  list: Int32Array,
): ClassifierCalibration {
  const { classCount, classes, weights } = labels
  const counted = sidedRows(labels, list)
  if (counted.length === 0) {
    throw new ConfigError(`None of ${list.length} rows can calibrate a side.`, {
      code: 'NO_ROWS',
      hints: ['Give more rows, or a larger calibrationShare.'],
    })
  }
  const logits = Float64Array.from({ length: counted.length * classCount }, (_, index) => {
    const row = counted[Math.floor(index / classCount)]!
    return log(Math.max(probabilities[row * classCount + (index % classCount)]!, smallest))
  })
  const temperature = fitTemperature({ logits, classes: Uint8Array.from(counted, (row) => classes[row]!), classCount })
  const { scores, right } = sidesOf(labels, probabilities, counted, temperature)
  const side = fitIsotonic(
    groupScores(scores),
    right,
    Float64Array.from(counted, (row) => weights[row]!),
  )
  return { temperature, side }
}

/** How well confidence held on rows that it was not calibrated on. */
export interface CalibrationFigures {
  readonly [name: string]: Json
  readonly rows: number
  /** Mean probability that the side is right, as claimed. */
  readonly claimed: number
  /** Share of rows whose side was right. */
  readonly right: number
  /** Mean distance of claimed from right over bins of equal count. */
  readonly error: number
  /** By rising claim: what a reliability diagram shows. */
  readonly bins: readonly { readonly claimed: number; readonly right: number; readonly rows: number }[]
}

const judgedBins = 5
const judgedRowsMin = 50

/**
 * Calibrates on the first half of some rows and compares on the second what was claimed with what came; null where a half has fewer than
 * 50 rows. The halves are purged of each other.
 */
export function judgeCalibration(
  data: Dataset,
  probabilities: Float32Array,
  list: Int32Array,
): CalibrationFigures | null {
  const { times, labels } = data
  const half = list.length >> 1
  const second = sidedRows(labels, list.subarray(half))
  const begin = second.length > 0 ? times[second[0]!]! : 0
  const first = sidedRows(labels, list.subarray(0, half)).filter((row) => labels.ends[row]! < begin)
  if (Math.min(first.length, second.length) < judgedRowsMin) return null
  const { temperature, side } = fitClassifierCalibration(data, probabilities, first)
  const { scores, right } = sidesOf(labels, probabilities, second, temperature)
  const claims = scores.map((score) => Math.max(0.5, side.apply(score)))
  const { bins, calibrationError } = reliability({ probabilities: claims, outcomes: right, bins: judgedBins })
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length
  return {
    rows: second.length,
    claimed: mean(claims),
    right: mean(right),
    error: calibrationError,
    bins: bins.map(({ forecast, observed, count }) => ({ claimed: forecast, right: observed, rows: count })),
  }
}

/** Rows that count and have a side. */
function sidedRows({ weights, returns }: Dataset['labels'], list: Int32Array): Int32Array {
  return list.filter((row) => weights[row]! > 0 && returns[row] !== 0)
}

/** The size of each row's lead, and whether its side was right. */
function sidesOf(
  { classCount, returns }: Dataset['labels'],
  probabilities: Float32Array,
  list: Int32Array,
  temperature: number,
): { readonly scores: Float64Array; readonly right: Uint8Array } {
  const scores = new Float64Array(list.length)
  const right = new Uint8Array(list.length)
  const one = new Float64Array(classCount)
  for (let index = 0; index < list.length; index++) {
    const row = list[index]!
    one.set(probabilities.subarray(row * classCount, (row + 1) * classCount))
    applyTemperature(one, temperature)
    const lead = one[classCount - 1]! - one[0]!
    scores[index] = Math.abs(lead)
    right[index] = lead > 0 === returns[row]! > 0 ? 1 : 0
  }
  return { scores, right }
}

const groupsMax = 20
const groupRowsMin = 30

/**
 * Replaces each score by the mean of its neighbours in rank. A handful of lucky rows at the top would else be called nearly
 * certain, the more so as neighbouring labels overlap.
 */
function groupScores(scores: Float64Array): Float64Array {
  const order = Int32Array.from(scores, (_, index) => index).sort((a, b) => scores[a]! - scores[b]! || a - b)
  const groups = Math.max(1, Math.min(groupsMax, Math.floor(scores.length / groupRowsMin)))
  const grouped = new Float64Array(scores.length)
  for (let group = 0; group < groups; group++) {
    const members = order.subarray(
      Math.floor((group * order.length) / groups),
      Math.floor(((group + 1) * order.length) / groups),
    )
    const mean = members.reduce((sum, index) => sum + scores[index]!, 0) / members.length
    for (const index of members) grouped[index] = mean
  }
  return grouped
}
