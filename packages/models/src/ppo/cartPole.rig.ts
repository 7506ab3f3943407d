import type { RandomStream } from '@astertrade/core'
import type { Environment, Outcome } from './environment.js'

const gravity = 9.8
const poleMass = 0.1
const totalMass = 1.1
const halfLength = 0.5
const force = 10
const seconds = 0.02
const angleMax = (12 * 2 * Math.PI) / 360
const placeMax = 2.4
const stepsMax = 500

/**
 * A pole on a cart, pushed left or right, as CartPole-v1 defines it: 1 for each step, at most 500, until it falls or leaves.
 *
 * Barto, Sutton and Anderson, Neuronlike adaptive elements that can solve difficult learning control problems (1983).
 */
export function cartPole(): Environment {
  const state = new Float64Array(4)
  let steps = 0
  const outcome = { reward: 1, terminated: false, truncated: false } as {
    -readonly [key in keyof Outcome]: Outcome[key]
  }
  return {
    observationSize: 4,
    actions: 2,
    reset(random: RandomStream, observation) {
      for (let index = 0; index < 4; index++) state[index] = 0.1 * random.uniform() - 0.05
      steps = 0
      observation.set(state)
    },
    step(action, observation) {
      const [x, speed, angle, turn] = state as unknown as [number, number, number, number]
      const push = action === 1 ? force : -force
      const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
      const part = (push + poleMass * halfLength * turn * turn * sine) / totalMass
      const spin = (gravity * sine - cosine * part) / (halfLength * (4 / 3 - (poleMass * cosine * cosine) / totalMass))
      const pull = part - (poleMass * halfLength * spin * cosine) / totalMass
      state[0] = x + seconds * speed
      state[1] = speed + seconds * pull
      state[2] = angle + seconds * turn
      state[3] = turn + seconds * spin
      steps++
      observation.set(state)
      outcome.terminated = Math.abs(state[0]) > placeMax || Math.abs(state[2]) > angleMax
      outcome.truncated = !outcome.terminated && steps >= stepsMax
      return outcome
    },
  }
}
