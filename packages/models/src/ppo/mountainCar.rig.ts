import type { Environment, Outcome } from './environment.js'

const stepsMax = 200

/**
 * A car in a valley with a motor too weak for the hill, as MountainCar-v0 defines it: -1 for each step until it is up, at most 200.
 *
 * Moore, Efficient memory-based learning for robot control (1990).
 */
export function mountainCar(): Environment {
  let [place, speed, steps] = [0, 0, 0]
  const outcome: { -readonly [key in keyof Outcome]: Outcome[key] } = {
    reward: -1,
    terminated: false,
    truncated: false,
  }
  const show = (observation: Float32Array): void => {
    observation[0] = place
    observation[1] = speed
  }
  return {
    observationSize: 2,
    actions: 3,
    reset(random, observation) {
      place = 0.2 * random.uniform() - 0.6
      speed = 0
      steps = 0
      show(observation)
    },
    step(action, observation) {
      speed = Math.min(Math.max(speed + (action - 1) * 0.001 - 0.0025 * Math.cos(3 * place), -0.07), 0.07)
      place = Math.min(Math.max(place + speed, -1.2), 0.6)
      if (place === -1.2 && speed < 0) speed = 0
      steps++
      show(observation)
      outcome.terminated = place >= 0.5
      outcome.truncated = !outcome.terminated && steps >= stepsMax
      return outcome
    },
  }
}
