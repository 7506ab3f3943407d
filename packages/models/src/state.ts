import { ConfigError } from '@astertrade/core'
import { textHash } from './textHash.js'

/** Joins the states of a model's parts: hash of the model's id, lengths of the parts, then their numbers. */
export function joinState(id: string, parts: readonly Float64Array[]): Float64Array {
  const header = 1 + parts.length
  const state = new Float64Array(parts.reduce((length, part) => length + part.length, header))
  state[0] = textHash(id)
  let at = header
  for (const [index, part] of parts.entries()) {
    state[index + 1] = part.length
    state.set(part, at)
    at += part.length
  }
  return state
}

/**
 * Takes a state apart again, where `like` are the parts of a model with the same id.
 *
 * @throws ConfigError if the state is none of that model.
 */
export function splitState(id: string, like: readonly Float64Array[], state: Float64Array): Float64Array[] {
  const header = 1 + like.length
  const length = like.reduce((sum, part) => sum + part.length, header)
  const fits = like.every((part, index) => state[index + 1] === part.length)
  if (state[0] !== textHash(id) || state.length !== length || !fits) {
    throw new ConfigError(`Cannot restore ${id} from a state of ${state.length} numbers.`, {
      code: 'BAD_SNAPSHOT',
      hints: ['Give it a snapshot() of a model with the same id, made by this version of the package.'],
    })
  }
  let at = header
  return like.map((part) => {
    at += part.length
    return state.slice(at - part.length, at)
  })
}
