import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { createTrust } from './trust.js'

/** The factor after so many claims of one size, each right with a probability. */
function factorAfter(count: number, claim: number, right: number, overlap = 1): number {
  const random = createRandom(8).stream(`${claim}`)
  const trust = createTrust(1)
  for (let index = 0; index < count; index++) {
    const outcome = random.uniform() < right ? 1 : -1
    trust.learn(0, { claim, outcome, overlap })
  }
  return trust.factors[0]!
}

describe('createTrust', () => {
  it('is the regression of what came on what was claimed, with a prior of 1', () => {
    const trust = createTrust(2)
    trust.learn(1, { claim: -0.5, outcome: 1, overlap: 2 })
    expect([...trust.factors]).toEqual([1, (0.25 - 0.25) / (0.25 + 0.125)])
    trust.learn(1, { claim: 0.5, outcome: 1, overlap: 1 })
    expect(trust.factors[1]).toBeCloseTo((0.25 - 0.999 * 0.25 + 0.5) / (0.25 + 0.999 * 0.125 + 0.25), 12)
  })

  it('stays near 1 for claims that are as often right as they say', () => {
    for (const claim of [0.1, 0.3, 0.6]) expect(factorAfter(2_000, claim, (1 + claim) / 2)).toBeGreaterThan(0.8)
  })

  it('falls to what is true of bold claims, and within few of them', () => {
    expect(factorAfter(2_000, 0.9, 0.55)).toBeCloseTo(0.1 / 0.9, 1)
    expect(factorAfter(10, 0.9, 0.5)).toBeLessThan(0.6)
  })

  it('gives careful claims the benefit of the doubt for longer, and overlapping ones too', () => {
    expect(factorAfter(50, 0.1, 0.5)).toBeGreaterThan(0.5)
    expect(factorAfter(10, 0.9, 0.5, 20)).toBeGreaterThan(factorAfter(10, 0.9, 0.5))
  })

  it('never believes the opposite of what is claimed', () => {
    expect(factorAfter(500, 0.5, 0.2)).toBe(0)
  })

  it('forgets, and continues from a snapshot', () => {
    const [one, other] = [createTrust(1), createTrust(1)]
    for (let index = 0; index < 300; index++) one.learn(0, { claim: 0.8, outcome: -1, overlap: 1 })
    other.restore(one.snapshot())
    expect(other.factors[0]).toBe(0)
    for (let index = 0; index < 4_000; index++) other.learn(0, { claim: 0.8, outcome: 1, overlap: 1 })
    expect(other.factors[0]).toBe(1)
  })
})
