import type { Network } from '../backends/network.js'
import { networkOf, networkTensors } from '../network/networkTensors.js'
import { decodeTensors, encodeTensors } from '../tensors.js'

/** A training of several policies: those that are finished, and the state of the one under way. */
export interface CommitteeState {
  readonly finished: readonly Network[]
  readonly current?: Uint8Array
}

/** Packs a training of several policies. */
export function writeCommittee({ finished, current = new Uint8Array(0) }: CommitteeState): Uint8Array {
  return encodeTensors([
    { name: 'finished', shape: [1], data: Int32Array.of(finished.length) },
    ...finished.flatMap((policy, index) => networkTensors(`policy/${index}`, policy)),
    { name: 'current', shape: [current.length], data: current },
  ])
}

/**
 * Takes a training of several policies apart.
 *
 * @throws ConfigError with code `ARTIFACT` if it is damaged.
 */
export function openCommittee(bytes: Uint8Array): CommitteeState {
  const tensors = decodeTensors(bytes)
  const count = tensors.get('finished')?.data[0] ?? 0
  const current = tensors.get('current')?.data
  const finished = Array.from({ length: count }, (_, index) => networkOf(tensors, `policy/${index}`))
  return current instanceof Uint8Array ? { finished, current } : { finished }
}
