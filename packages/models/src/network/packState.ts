import { ConfigError } from '@astertrade/core'
import { decodeTensors, encodeTensors } from '../tensors.js'

/** Columns of a training's state by name. */
export type StateColumns = Readonly<Record<string, Float32Array | Float64Array>>

/** Packs the state of a training with the digest of what it depends on. */
export function packState(identity: string, columns: StateColumns): Uint8Array {
  const digest = Uint8Array.from(identity, (digit) => digit.charCodeAt(0))
  const named = [['identity', digest] as const, ...Object.entries(columns)]
  return encodeTensors(named.map(([name, data]) => ({ name, shape: [data.length], data })))
}

/**
 * Takes the state of a training apart; `like` names its columns with arrays of their types and lengths, where an empty one stands for
 * any length.
 *
 * @throws ConfigError with code `BAD_CHECKPOINT` if it is of another training, `ARTIFACT` if it is damaged.
 */
export function unpackState<Like extends StateColumns>(bytes: Uint8Array, identity: string, like: Like): Like {
  const tensors = decodeTensors(bytes)
  const digest = tensors.get('identity')?.data ?? []
  if (String.fromCharCode(...digest) !== identity) throw foreign()
  const columns = Object.entries(like).map(([name, expected]) => {
    const data = tensors.get(name)?.data
    const fits =
      data?.constructor === expected.constructor && (data.length === expected.length || expected.length === 0)
    if (!fits) throw foreign()
    return [name, data] as const
  })
  return Object.fromEntries(columns) as unknown as Like
}

function foreign(): ConfigError {
  return new ConfigError('The checkpoint is of another training.', {
    code: 'BAD_CHECKPOINT',
    hints: ['Resume with the data, parameters and seed that it was taken with, or start anew.'],
  })
}
