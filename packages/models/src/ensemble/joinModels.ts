import { ConfigError } from '@astertrade/core'
import type { Model } from '../model.js'

/** Appends the snapshots of models, each after its length, to a state. */
export function joinModels(own: Float64Array, models: readonly Model[]): Float64Array {
  const states = models.map((model) => model.snapshot())
  const joined = new Float64Array(states.reduce((length, state) => length + 1 + state.length, own.length))
  joined.set(own)
  let at = own.length
  for (const state of states) {
    joined[at] = state.length
    joined.set(state, at + 1)
    at += 1 + state.length
  }
  return joined
}

/**
 * Restores models from what follows the first `from` numbers of a state; if one refuses, all are as they were.
 *
 * @throws ConfigError with code `BAD_SNAPSHOT` if the state holds no snapshots of these models.
 */
export function restoreModels(models: readonly Model[], state: Float64Array, from: number): void {
  const states: Float64Array[] = []
  let at = from
  for (const _ of models) {
    const length = state[at]!
    if (!(Number.isInteger(length) && length >= 0 && at + 1 + length <= state.length)) throw foreign(state)
    states.push(state.slice(at + 1, at + 1 + length))
    at += 1 + length
  }
  if (at !== state.length) throw foreign(state)
  const before = models.map((model) => model.snapshot())
  try {
    for (const [index, model] of models.entries()) model.restore(states[index]!)
  } catch (error) {
    for (const [index, model] of models.entries()) model.restore(before[index]!)
    throw error
  }
}

function foreign(state: Float64Array): ConfigError {
  return new ConfigError(`Cannot restore the models of an ensemble from a state of ${state.length} numbers.`, {
    code: 'BAD_SNAPSHOT',
    hints: ['Give it a snapshot() of an ensemble with the same id, made by this version of the package.'],
  })
}
