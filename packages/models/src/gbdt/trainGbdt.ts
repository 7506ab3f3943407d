import { ConfigError, log } from '@astertrade/core'
import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import type { TrainingHooks } from '../modelKind.js'
import type { TrainingBackend } from '../network/learner.js'
import { type BoostingSlopes, type BoostingState, boostingLoss, fillBoostingSlopes } from './boostingLoss.js'
import { checkGbdt } from './checkGbdt.js'
import { binRows, makeFeatureBins } from './featureBins.js'
import { binsMax, type Histograms } from './histogram.js'
import { jsHistograms } from './jsHistograms.js'
import { packTrees } from './packTrees.js'
import { createTreeGrower, type GrownTree, histogramsAtOnce } from './treeGrower.js'
import { wasmHistograms } from './wasmHistograms.js'

/** How trees are boosted. */
export interface GbdtParams {
  /** Rounds at most; each adds one tree, or one per class from three classes on (default 100). */
  readonly rounds: number
  /** Splits from the root to a leaf at most (default 6). */
  readonly depth: number
  /** Share of each tree that is added, above 0 and at most 1 (default 0.1). */
  readonly learningRate: number
  /** Added to the hessian of a leaf (default 1). */
  readonly l2: number
  /** Least sum of hessians in a leaf; a row at even odds weighs a quarter (default 5). */
  readonly childWeightMin: number
  /** Bins of a feature, from 2 to 256 (default 256). */
  readonly bins: number
  /** Rounds without a better validation loss before it stops, with validation rows only (default 10). */
  readonly patience: number
}

/** Defaults of boosting. */
export const gbdtDefaults: GbdtParams = {
  rounds: 100,
  depth: 6,
  learningRate: 0.1,
  l2: 1,
  childWeightMin: 5,
  bins: 256,
  patience: 10,
}

/** What `trainGbdt` learns from. */
export interface GbdtInput {
  /** By column, finite: `features[column * rows + row]`. */
  readonly features: Float32Array
  readonly rows: number
  readonly columns: number
  readonly classes: Uint8Array
  readonly classCount: number
  /** Weight of each row, 0 or more (default 1). */
  readonly weights?: Float64Array
  /** Rows to learn from (default all). */
  readonly train?: Int32Array
  /** Rows to stop early by; none of them may be a training row. */
  readonly validation?: Int32Array
  /** What sums histograms (default wasm where the engine has it); the result is the same. */
  readonly backend?: TrainingBackend
}

/** Boosted trees and how they came about. */
export interface GbdtResult {
  readonly trees: TreeEnsemble
  /** Rounds kept. */
  readonly rounds: number
  readonly trainLoss: number
  /** `NaN` without validation rows. */
  readonly validationLoss: number
}

/**
 * Gradient-boosted decision trees over histograms, for two classes or more, by Newton steps on the log loss.
 *
 * It draws nothing at random and adds in a fixed order, so the same rows give the same bytes on any machine. With
 * validation rows it keeps the rounds up to the best validation loss. Friedman, Greedy Function Approximation (2001); Chen & Guestrin,
 * XGBoost (2016); histograms as in Ke et al., LightGBM (2017).
 *
 * @throws ConfigError `BAD_PARAMETER` if a parameter is out of range, `BAD_TRAINING` if the backend is unknown, `BAD_DATASET` if shapes differ or a value is not finite,
 * `NO_ROWS` if no training row has weight, `ONE_CLASS` if all of them have the same class, `CANCELLED` if a hook says so.
 * @example
 * const { trees, rounds } = trainGbdt({ features, rows: 1000, columns: 3, classes, classCount: 2 }, { depth: 4 })
 */
