import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clippedSurrogate } from './clippedSurrogate.js'
import { generalisedAdvantage, type RewardPath } from './generalisedAdvantage.js'

interface Cases {
  readonly gae: readonly {
    readonly rewards: readonly number[]
    readonly values: readonly number[]
    readonly dones: readonly number[]
    readonly last_value: number
    readonly gamma: number
    readonly lam: number
    readonly advantages: readonly number[]
    readonly returns: readonly number[]
  }[]
  readonly clipped_surrogate: readonly {
    readonly ratio: number
    readonly adv: number
    readonly eps: number
    readonly objective: number
  }[]
}

/** The definition: `A[t] = Σ_l (γλ)^l δ[t+l]` up to the end of the episode. */
function directSum({ rewards, values, ends, lastValue }: RewardPath, discount: number, smoothing: number): number[] {
  const after = (step: number): number => (ends[step] ? 0 : (values[step + 1] ?? lastValue))
  const surprise = Array.from(rewards, (reward, step) => reward + discount * after(step) - values[step]!)
  return surprise.map((_, from) => {
    let sum = 0
    for (let step = from; step < rewards.length; step++) {
      sum += (discount * smoothing) ** (step - from) * surprise[step]!
      if (ends[step]) break
    }
    return sum
  })
}

it('gives the sum of discounted surprises up to the end of each episode', () => {
  const step = fc.record({
    reward: fc.integer({ min: -8, max: 8 }),
    value: fc.integer({ min: -8, max: 8 }),
    end: fc.boolean(),
  })
  const share = fc.integer({ min: 0, max: 20 }).map((part) => part / 20)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), share, share, (steps, discount, smoothing) => {
      const path = {
        rewards: Float64Array.from(steps, ({ reward }) => reward),
        values: Float64Array.from(steps, ({ value }) => value),
        ends: Uint8Array.from(steps, ({ end }) => (end ? 1 : 0)),
        lastValue: 3,
      }
      const got = generalisedAdvantage(path, { discount, smoothing })
      for (const [index, sum] of directSum(path, discount, smoothing).entries()) expect(got[index]).toBeCloseTo(sum, 9)
    }),
  )
})

const folder = process.env.ASTER_DATA
const cases = (): Cases => JSON.parse(readFileSync(join(folder!, 'reference/ppo_gae/cases.json'), 'utf8')) as Cases

describe.skipIf(!folder)('agrees with the reference cases (needs ASTER_DATA)', () => {
  it('in advantages and returns', () => {
    for (const { rewards, values, dones, last_value, gamma, lam, advantages, returns } of cases().gae) {
      const path = {
        rewards: Float64Array.from(rewards),
        values: Float64Array.from(values),
        ends: Uint8Array.from(dones),
        lastValue: last_value,
      }
      const got = generalisedAdvantage(path, { discount: gamma, smoothing: lam })
      for (const [index, value] of advantages.entries()) {
        expect(got[index]).toBeCloseTo(value, 9)
        expect(got[index]! + values[index]!).toBeCloseTo(returns[index]!, 9)
      }
    }
  })

  it('in the clipped surrogate', () => {
    const { clipped_surrogate } = cases()
    expect(clipped_surrogate.length).toBeGreaterThan(5)
    for (const { ratio, adv, eps, objective } of clipped_surrogate) {
      expect(clippedSurrogate(ratio, adv, eps)).toBeCloseTo(objective, 9)
    }
  })
})
