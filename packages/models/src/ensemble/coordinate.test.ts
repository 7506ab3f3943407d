import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abstention, type Forecast, type Prediction } from '../model.js'
import { coordinate } from './coordinate.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const says = (direction: number, confidence: number, reason = `d ${direction}`): Forecast => ({
  kind: 'forecast',
  direction,
  confidence,
  horizon: 1_000,
  reason,
})
const silent = abstention('other', 'no-edge', 'nothing to gain')

describe('coordinate', () => {
  it('is the mean of the directions, weighted by confidence', () => {
    expect(coordinate([says(1, 0.3, 'up'), says(-0.5, 0.1, 'down')], { held: 0 })).toEqual({
      exposure: 0.625,
      reason: 'long 0.63: up; down',
    })
    expect(coordinate([says(-1, 0.2)], { held: 0 })?.exposure).toBe(-1)
  })

  it('takes less than the direction where confidence, in the mean weighted by itself, is not full', () => {
    expect(coordinate([says(1, 0.05)], { held: 0, confidenceFull: 0.2 })?.exposure).toBeCloseTo(0.25, 12)
    expect(coordinate([says(1, 0.2)], { held: 0, confidenceFull: 0.2 })?.exposure).toBe(1)
    expect(coordinate([says(1, 0.9)], { held: 0, confidenceFull: 0.2 })?.exposure).toBe(1)
    expect(coordinate([says(1, 0.1), says(1, 0.3)], { held: 0, confidenceFull: 0.5 })?.exposure).toBeCloseTo(0.5, 12)
  })

  it('leaves out models that abstain', () => {
    expect(coordinate([silent, says(0.5, 0.2), silent], { held: 0 })?.exposure).toBe(0.5)
  })

  it('goes flat at once when nobody has an edge, however small the position', () => {
    expect(coordinate([silent], { held: 0.01 })).toEqual({ exposure: 0, reason: 'flat: other: nothing to gain' })
    expect(coordinate([says(1, 0)], { held: -0.5 })?.exposure).toBe(0)
    expect(coordinate([silent], { held: 0 })).toBeUndefined()
    expect(coordinate([], { held: 0 })).toBeUndefined()
  })

  it('keeps what is held until a change reaches the step, exactly', () => {
    expect(coordinate([says(0.5, 1)], { held: 0.75, step: 0.25 })?.exposure).toBe(0.5)
    expect(coordinate([says(0.5, 1)], { held: 0.7421875, step: 0.25 })).toBeUndefined()
    expect(coordinate([says(0.05, 1)], { held: 0 })).toBeUndefined()
    expect(coordinate([says(0.5, 1)], { held: 0.5, step: 0 })?.exposure).toBe(0.5)
  })

  it('names the three heaviest reasons', () => {
    const four = [says(0.1, 0.1, 'a'), says(1, 0.9, 'b'), says(1, 0.5, 'c'), says(-1, 0.4, 'd')]
    expect(coordinate(four, { held: 0 })?.reason).toMatch(/: b; c; d$/)
  })

  it('never leaves -1 to 1 nor the range of the directions, and ignores the order of models', () => {
    const unit = fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 1e6)
    const forecast = fc.record({ direction: unit.map((value) => 2 * value - 1), confidence: unit })
    const arbitrary = fc.array(forecast, { minLength: 1, maxLength: 7 })
    let changed = 0
    fc.assert(
      fc.property(arbitrary, (list) => {
        const predictions: Prediction[] = list.map(({ direction, confidence }) => says(direction, confidence))
        const decision = coordinate(predictions, { held: 0 })
        const mirrored = coordinate([...predictions].reverse(), { held: 0 })
        if (decision === undefined || mirrored === undefined) return
        changed++
        expect(Math.abs(decision.exposure)).toBeLessThanOrEqual(1)
        expect(decision.exposure).toBeLessThanOrEqual(Math.max(...list.map(({ direction }) => direction)) + 1e-12)
        expect(decision.exposure).toBeGreaterThanOrEqual(Math.min(...list.map(({ direction }) => direction)) - 1e-12)
        expect(mirrored.exposure).toBeCloseTo(decision.exposure, 12)
      }),
      { numRuns },
    )
    expect(changed).toBeGreaterThan(numRuns / 2)
  })
})