export function trainGbdt(
  input: GbdtInput,
  params: Partial<GbdtParams> = {},
  hooks: Pick<TrainingHooks, 'report' | 'cancelled'> = {},
): GbdtResult {
  const settings = { ...gbdtDefaults, ...params }
  const { train, weights } = checkGbdt(input, settings)
  const { features, rows, columns, classes, classCount, validation = new Int32Array(0) } = input
  const bins = makeFeatureBins({ features, rows, columns, train }, Math.min(settings.bins, binsMax))
  const histograms = makeHistograms(input, settings, train.length)
  const { bins: binned } = histograms
  binRows(features, rows, bins, binned)
  const base = startOf({ classes, classCount, weights, train })
  const scores = base.map((score) => new Float64Array(rows).fill(score))
  const state: BoostingState = { classes, classCount, scores, weights }
  const slopes: BoostingSlopes = {
    gradients: base.map(() => new Float32Array(rows)),
    hessians: base.map(() => new Float32Array(rows)),
  }
  const grower = createTreeGrower({ histograms, rows, edges: bins.edges, train }, settings)
  const trees: GrownTree[] = []
  let best = { loss: validation.length > 0 ? boostingLoss(state, validation) : Number.NaN, rounds: 0 }
  for (let round = 1; round <= settings.rounds; round++) {
    stopIfCancelled(hooks)
    fillBoostingSlopes(state, train, slopes)
    for (const [output, score] of scores.entries()) {
      const tree = grower.grow(slopes.gradients[output]!, slopes.hessians[output]!, score)
      addTree(tree, 1, { bins: binned, rows, on: validation, scores: score })
      trees.push(tree)
    }
    const loss = validation.length > 0 ? boostingLoss(state, validation) : Number.NaN
    if (validation.length === 0 || loss < best.loss) best = { loss, rounds: round }
    hooks.report?.({ stage: 'trees', done: round / settings.rounds, figures: { round, validationLoss: loss } })
    if (round - best.rounds >= settings.patience) break
  }
  const kept = best.rounds * base.length
  for (const [index, tree] of trees.entries()) {
    if (index >= kept) addTree(tree, -1, { bins: binned, rows, on: train, scores: scores[index % base.length]! })
  }
  return {
    trees: packTrees({ trees: trees.slice(0, kept), bins, base }),
    rounds: best.rounds,
    trainLoss: boostingLoss(state, train),
    validationLoss: best.loss,
  }
}

function makeHistograms({ rows, columns, backend }: GbdtInput, { depth }: GbdtParams, train: number): Histograms {
  const sizes = { rows, columns, train, histograms: histogramsAtOnce(depth) }
  if (backend === 'js') return jsHistograms(sizes)
  if (backend === 'wasm') return wasmHistograms(sizes)
  try {
    return wasmHistograms(sizes)
  } catch {
    // Without SIMD, or beyond the memory that it can address, plain JavaScript gives the same trees more slowly.
    return jsHistograms(sizes)
  }
}

function stopIfCancelled(hooks: Pick<TrainingHooks, 'cancelled'>): void {
  if (!hooks.cancelled?.()) return
  throw new ConfigError('The training was cancelled.', { code: 'CANCELLED' })
}

/** Log-odds of class 1 of two, or the logarithm of each class's frequency, each as float32. */
function startOf(input: {
  readonly classes: Uint8Array
  readonly classCount: number
  readonly weights: Float32Array
  readonly train: Int32Array
}): number[] {
  const { classes, classCount, weights, train } = input
  const mass = new Float64Array(classCount)
  for (const row of train) mass[classes[row]!]! += weights[row]!
  const total = mass.reduce((sum, value) => sum + value, 0)
  if (classCount === 2) return [Math.fround(log(mass[1]! / mass[0]!))]
  // A class that is nowhere in the training rows keeps a finite, very low score.
  return Array.from(mass, (value) => Math.fround(log(Math.max(value / total, 1e-6))))
}

interface ScoredRows {
  readonly bins: Uint8Array
  readonly rows: number
  readonly on: Int32Array
  readonly scores: Float64Array
}

/** Adds so many times a tree to the scores of some rows. */
function addTree({ feature, bin, left, right, value }: GrownTree, times: number, rowsOf: ScoredRows): void {
  const { bins, rows, on, scores } = rowsOf
  for (let index = 0; index < on.length; index++) {
    const row = on[index]!
    let node = 0
    while (feature[node] !== -1) node = bins[feature[node]! * rows + row]! <= bin[node]! ? left[node]! : right[node]!
    scores[row]! += times * value[node]!
  }
}
