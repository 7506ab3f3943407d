import { ConfigError, type Duration, dayMs } from '@astertrade/core'
import type { FeatureScaler } from '../features/featureScaler.js'
import { type GbdtParams, gbdtDefaults } from '../gbdt/trainGbdt.js'

/** How the network of a classifier is trained. */
export interface ClassifierNetwork {
  readonly [name: string]: number | readonly number[]
  /** Sizes of the hidden layers (default 64 and 64), with rectified units. */
  readonly hidden: readonly number[]
  /** Passes at most (default 30). */
  readonly epochs: number
  /** Rows of a step (default 256). */
  readonly batch: number
  /** Step size of Adam (default 1e-3). */
  readonly learningRate: number
  /** Passes without a better validation loss before it stops (default 4). */
  readonly patience: number
}

/** How a classifier is trained, judged and served. */
export interface ClassifierParams {
  /** Blocks of the purged cross-validation (default 5). */
  readonly folds: number
  /** Share of the whole time that training keeps away from after each test block (default 0.01). */
  readonly embargoShare: number
  /** Share of the rows, the latest of those it learns from, that decide when to stop (default 0.15). */
  readonly stopShare: number
  /** Share of the rows, the latest of all, that confidence is calibrated on (default 0.15). */
  readonly calibrationShare: number
  /** How the network's inputs are scaled, fitted on its training rows (default `standard`). */
  readonly scaler: FeatureScaler['kind']
  /** `balanced` makes rare classes count as much as frequent ones, at the price of worse probabilities (default `none`). */
  readonly classWeights: 'none' | 'balanced'
  readonly trees: GbdtParams
  readonly network: ClassifierNetwork
  /** Confidence from which it speaks; below it abstains with `no-edge` (default 0.02). */
  readonly confidenceMin: number
  /** Time after the last training label until it abstains with `expired` (default 30 days). */
  readonly validFor: Duration
}

/** Defaults of the classifier. */
export const classifierDefaults: ClassifierParams = {
  folds: 5,
  embargoShare: 0.01,
  stopShare: 0.15,
  calibrationShare: 0.15,
  scaler: 'standard',
  classWeights: 'none',
  trees: gbdtDefaults,
  network: { hidden: [64, 64], epochs: 30, batch: 256, learningRate: 1e-3, patience: 4 },
  confidenceMin: 0.02,
  validFor: 30 * dayMs,
}

const ranges: readonly (readonly [keyof ClassifierParams, number, number])[] = [
  ['folds', 2, 100],
  ['embargoShare', 0, 0.5],
  ['stopShare', 0.01, 0.5],
  ['calibrationShare', 0.01, 0.5],
  ['confidenceMin', 0, 1],
  ['validFor', 1, Number.MAX_SAFE_INTEGER],
]

/**
 * Fills in what is left out, of trees and network too.
 *
 * @throws ConfigError `BAD_PARAMETER` if a parameter is out of range; those of trees and network are checked where they are used.
 */
export function completeParams(given: ClassifierParams): ClassifierParams {
  const { trees, network } = classifierDefaults
  const params: ClassifierParams = {
    ...classifierDefaults,
    ...given,
    trees: { ...trees, ...given.trees },
    network: { ...network, ...given.network },
  }
  for (const [name, min, max] of ranges) {
    const value = params[name]
    if (typeof value === 'number' && value >= min && value <= max) continue
    throw badOption(name, value, `It takes a number from ${min} to ${max}.`)
  }
  if (params.scaler !== 'standard' && params.scaler !== 'quantile') {
    throw badOption('scaler', params.scaler, "It takes 'standard' or 'quantile'.")
  }
  if (params.classWeights !== 'none' && params.classWeights !== 'balanced') {
    throw badOption('classWeights', params.classWeights, "It takes 'none' or 'balanced'.")
  }
  return params
}

function badOption(name: string, value: unknown, hint: string): ConfigError {
  return new ConfigError(`Option "${name}" of the classifier is "${String(value)}".`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
