import type { Environment, Outcome } from './environment.js'

const gravity = 9.8
const half = 0.5
const seconds = 0.2
const stepsMax = 500

/**
 * Two links that swing from a bar, with a motor between them, as Acrobot-v1 defines it: -1 for each step until the tip is above
 * the bar by the length of a link, at most 500. Both links weigh 1 and are 1 long.
 *
 * Sutton, Generalization in reinforcement learning: successful examples using sparse coarse coding (1996).
 */
export function acrobot(): Environment {
  const state = new Float64Array(4)
  let steps = 0
  const outcome: { -readonly [key in keyof Outcome]: Outcome[key] } = {
    reward: -1,
    terminated: false,
    truncated: false,
  }
  const show = (observation: Float32Array): void => {
    const [first, second, turn, turnSecond] = state as unknown as [number, number, number, number]
    observation.set([Math.cos(first), Math.sin(first), Math.cos(second), Math.sin(second), turn, turnSecond])
  }
  return {
    observationSize: 6,
    actions: 3,
    reset(random, observation) {
      for (let index = 0; index < 4; index++) state[index] = 0.2 * random.uniform() - 0.1
      steps = 0
      show(observation)
    },
    step(action, observation) {
      advance(state, action - 1)
      steps++
      show(observation)
      outcome.terminated = -Math.cos(state[0]!) - Math.cos(state[0]! + state[1]!) > 1
      outcome.reward = outcome.terminated ? 0 : -1
      outcome.truncated = !outcome.terminated && steps >= stepsMax
      return outcome
    },
  }
}

/** One step of the Runge-Kutta method of order 4, then angles within a turn and speeds within their bounds. */
function advance(state: Float64Array, torque: number): void {
  const at = (slope: readonly number[], share: number): number[] =>
    Array.from(state, (value, index) => value + share * seconds * slope[index]!)
  const a = slopeOf(Array.from(state), torque)
  const b = slopeOf(at(a, 0.5), torque)
  const c = slopeOf(at(b, 0.5), torque)
  const d = slopeOf(at(c, 1), torque)
  for (let index = 0; index < 4; index++) {
    state[index] = state[index]! + (seconds / 6) * (a[index]! + 2 * b[index]! + 2 * c[index]! + d[index]!)
  }
  for (const index of [0, 1]) state[index] = state[index]! - 2 * Math.PI * Math.round(state[index]! / (2 * Math.PI))
  for (const [index, most] of [4 * Math.PI, 9 * Math.PI].entries()) {
    state[index + 2] = Math.min(Math.max(state[index + 2]!, -most), most)
  }
}

/** The equations of motion, as in the book of Sutton and Barto. */
function slopeOf(state: readonly number[], torque: number): number[] {
  const [first, second, turn, turnSecond] = state as [number, number, number, number]
  const d1 = half * half + 1 + half * half + 2 * half * Math.cos(second) + 2
  const d2 = half * half + half * Math.cos(second) + 1
  const phi2 = half * gravity * Math.cos(first + second - Math.PI / 2)
  const phi1 =
    -half * turnSecond * turnSecond * Math.sin(second) -
    2 * half * turnSecond * turn * Math.sin(second) +
    (half + 1) * gravity * Math.cos(first - Math.PI / 2) +
    phi2
  const spinSecond =
    (torque + (d2 / d1) * phi1 - half * turn * turn * Math.sin(second) - phi2) / (half * half + 1 - (d2 * d2) / d1)
  return [turn, turnSecond, -(d2 * spinSecond + phi1) / d1, spinSecond]
}
