import { describe, expect, it } from 'vitest'
import type { TrainingHooks } from '../modelKind.js'
import { cartPole } from './cartPole.rig.js'
import type { Environment, Outcome } from './environment.js'
import type { PpoSettings } from './ppoSettings.js'
import { type TrainedPolicy, type TrainPolicyOptions, trainPolicy } from './trainPolicy.js'

const small: Partial<PpoSettings> = { environments: 2, rolloutSteps: 8, minibatches: 3, epochs: 2, hidden: [8] }
const options: TrainPolicyOptions = { makeEnvironment: cartPole, steps: 200, seed: 1, settings: small }
const bytesOf = (trained: TrainedPolicy): string => JSON.stringify(trained)

/** Pays 1 for action 1; each episode is three steps long and ends as it is told. */
function button(end: Partial<Outcome>, observed = 0, paid = 1): Environment {
  let steps = 0
  return {
    observationSize: 1,
    actions: 2,
    reset(_, observation) {
      steps = 0
      observation[0] = 0
    },
    step(action, observation) {
      steps++
      observation[0] = observed
      const outcome = { reward: action === 1 ? paid : 0, terminated: false, truncated: false }
      return steps === 3 ? { ...outcome, ...end } : outcome
    },
  }
}

describe('gives the same bytes', () => {
  it('for the same seed and on both backends, and others for another', () => {
    const first = bytesOf(trainPolicy(options))
    expect(bytesOf(trainPolicy(options))).toBe(first)
    expect(bytesOf(trainPolicy({ ...options, backend: 'js' }))).toBe(first)
    expect(bytesOf(trainPolicy({ ...options, seed: 2 }))).not.toBe(first)
  })

  it('when resumed from a checkpoint', () => {
    const states: Uint8Array[] = []
    const long = { ...options, steps: 2 * 8 * 520 }
    const whole = trainPolicy(long, { checkpoint: (state) => states.push(state.slice()) })
    expect(states).toHaveLength(2)
    for (const resume of states) expect(bytesOf(trainPolicy(long, { resume }))).toBe(bytesOf(whole))
  })
})

describe('values an episode', () => {
  const worthOf = (end: Partial<Outcome>, truncation: PpoSettings['truncation']): number => {
    const settings = { ...small, truncation, learningRate: 0.02, discount: 0.9, minibatches: 1, clip: 10 }
    const { value } = trainPolicy({ makeEnvironment: () => button(end), steps: 6_000, seed: 1, settings })
    const [hidden, last] = value.layers
    const x = Array.from(hidden!.bias, Math.tanh)
    return x.reduce((sum, input, index) => sum + input * last!.weights[index]!, last!.bias[0]!)
  }

  it('that is cut as one that goes on, if told so', () => {
    // 1 + 0.9 + 0.81 + … for ever.
    expect(worthOf({ truncated: true }, 'bootstrap')).toBeGreaterThan(8)
  })

  it('that is cut as one that ended, if told so, and one that ended always', () => {
    // The mean of what is left in three steps: 1, 1.9 and 2.71.
    expect(worthOf({ truncated: true }, 'terminate')).toBeCloseTo(1.87, 0)
    expect(worthOf({ terminated: true }, 'bootstrap')).toBeCloseTo(1.87, 0)
  })
})

it('reports the mean return of the last episodes, and stops when told to', () => {
  const figures: unknown[] = []
  const { progress } = trainPolicy(
    { ...options, stop: ({ steps }) => steps >= 64 },
    { report: (entry) => figures.push(entry.figures.return) },
  )
  expect(progress.steps).toBe(64)
  const mean = progress.returns.reduce((sum, value) => sum + value, 0) / progress.returns.length
  expect(figures.at(-1)).toBeCloseTo(mean, 12)
})

describe('refuses', () => {
  const failing =
    (change: Partial<TrainPolicyOptions>, hooks: TrainingHooks = {}) =>
    () =>
      trainPolicy({ ...options, ...change }, hooks)

  it.each<[string, Partial<PpoSettings>]>([
    ['environments "0"', { environments: 0 }],
    ['rolloutSteps "1.5"', { rolloutSteps: 1.5 }],
    ['epochs "NaN"', { epochs: Number.NaN }],
    ['hidden[0] "-1"', { hidden: [-1] }],
    ['minibatches "9"', { minibatches: 9 }],
    ['learningRate "0"', { learningRate: 0 }],
    ['clip "Infinity"', { clip: Number.POSITIVE_INFINITY }],
    ['gradientNorm "-1"', { gradientNorm: -1 }],
    ['discount "1.1"', { discount: 1.1 }],
    ['smoothing "-0.1"', { smoothing: -0.1 }],
    ['entropy "-1"', { entropy: -1 }],
    ['value "NaN"', { value: Number.NaN }],
    ['truncation "ignore"', { truncation: 'ignore' as 'bootstrap' }],
  ])('the setting %s', (named, change) => {
    expect(failing({ settings: { ...small, ...change } })).toThrow(
      expect.objectContaining({ code: 'BAD_TRAINING', message: expect.stringContaining(`Setting ${named} of PPO`) }),
    )
  })

  it('steps and seeds that are none', () => {
    expect(failing({ steps: 0 })).toThrow('Steps "0" of a training are no positive integer.')
    expect(failing({ seed: Number.NaN })).toThrow('Seed "NaN" is not finite.')
  })

  it('a backend that is none', () => {
    const message = expect.stringContaining('The training cannot start: backend "cuda" is none of js, wasm.\n')
    expect(failing({ backend: 'cuda' as 'js' })).toThrow(expect.objectContaining({ code: 'BAD_TRAINING', message }))
  })

  it('an environment that pays or shows what is no number', () => {
    expect(failing({ makeEnvironment: () => button({}, Number.NaN) })).toThrow('An environment shows "NaN".')
    expect(failing({ makeEnvironment: () => button({}, 0, Number.POSITIVE_INFINITY) })).toThrow(
      expect.objectContaining({
        code: 'BAD_TRAINING',
        message: expect.stringContaining('An environment pays "Infinity".'),
      }),
    )
  })

  it('to go on when cancelled, and a checkpoint of another training', () => {
    expect(failing({}, { cancelled: () => true })).toThrow(expect.objectContaining({ code: 'CANCELLED' }))
    let resume = new Uint8Array(0)
    const long = { steps: 2 * 8 * 256 }
    trainPolicy({ ...options, ...long }, { checkpoint: (state) => (resume = state.slice()) })
    expect(failing({ ...long, task: 'other' }, { resume })).toThrow(expect.objectContaining({ code: 'BAD_CHECKPOINT' }))
    expect(failing(long, { resume: resume.slice(0, 9) })).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
  })
})
