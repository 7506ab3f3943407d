import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaHedge } from './adaHedge.js'
import { boundWeights } from './boundWeights.js'
import type { ExpertWeights } from './expertWeights.js'
import { fixedShare } from './fixedShare.js'

const kinds: [string, (experts: number) => ExpertWeights][] = [
  ['fixedShare', (experts) => fixedShare({ experts })],
  ['adaHedge', (experts) => adaHedge({ experts })],
]
const rounds = fc.array(
  fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
      fc.constant(Number.NaN),
    ),
    {
      minLength: 4,
      maxLength: 4,
    },
  ),
  { maxLength: 60 },
)
const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0)

describe.each(kinds)('%s', (_, create) => {
  it('keeps weights that are 0 or more and sum to 1, whoever sleeps', () => {
    fc.assert(
      fc.property(rounds, (game) => {
        const learner = create(4)
        for (const losses of game) {
          learner.learn(Float64Array.from(losses))
          expect(sum(learner.weights)).toBeCloseTo(1, 9)
          expect(Math.min(...learner.weights)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('continues from a snapshot to the same bits', () => {
    fc.assert(
      fc.property(rounds, rounds, (before, after) => {
        const [learner, copy] = [create(4), create(4)]
        for (const losses of before) learner.learn(Float64Array.from(losses))
        copy.restore(learner.snapshot())
        for (const losses of after) {
          learner.learn(Float64Array.from(losses))
          copy.learn(Float64Array.from(losses))
        }
        expect([...copy.weights]).toEqual([...learner.weights])
      }),
    )
  })

  it('gives more to whoever loses less', () => {
    const learner = create(3)
    for (let round = 0; round < 50; round++) learner.learn(Float64Array.of(0.2, 0.5, 0.9))
    const [first, second, third] = learner.weights
    expect(first).toBeGreaterThan(second!)
    expect(second).toBeGreaterThan(third!)
  })

  it('changes nothing in a round in which all sleep', () => {
    const learner = create(2)
    learner.learn(Float64Array.of(0, 1))
    const before = [...learner.weights]
    learner.learn(Float64Array.of(Number.NaN, Number.NaN))
    expect([...learner.weights]).toEqual(before)
  })

  it('refuses numbers of experts that are none', () => {
    for (const experts of [0, -1, 1.5, Number.NaN]) {
      expect(() => create(experts)).toThrow(`experts "${experts}" of`)
      expect(() => create(experts)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
    }
  })
})

describe('fixedShare', () => {
  it('is the formula', () => {
    const learner = fixedShare({ experts: 2, share: 0.1, rate: 1 })
    learner.learn(Float64Array.of(0, 1))
    const kept = 1 / (1 + Math.exp(-1))
    expect(learner.weights[0]).toBeCloseTo(0.9 * kept + 0.05, 15)
  })

  it('freezes the weight of a sleeper, and lets the others share theirs', () => {
    const learner = fixedShare({ experts: 3 })
    learner.learn(Float64Array.of(0, 1, 1))
    const frozen = learner.weights[2]!
    for (let round = 0; round < 10; round++) learner.learn(Float64Array.of(1, 0, Number.NaN))
    expect(learner.weights[2]).toBe(frozen)
    expect(learner.weights[1]).toBeGreaterThan(learner.weights[0]!)
  })

  it('comes back to an expert that becomes the best after a long bad time', () => {
    const learner = fixedShare({ experts: 2 })
    for (let round = 0; round < 5_000; round++) learner.learn(Float64Array.of(1, 0))
    expect(learner.weights[0]).toBeLessThan(0.01)
    for (let round = 0; round < 60; round++) learner.learn(Float64Array.of(0, 1))
    expect(learner.weights[0]).toBeGreaterThan(0.9)
  })

  it.each([
    [{ share: 1 }, 'share "1" of fixedShare is out of range.'],
    [{ share: -0.1 }, 'share "-0.1" of fixedShare is out of range.'],
    [{ rate: 0 }, 'rate "0" of fixedShare is out of range.'],
    [{ rate: Number.NaN }, 'rate "NaN" of fixedShare is out of range.'],
  ])('refuses %o', (options, message) => {
    expect(() => fixedShare({ experts: 2, ...options })).toThrow(message)
  })
})

describe('adaHedge', () => {
  it('follows the leader until the mean loss exceeds the mix loss, then hedges at ln n over the excess', () => {
    const learner = adaHedge({ experts: 2 })
    learner.learn(Float64Array.of(0, 1))
    expect(learner.weights[0]).toBeCloseTo(0.8, 14)
    learner.learn(Float64Array.of(0, 0))
    expect(learner.weights[0]).toBeCloseTo(0.8, 14)
    const rate = Math.LN2 / 0.5
    const excess = 0.5 + 0.8 + Math.log(0.8 * Math.exp(-rate) + 0.2) / rate
    learner.learn(Float64Array.of(1, 0))
    expect(learner.weights[0]).toBe(0.5)
    learner.learn(Float64Array.of(1, 0))
    const mean = 0.5 + Math.log(0.5 * Math.exp(-Math.LN2 / excess) + 0.5) / (Math.LN2 / excess)
    expect(learner.weights[0]).toBeCloseTo(1 / (1 + Math.exp(Math.LN2 / (excess + mean))), 12)
  })
})

describe('boundWeights', () => {
  const mixes = fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 12 })
    .filter((parts) => parts.at(-1)! > 0)
    .map((parts) => Float64Array.from(parts, (part) => part / parts.reduce((a, b) => a + b)))

  it('keeps the sum, the sleepers and the order, and holds floor and cap', () => {
    fc.assert(
      fc.property(mixes, (mix) => {
        const bounded = mix.slice()
        boundWeights(bounded, { floor: 0.01, cap: 0.6 })
        expect(sum(bounded)).toBeCloseTo(1, 12)
        for (const [index, weight] of bounded.slice(0, -1).entries()) {
          if (mix[index] === 0) expect(weight).toBe(0)
          else expect(weight).toBeGreaterThanOrEqual(0.01)
          expect(weight).toBeLessThanOrEqual(0.6)
          for (const [other, light] of bounded.slice(0, -1).entries()) {
            if (mix[index]! > mix[other]!) expect(weight).toBeGreaterThanOrEqual(light)
          }
        }
      }),
    )
  })

  it('hands what is above the cap to the control, which has none', () => {
    const weights = Float64Array.of(0.8, 0.15, 0.05)
    boundWeights(weights, { floor: 0, cap: 0.6 })
    expect([...weights].map((weight) => weight.toFixed(12))).toEqual([
      '0.600000000000',
      '0.150000000000',
      '0.250000000000',
    ])
    const silence = Float64Array.of(0.25, 0.75)
    boundWeights(silence, { floor: 0, cap: 0.6 })
    expect([...silence]).toEqual([0.25, 0.75])
  })

  it('shares evenly where the floor leaves no room for more', () => {
    const weights = Float64Array.of(0.75, 0.25)
    boundWeights(weights, { floor: 0.9, cap: 1 })
    expect([...weights]).toEqual([0.5, 0.5])
  })
})
