import { ConfigError, createHasher, createRandom } from '@astertrade/core'
import type { Network } from '../backends/network.js'
import type { TrainingHooks } from '../modelKind.js'
import { createLearner, type Learner, type TrainingBackend } from '../network/learner.js'
import type { LayerShape } from '../network/networkLayout.js'
import { orthogonalNetwork } from '../network/orthogonalNetwork.js'
import { requireTrainingBackend } from '../network/requireTrainingBackend.js'
import { withSoftmax } from '../network/withSoftmax.js'
import type { Environment } from './environment.js'
import { openPolicyCheckpoint, type PolicyProgress, writePolicyCheckpoint } from './policyCheckpoint.js'
import { checkPpoSettings, type PpoSettings, ppoDefaults } from './ppoSettings.js'
import { createRollouts } from './rollout.js'
import { createUpdate } from './update.js'

/** What `trainPolicy` takes. */
export interface TrainPolicyOptions {
  /** Makes the environments, all of the same sizes. */
  makeEnvironment(index: number): Environment
  /** Steps of all environments together; rounded up to whole rollouts. */
  readonly steps: number
  readonly seed: number
  readonly settings?: Partial<PpoSettings>
  /** What computes it (default wasm); the result is the same. */
  readonly backend?: TrainingBackend
  /** What the environments are made of, such as the digest of their data; a checkpoint of another task is refused. */
  readonly task?: string
  /** True to stop early, asked after each update. */
  stop?(progress: PolicyProgress): boolean
}

/** A trained policy. */
export interface TrainedPolicy {
  /** Says the probability of each action; ends in a softmax. */
  readonly policy: Network
  /** Says what is still to be gained; linear. */
  readonly value: Network
  readonly progress: PolicyProgress
}

/**
 * Updates between two checkpoints. All episodes start anew there, whether a checkpoint is taken or not: an environment has no state
 * that could be kept. A shorter segment would cost long episodes too often.
 */
const segmentUpdates = 256
/** Gains of the hidden layers and of the last one, as in the reference implementation. */
const gains = { hidden: Math.SQRT2, policy: 0.01, value: 1 }

/**
 * Trains a policy by proximal policy optimisation: rollouts of a few environments side by side, advantages by GAE, then passes over
 * the steps that raise the clipped surrogate, with separate networks for policy and value.
 *
 * Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization algorithms (2017), algorithm 1; details as in Huang
 * et al., The 37 implementation details of proximal policy optimization (2022). The same options give the same bytes on any machine
 * and backend, also when resumed from a checkpoint.
 *
 * @throws ConfigError with code `BAD_TRAINING` if a setting is out of range, the backend is unknown or an environment gives what is no number,
 * `BAD_CHECKPOINT` if `resume` is of another training, `CANCELLED` if a hook says so.
 */
export function trainPolicy(options: TrainPolicyOptions, hooks: TrainingHooks = {}): TrainedPolicy {
  const settings = { ...ppoDefaults, ...options.settings }
  checkPpoSettings(settings)
  checkSteps(options)
  requireTrainingBackend(options.backend)
  const random = createRandom(options.seed)
  const environments = Array.from({ length: settings.environments }, (_, index) => options.makeEnvironment(index))
  const networks = createNetworks(environments[0]!, settings, options)
  const returns: number[] = []
  const training = { ...networks, identity: identityOf(options, settings), returns }
  const rollouts = createRollouts({ ...networks, environments, settings, ended: (total) => returns.push(total) })
  const update = createUpdate({ ...networks, settings })
  const perUpdate = settings.environments * settings.rolloutSteps
  const updates = Math.ceil(options.steps / perUpdate)
  let done = hooks.resume ? openPolicyCheckpoint(hooks.resume, training) : 0
  const progress = (): PolicyProgress => ({ steps: done * perUpdate, returns })
  while (done < updates) {
    if (hooks.cancelled?.()) throw cancelled(done * perUpdate)
    if (done % segmentUpdates === 0) rollouts.restart(random.stream('ppo/segment').fork(done / segmentUpdates))
    const learningRate = settings.learningRate * (1 - done / updates)
    update(rollouts.play(), random.stream('ppo/order').fork(done), learningRate)
    done++
    if (done % segmentUpdates === 0) hooks.checkpoint?.(writePolicyCheckpoint(training, done))
    hooks.report?.({ stage: `update ${done} of ${updates}`, done: done / updates, figures: figuresOf(returns) })
    if (options.stop?.(progress())) break
  }
  return { policy: withSoftmax(networks.policy.network()), value: networks.value.network(), progress: progress() }
}

interface Networks {
  readonly policy: Learner
  readonly value: Learner
}

function createNetworks(
  { observationSize, actions }: Environment,
  { hidden, environments, rolloutSteps, minibatches }: PpoSettings,
  { seed, backend = 'wasm' }: TrainPolicyOptions,
): Networks {
  const rows = Math.max(environments, Math.ceil((environments * rolloutSteps) / minibatches))
  const create = (name: 'policy' | 'value', outputs: number): Learner => {
    const sizes = [observationSize, ...hidden, outputs]
    const shapes = sizes.slice(1).map((size, index): LayerShape => {
      return { inputs: sizes[index]!, outputs: size, activation: index < hidden.length ? 'tanh' : 'linear' }
    })
    const learner = createLearner({ shapes, rows, backend, adam: { epsilon: 1e-5 } })
    const gain = shapes.map((_, index) => (index < hidden.length ? gains.hidden : gains[name]))
    learner.write(orthogonalNetwork(shapes, gain, createRandom(seed).stream(`ppo/${name}`)))
    return learner
  }
  return { policy: create('policy', actions), value: create('value', 1) }
}

function identityOf({ task = '', steps, seed }: TrainPolicyOptions, settings: PpoSettings): string {
  return createHasher().json({ task, steps, seed, settings }).digest()
}

/** Mean return of the last hundred episodes. */
function figuresOf(returns: readonly number[]): Readonly<Record<string, number>> {
  const last = returns.slice(-100)
  return last.length === 0 ? {} : { return: last.reduce((sum, value) => sum + value, 0) / last.length }
}

function checkSteps({ steps, seed }: TrainPolicyOptions): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new ConfigError(`Steps "${steps}" of a training are no positive integer.`, { code: 'BAD_TRAINING' })
  }
  if (!Number.isFinite(seed)) throw new ConfigError(`Seed "${seed}" is not finite.`, { code: 'BAD_TRAINING' })
}

function cancelled(steps: number): ConfigError {
  return new ConfigError(`The training was cancelled after ${steps} steps.`, { code: 'CANCELLED' })
}
