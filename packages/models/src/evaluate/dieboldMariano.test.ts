import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { dieboldMariano } from './dieboldMariano.js'
import { pairedTest } from './pairedTest.js'
import { studentTwoSided } from './studentTwoSided.js'

/** Losses whose difference is a moving sum of `horizon` normal steps, plus a gain of the second. */
function losses(seed: number, horizon: number, gain = 0) {
  const random = createRandom(seed).stream('losses')
  const steps = Float64Array.from({ length: 199 + horizon }, () => random.normal())
  const first = Float64Array.from(
    { length: 200 },
    (_, row) => 5 + steps.slice(row, row + horizon).reduce((a, b) => a + b),
  )
  return { first, second: first.map(() => 5 - gain), horizon }
}

describe('studentTwoSided', () => {
  it('has the values of the tables', () => {
    expect(studentTwoSided(2.7764451051977987, 4)).toBeCloseTo(0.05, 12)
    expect(studentTwoSided(2, 10)).toBeCloseTo(0.0733880347707404, 12)
    expect(studentTwoSided(-12.706204736432095, 1)).toBeCloseTo(0.05, 11)
    expect(studentTwoSided(1.959963984540054, 1e7)).toBeCloseTo(0.05, 6)
    expect(studentTwoSided(0, 7)).toBe(1)
    expect(studentTwoSided(Number.POSITIVE_INFINITY, 7)).toBe(0)
    expect(studentTwoSided(Number.NaN, 7)).toBeNaN()
  })
})

describe('dieboldMariano', () => {
  it('has the statistic of a hand-worked case', () => {
    const { difference, statistic, rows } = dieboldMariano({
      first: Float64Array.of(1, 2, 1, 3),
      second: Float64Array.of(2, 2, 3, 3),
    })
    expect(difference).toBe(-0.75)
    expect(statistic).toBeCloseTo((-0.75 / Math.sqrt(0.6875 / 4)) * Math.sqrt(3 / 4), 12)
    expect(rows).toBe(4)
  })

  it('calls equal forecasters different in about 5 % of cases, overlapping or not', () => {
    for (const horizon of [1, 4]) {
      const called = Array.from({ length: 400 }, (_, seed) => dieboldMariano(losses(seed, horizon)).pValue < 0.05)
      const share = called.filter(Boolean).length / 400
      expect(share).toBeGreaterThan(0.02)
      expect(share).toBeLessThan(0.11)
    }
  })

  it('would call them so far too often if overlap were left out', () => {
    const called = Array.from(
      { length: 200 },
      (_, seed) => dieboldMariano({ ...losses(seed, 4), horizon: 1 }).pValue < 0.05,
    )
    expect(called.filter(Boolean).length / 200).toBeGreaterThan(0.2)
  })

  it('changes its sign with its sides, and is 0 for equal losses', () => {
    const { first, second, horizon } = losses(3, 2, 0.4)
    const there = dieboldMariano({ first, second, horizon })
    const back = dieboldMariano({ first: second, second: first, horizon })
    expect(back.statistic).toBeCloseTo(-there.statistic, 12)
    expect(back.pValue).toBeCloseTo(there.pValue, 12)
    expect(dieboldMariano({ first, second: first })).toMatchObject({ difference: 0, statistic: 0, pValue: 1 })
  })

  it('is sure of a constant difference', () => {
    const first = new Float64Array(10).fill(1)
    expect(dieboldMariano({ first, second: new Float64Array(10).fill(2) })).toMatchObject({ difference: -1, pValue: 0 })
  })

  it.each([
    [{ horizon: 0 }, 'BAD_PARAMETER', 'Horizon "0" is out of range.'],
    [{ horizon: 2 }, 'NO_ROWS', '5 rows of first losses are too few.'],
    [{ second: Float64Array.of(1) }, 'BAD_ROWS', '1 second losses stand beside 5 first losses.'],
  ])('refuses %o', (change, code, message) => {
    const sound = { first: new Float64Array(5), second: new Float64Array(5) }
    expect(() => dieboldMariano({ ...sound, ...change })).toThrow(message)
    expect(() => dieboldMariano({ ...sound, ...change })).toThrow(expect.objectContaining({ code }))
  })
})

describe('pairedTest', () => {
  it('proves a better candidate, and never a worse or an equal one', () => {
    const better = losses(1, 2, -1)
    const { first, second, horizon } = better
    expect(pairedTest({ candidate: first, incumbent: second, horizon }).verdict).toBe('better')
    expect(pairedTest({ candidate: second, incumbent: first, horizon }).verdict).toBe('not proven')
    expect(pairedTest({ candidate: first, incumbent: first })).toMatchObject({ verdict: 'not proven', gain: 0 })
  })

  it('takes an equal candidate for a better one in about 5 % of cases', () => {
    const called = Array.from({ length: 400 }, (_, seed) => {
      const { first, second, horizon } = losses(seed, 3)
      return pairedTest({ candidate: first, incumbent: second, horizon }).verdict === 'better'
    })
    expect(called.filter(Boolean).length / 400).toBeLessThan(0.09)
  })

  it('refuses a level that is none', () => {
    const sides = { candidate: new Float64Array(5), incumbent: new Float64Array(5) }
    expect(() => pairedTest({ ...sides, level: 0.5 })).toThrow('Level "0.5" is out of range.')
  })
})
