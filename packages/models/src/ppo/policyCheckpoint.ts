import type { Learner } from '../network/learner.js'
import { packState, unpackState } from '../network/packState.js'

/** How far a training of a policy is. */
export interface PolicyProgress {
  /** Steps of all environments together. */
  readonly steps: number
  /** Sum of rewards of each episode that ended, in order. */
  readonly returns: readonly number[]
}

/** A policy in training. */
export interface RunningPolicy {
  readonly policy: Learner
  readonly value: Learner
  /** Digest of what the training depends on. */
  readonly identity: string
  /** Filled when a checkpoint is opened. */
  readonly returns: number[]
}

/** Packs the whole state of a training between two segments, where no episode is under way. */
export function writePolicyCheckpoint(
  { policy, value, identity, returns }: RunningPolicy,
  updates: number,
): Uint8Array {
  const [a, b] = [policy.state(), value.state()]
  return packState(identity, {
    progress: Float64Array.of(updates, ...returns),
    policy: a.numbers,
    policyPowers: a.powers,
    value: b.numbers,
    valuePowers: b.powers,
  })
}

/**
 * Puts a training back to where a checkpoint was taken and returns how many updates were made.
 *
 * @throws ConfigError with code `BAD_CHECKPOINT` if it is of another training, `ARTIFACT` if it is damaged.
 */
export function openPolicyCheckpoint(bytes: Uint8Array, { policy, value, identity, returns }: RunningPolicy): number {
  const [a, b] = [policy.state(), value.state()]
  const state = unpackState(bytes, identity, {
    progress: new Float64Array(0),
    policy: a.numbers,
    policyPowers: a.powers,
    value: b.numbers,
    valuePowers: b.powers,
  })
  policy.restore({ numbers: state.policy, powers: state.policyPowers })
  value.restore({ numbers: state.value, powers: state.valuePowers })
  const [updates, ...ended] = state.progress
  returns.push(...ended)
  return updates!
}
