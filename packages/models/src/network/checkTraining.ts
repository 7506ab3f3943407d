import { ConfigError } from '@astertrade/core'
import { requireTrainingBackend } from './requireTrainingBackend.js'
import type { LabelledRows, TrainNetworkOptions } from './trainNetwork.js'

/**
 * Checks what a training is given.
 *
 * @throws ConfigError with code `BAD_TRAINING` that names the first thing out of range, or `ONE_CLASS` if all rows that count have
 * the same class.
 */
export function checkTraining(options: TrainNetworkOptions): void {
  const { inputs, classCount, hidden, activation, epochs, batch, patience, learningRate, validation } = options
  const counts = {
    inputs,
    epochs,
    batch,
    patience,
    ...Object.fromEntries(hidden.map((size, i) => [`hidden[${i}]`, size])),
  }
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 1) throw wrong(`${name} "${count}" is no positive integer`)
  }
  if (!Number.isSafeInteger(classCount) || classCount < 2 || classCount > 256) {
    throw wrong(`classCount "${classCount}" is no integer from 2 to 256`)
  }
  if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY)) {
    throw wrong(`learningRate "${learningRate}" is no positive number`)
  }
  if (!['relu', 'tanh'].includes(activation)) throw wrong(`activation "${activation}" is none of relu, tanh`)
  requireTrainingBackend(options.backend)
  if (!Number.isFinite(options.seed)) throw wrong(`seed "${options.seed}" is not finite`)
  checkRows('', options, options)
  if (validation) checkRows('validation.', validation, options)
  checkClasses(options)
}

/** A network that sees one class learns to say it always, and its figures look perfect. */
function checkClasses({ classes, weights, classCount }: TrainNetworkOptions): void {
  const seen = new Set(weights ? classes.filter((_, row) => weights[row]! > 0) : classes)
  if (seen.size !== 1) return
  throw new ConfigError(`All training rows have the class "${[...seen][0]}".`, {
    code: 'ONE_CLASS',
    hints: [`A network tells ${classCount} classes apart: train on a longer range, or use narrower barriers.`],
  })
}

function checkRows(prefix: string, from: LabelledRows, { inputs, classCount }: TrainNetworkOptions): void {
  const { features, rows, classes, weights } = from
  if (!Number.isSafeInteger(rows) || rows < 0) throw wrong(`${prefix}rows "${rows}" is no count`)
  const columns = { features: [features, rows * inputs], classes: [classes, rows], weights: [weights, rows] } as const
  for (const [name, [column, length]] of Object.entries(columns)) {
    if (column && column.length !== length)
      throw wrong(`${prefix}${name} has "${column.length}" entries, not ${length}`)
  }
  for (let at = 0; at < features.length; at++) {
    if (Number.isFinite(features[at])) continue
    throw wrong(`${prefix}features holds "${features[at]}" in row ${Math.floor(at / inputs)}`)
  }
  const foreign = classes.find((value) => value >= classCount)
  if (foreign !== undefined) throw wrong(`${prefix}classes holds "${foreign}" of ${classCount} classes`)
  const weight = weights?.find((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY))
  if (weight !== undefined) throw wrong(`${prefix}weights holds "${weight}"`)
}

function wrong(what: string): ConfigError {
  return new ConfigError(`The training cannot start: ${what}.`, { code: 'BAD_TRAINING' })
}
