import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abstention, type Forecast, type Prediction } from '../model.js'
import { caution, riskOf } from './caution.js'
import { emptyPool, poolInto } from './pool.js'

const says = (direction: number, confidence: number, more: Partial<Forecast> = {}): Forecast => ({
  kind: 'forecast',
  direction,
  confidence,
  horizon: 10,
  reason: 'x',
  ...more,
})
const silent = abstention('other', 'no-edge', 'nothing')

function pooled(predictions: readonly Prediction[], weights: readonly number[]) {
  const [pool, odds] = [emptyPool(), new Float64Array(predictions.length)]
  const trust = Float64Array.from(weights, () => 1)
  poolInto(pool, { predictions, weights: Float64Array.from(weights), trust, odds })
  return { ...pool, odds: [...odds] }
}

const voices = fc.array(
  fc.record({
    direction: fc.integer({ min: -4, max: 4 }).map((quarters) => quarters / 4),
    confidence: fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
    weight: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('poolInto', () => {
  it('adds log-odds by weight', () => {
    const { chance, agreement } = pooled([says(1, 0.2), says(-1, 0.1)], [0.75, 0.25])
    const logit = (p: number): number => Math.log(p / (1 - p))
    expect(chance).toBeCloseTo(1 / (1 + Math.exp(-(0.75 * logit(0.6) + 0.25 * logit(0.45)))), 14)
    expect(agreement).toBeCloseTo(
      (0.75 * logit(0.6) + 0.25 * logit(0.45)) / (0.75 * logit(0.6) - 0.25 * logit(0.45)),
      12,
    )
  })

  it('is what one says if only one speaks, and nothing if nobody does', () => {
    const alone = pooled([says(-0.5, 0.4), silent], [1, 0])
    expect(alone).toMatchObject({ direction: -0.5, agreement: 1, horizon: 10 })
    expect(alone.chance).toBeCloseTo(0.3, 14)
    expect(pooled([silent, says(1, 0.5)], [1, 0])).toMatchObject({
      chance: 0.5,
      direction: 0,
      agreement: 1,
      horizon: 0,
    })
  })

  it('takes no side where the likely side and the mean direction differ', () => {
    const { chance, direction } = pooled([says(0.1, 0.4), says(-1, 0.35)], [0.5, 0.5])
    expect(chance).toBeGreaterThan(0.5)
    expect(direction).toBe(0)
  })

  it('stays in range and turns around with its voices', () => {
    fc.assert(
      fc.property(voices, (list) => {
        const weights = list.map(({ weight }) => weight / 4)
        const there = pooled(
          list.map(({ direction, confidence }) => says(direction, confidence)),
          weights,
        )
        const back = pooled(
          list.map(({ direction, confidence }) => says(-direction, confidence)),
          weights,
        )
        expect(there.chance + back.chance).toBeCloseTo(1, 12)
        expect(Math.abs(there.direction)).toBeLessThanOrEqual(1)
        expect(there.agreement).toBeGreaterThanOrEqual(0)
        expect(there.agreement).toBeLessThanOrEqual(1)
        expect(there.direction * (there.chance - 0.5)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('caution', () => {
  const limits = { disagreement: 0.5, toxicity: 0.6, variance: 0.2 }

  it('takes nothing back where all agree and no risk is above its median', () => {
    expect(caution(1, {}, limits)).toBe(1)
    expect(caution(1, { toxicity: 0.5, variancePercentile: 0.2 }, limits)).toBe(1)
  })

  it('takes each limit back in proportion', () => {
    expect(caution(0, {}, limits)).toBe(0.5)
    expect(caution(1, { toxicity: 1 }, limits)).toBe(0.4)
    expect(caution(1, { variancePercentile: 0.75 }, limits)).toBe(0.9)
    expect(caution(0.5, { toxicity: 1, variancePercentile: 1 }, limits)).toBeCloseTo(0.75 * 0.4 * 0.8, 12)
  })

  it('reads the highest risk that anyone reports', () => {
    const low = says(0, 0, { risk: { toxicity: 0.2, variance: 1e-4, regime: 'calm' } })
    const high = says(0, 0, { risk: { toxicity: 0.9, variancePercentile: 0.3 } })
    expect(riskOf([low, silent, high, says(1, 1)])).toEqual({
      toxicity: 0.9,
      variancePercentile: 0.3,
      variance: 1e-4,
      regime: 'calm',
    })
    expect(riskOf([silent])).toEqual({})
  })
})
