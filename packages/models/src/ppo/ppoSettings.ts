import { ConfigError } from '@astertrade/core'

/** Settings of proximal policy optimisation. */
export interface PpoSettings {
  /** Environments that are stepped side by side. */
  readonly environments: number
  /** Steps of each environment between two updates. */
  readonly rolloutSteps: number
  /** Passes over the steps of a rollout. */
  readonly epochs: number
  /** Parts into which a pass is cut. */
  readonly minibatches: number
  /** Of Adam; falls in a straight line to 0 over the training. */
  readonly learningRate: number
  /** γ, from 0 to 1. */
  readonly discount: number
  /** λ of the advantages, from 0 to 1. */
  readonly smoothing: number
  /** ε of the clipped surrogate and of the clipped value loss. */
  readonly clip: number
  /** Weight of the entropy in the loss. */
  readonly entropy: number
  /** Weight of the value loss. */
  readonly value: number
  /** Largest norm of the gradients of both networks together. */
  readonly gradientNorm: number
  /**
   * What a cut episode counts as: `bootstrap` adds the value of its last state, `terminate` takes it for the end of the task, as
   * the reference implementation does.
   */
  readonly truncation: 'bootstrap' | 'terminate'
  /** Sizes of the hidden layers of each network. */
  readonly hidden: readonly number[]
}

/** The settings of the reference implementation for small tasks, but for truncation. */
export const ppoDefaults: PpoSettings = {
  environments: 4,
  rolloutSteps: 128,
  epochs: 4,
  minibatches: 4,
  learningRate: 2.5e-4,
  discount: 0.99,
  smoothing: 0.95,
  clip: 0.2,
  entropy: 0.01,
  value: 0.5,
  gradientNorm: 0.5,
  truncation: 'bootstrap',
  hidden: [64, 64],
}

/**
 * Checks settings.
 *
 * @throws ConfigError with code `BAD_TRAINING` that names the first one out of range.
 */
export function checkPpoSettings(settings: PpoSettings): void {
  const { environments, rolloutSteps, epochs, minibatches, hidden, truncation } = settings
  const sizes = Object.fromEntries(hidden.map((size, index) => [`hidden[${index}]`, size]))
  for (const [name, count] of Object.entries({ environments, rolloutSteps, epochs, minibatches, ...sizes })) {
    if (!Number.isSafeInteger(count) || count < 1) throw wrong(name, count, 'a positive integer')
  }
  if ((environments * rolloutSteps) / minibatches < 2) throw wrong('minibatches', minibatches, 'two steps in each')
  const { learningRate, clip, gradientNorm, discount, smoothing, entropy, value } = settings
  for (const [name, number] of Object.entries({ learningRate, clip, gradientNorm })) {
    if (!(number > 0 && number < Number.POSITIVE_INFINITY)) throw wrong(name, number, 'a positive number')
  }
  for (const [name, number] of Object.entries({ discount, smoothing })) {
    if (!(number >= 0 && number <= 1)) throw wrong(name, number, 'from 0 to 1')
  }
  for (const [name, number] of Object.entries({ entropy, value })) {
    if (!(number >= 0 && number < Number.POSITIVE_INFINITY)) throw wrong(name, number, 'not negative')
  }
  if (!['bootstrap', 'terminate'].includes(truncation)) throw wrong('truncation', truncation, 'bootstrap or terminate')
}

function wrong(name: string, value: unknown, needed: string): ConfigError {
  return new ConfigError(`Setting ${name} "${value}" of PPO is out of range: ${needed} is needed.`, {
    code: 'BAD_TRAINING',
  })
}
