import { ConfigError } from '@astertrade/core'
import { requireTrainingBackend } from '../network/requireTrainingBackend.js'
import type { GbdtInput, GbdtParams } from './trainGbdt.js'

const ranges: Readonly<
  Record<keyof GbdtParams, { readonly min: number; readonly max: number; readonly whole: boolean }>
> = {
  rounds: { min: 1, max: 10_000, whole: true },
  depth: { min: 1, max: 16, whole: true },
  learningRate: { min: Number.MIN_VALUE, max: 1, whole: false },
  l2: { min: 0, max: 1e9, whole: false },
  childWeightMin: { min: 1e-6, max: 1e9, whole: false },
  bins: { min: 2, max: 256, whole: true },
  patience: { min: 1, max: 10_000, whole: true },
}

/** Training rows with weight, and float32 weights whose mean over them is 1. */
export interface CheckedGbdt {
  readonly train: Int32Array
  readonly weights: Float32Array
}

/** Checks parameters and data of boosting before anything is allocated for them. */
export function checkGbdt(input: GbdtInput, params: GbdtParams): CheckedGbdt {
  checkParams(params)
  requireTrainingBackend(input.backend)
  checkShapes(input)
  const { rows, classes, classCount, validation = new Int32Array(0) } = input
  const asked = input.train ?? Int32Array.from({ length: rows }, (_, row) => row)
  const weights = input.weights ?? new Float64Array(rows).fill(1)
  checkRows('train', asked, rows)
  checkRows('validation', validation, rows)
  const train = asked.filter((row) => weights[row]! > 0)
  const mass = train.reduce((sum, row) => sum + weights[row]!, 0)
  if (train.length === 0) {
    throw new ConfigError('No row to train trees on.', {
      code: 'NO_ROWS',
      hints: ['At least one training row needs a weight above 0.'],
    })
  }
  if (validation.length > 0 && !validation.some((row) => weights[row]! > 0)) {
    throw new ConfigError(`None of ${validation.length} validation rows has a weight above 0.`, { code: 'NO_ROWS' })
  }
  checkApart(rows, { train, validation })
  const seen = new Set<number>()
  for (const row of train) seen.add(classes[row]!)
  if (seen.size < 2) {
    throw new ConfigError(`All ${train.length} training rows have the class "${[...seen][0]}".`, {
      code: 'ONE_CLASS',
      hints: [`Trees tell ${classCount} classes apart: train on a longer range, or use narrower barriers.`],
    })
  }
  const scale = train.length / mass
  return { train, weights: Float32Array.from(weights, (weight) => weight * scale) }
}

function checkParams(params: GbdtParams): void {
  for (const [name, { min, max, whole }] of Object.entries(ranges)) {
    const value = params[name as keyof GbdtParams]
    if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) continue
    const kind = whole ? 'an integer' : 'a number'
    const lowest = min === Number.MIN_VALUE ? 'above 0' : `from ${min}`
    throw new ConfigError(`Option "${name}" of trainGbdt is "${value}".`, {
      code: 'BAD_PARAMETER',
      hints: [`It takes ${kind} ${lowest} to ${max}.`],
    })
  }
}

function checkShapes({ features, rows, columns, classes, classCount, weights }: GbdtInput): void {
  const bad = (text: string): ConfigError => new ConfigError(text, { code: 'BAD_DATASET' })
  if (features.length !== rows * columns) {
    throw bad(
      `The features have "${features.length}" values, ${rows} rows of ${columns} columns need ${rows * columns}.`,
    )
  }
  if (classes.length !== rows) throw bad(`There are "${classes.length}" classes for ${rows} rows.`)
  if (weights && weights.length !== rows) throw bad(`There are "${weights.length}" weights for ${rows} rows.`)
  if (!Number.isInteger(classCount) || classCount < 2 || classCount > 64) {
    throw bad(`The number of classes is "${classCount}", not an integer from 2 to 64.`)
  }
  for (let row = 0; row < rows; row++) {
    if (classes[row]! >= classCount) throw bad(`Row ${row} has the class "${classes[row]}" of ${classCount}.`)
    const weight = weights ? weights[row]! : 1
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw bad(`Row ${row} has the weight "${weight}".`)
  }
  for (let index = 0; index < features.length; index++) {
    const value = features[index]!
    if (value - value !== 0) {
      throw bad(`Feature ${Math.floor(index / rows)} of row ${index % rows} is "${value}", not a finite number.`)
    }
  }
}

function checkRows(name: string, list: Int32Array, rows: number): void {
  for (let index = 0; index < list.length; index++) {
    if (list[index]! >= 0 && list[index]! < rows) continue
    throw new ConfigError(`Row "${list[index]}" of "${name}" is not one of ${rows}.`, { code: 'BAD_DATASET' })
  }
}

/** A row that is taken twice would be stopped by what it taught, or taught twice in each tree. */
function checkApart(rows: number, lists: Readonly<Record<string, Int32Array>>): void {
  const taken = new Uint8Array(rows)
  for (const [name, list] of Object.entries(lists)) {
    for (let index = 0; index < list.length; index++) {
      const row = list[index]!
      if (taken[row] === 1) {
        throw new ConfigError(`Row "${row}" of "${name}" is given twice.`, {
          code: 'BAD_DATASET',
          hints: ['Train on each row once, weigh it for more, and validate on others.'],
        })
      }
      taken[row] = 1
    }
  }
}
