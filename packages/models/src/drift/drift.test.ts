import { createRandom, type Timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abstentionWatch } from './abstentionWatch.js'
import { pageHinkley } from './pageHinkley.js'
import { populationStability, stabilityReference } from './populationStability.js'

function normals(stream: string, length: number, { mean = 0, sigma = 1 } = {}): Float64Array {
  const random = createRandom(9).stream(stream)
  return Float64Array.from({ length }, () => mean + sigma * random.normal())
}

describe('populationStability', () => {
  it('has the index of a hand-worked case', () => {
    const then = stabilityReference(Float64Array.of(1, 2, 3, 4), { bins: 2 })
    expect(then).toEqual({ edges: [2], shares: [0.5, 0.5] })
    expect(populationStability(then, Float64Array.of(1, 3, 4, 5))).toBeCloseTo(0.25 * Math.log(3), 12)
  })

  it('is small for the same population, and large for one that has moved or widened', () => {
    const then = stabilityReference(normals('then', 2_000))
    expect(populationStability(then, normals('now', 1_000))).toBeLessThan(0.03)
    expect(populationStability(then, normals('now', 1_000, { mean: 1 }))).toBeGreaterThan(0.25)
    expect(populationStability(then, normals('now', 1_000, { sigma: 3 }))).toBeGreaterThan(0.25)
  })

  it('is never negative, and 0 for the values it was made of where no bin is empty', () => {
    const values = fc
      .array(fc.integer({ min: -5, max: 5 }), { minLength: 10, maxLength: 60 })
      .map((list) => Float64Array.from(list))
    fc.assert(
      fc.property(values, values, (before, after) => {
        const then = stabilityReference(before, { bins: 4 })
        expect(then.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
        expect(populationStability(then, before)).toBeCloseTo(0, 12)
        expect(populationStability(then, after)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('counts an empty bin as half a value', () => {
    const then = stabilityReference(Float64Array.of(1, 2, 3, 4), { bins: 2 })
    expect(populationStability(then, Float64Array.of(1, 1))).toBeCloseTo(0.75 * Math.LN2, 12)
  })

  it('sees that a column begins to move which never did, or seldom', () => {
    for (const value of [0, 3, -1e6]) {
      const then = stabilityReference(new Float64Array(20).fill(value))
      expect(then.shares).toEqual([0, 1, 0])
      expect(populationStability(then, new Float64Array(50).fill(value))).toBe(0)
      expect(populationStability(then, new Float64Array(50).fill(value + 1))).toBeGreaterThan(5)
      expect(populationStability(then, new Float64Array(50).fill(value - 1))).toBeGreaterThan(5)
    }
    const seldom = stabilityReference(Float64Array.from({ length: 20 }, (_, at) => (at === 7 ? 0 : 1)))
    expect(seldom).toEqual({ edges: [0], shares: [0.05, 0.95] })
    expect(populationStability(seldom, new Float64Array(50))).toBeGreaterThan(1)
  })

  it.each([
    [{ bins: 1 }, 'BAD_PARAMETER', 'Bins "1" is out of range.'],
    [{ bins: 5 }, 'NO_ROWS', '4 rows of values are too few.'],
  ])('refuses %o', (options, code, message) => {
    const run = () => stabilityReference(Float64Array.of(1, 2, 3, 4), options)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })

  it('refuses values that are none', () => {
    const then = stabilityReference(Float64Array.of(1, 2, 3, 4), { bins: 2 })
    expect(() => populationStability(then, Float64Array.of(1, Number.NaN))).toThrow('Row 1 of values is "NaN".')
    expect(() => populationStability(then, new Float64Array(0))).toThrow('0 rows of values are too few.')
    const run = () => populationStability({ edges: [1], shares: [1] }, Float64Array.of(1))
    expect(run).toThrow('1 edges have 1 shares.')
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_ROWS' }))
  })
})

describe('pageHinkley', () => {
  const alarms = (values: Float64Array): number[] => {
    const watch = pageHinkley()
    return [...values].flatMap((value, index) => (watch.next(value) ? [index] : []))
  }

  it('raises the alarm soon after losses rise, and seldom before', () => {
    const steady = normals('losses', 2_000, { mean: 0.24, sigma: 0.1 })
    expect(alarms(steady)).toEqual([])
    const worse = Float64Array.from([...steady, ...normals('worse', 400, { mean: 0.32, sigma: 0.1 })])
    const [first] = alarms(worse)
    expect(first).toBeGreaterThan(2_000)
    expect(first).toBeLessThan(2_200)
  })

  it('says nothing to losses that fall', () => {
    expect(
      alarms(
        Float64Array.from([
          ...normals('a', 500, { mean: 1, sigma: 0.1 }),
          ...normals('b', 500, { mean: -1, sigma: 0.1 }),
        ]),
      ),
    ).toEqual([])
  })

  it('begins anew after an alarm, leaves out what is no number, and continues from a snapshot', () => {
    const watch = pageHinkley({ threshold: 1, valuesMin: 2 })
    expect([0, 0, 0, 1, 1].map((loss) => watch.next(loss))).toEqual([false, false, false, false, true])
    expect(watch.excess).toBe(0)
    watch.next(0.5)
    expect(watch.next(Number.NaN)).toBe(false)
    watch.next(0.7)
    const copy = pageHinkley({ threshold: 1, valuesMin: 2 })
    copy.restore(watch.snapshot())
    expect(copy.excess).toBe(watch.excess)
  })

  it.each([
    [{ tolerance: -1 }, 'tolerance "-1" of pageHinkley is out of range.'],
    [{ threshold: Number.NaN }, 'threshold "NaN" of pageHinkley is out of range.'],
    [{ valuesMin: Number.POSITIVE_INFINITY }, 'valuesMin "Infinity" of pageHinkley is out of range.'],
  ])('refuses %o', (options, message) => {
    expect(() => pageHinkley(options)).toThrow(message)
    expect(() => pageHinkley(options)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})

describe('abstentionWatch', () => {
  const hour = 3_600_000
  const play = (answers: readonly ('forecast' | 'abstain')[]): number[] => {
    const watch = abstentionWatch()
    return answers.flatMap((answer, index) => (watch.next((index * hour) as Timestamp, answer) ? [index] : []))
  }

  it('raises the alarm once on a day of which more than 30 % is silence', () => {
    const silence = new Array<'abstain'>(24).fill('abstain')
    const speech = new Array<'forecast'>(24).fill('forecast')
    expect(play([...speech, ...silence, ...speech, ...silence])).toEqual([24 + 11, 72 + 11])
  })

  it('takes exactly 30 % for a good day', () => {
    const day = [...new Array<'forecast'>(14).fill('forecast'), ...new Array<'abstain'>(6).fill('abstain')]
    expect(play(day)).toEqual([])
    expect(play([...day, 'abstain'])).toEqual([20])
  })

  it('knows the share of the day', () => {
    const watch = abstentionWatch()
    expect(watch.share).toBe(0)
    watch.next(0 as Timestamp, 'abstain')
    watch.next(1 as Timestamp, 'forecast')
    expect(watch.share).toBe(0.5)
  })

  it('refuses shares and rows that are none', () => {
    expect(() => abstentionWatch({ shareMax: 1 })).toThrow('A watch for a share of "1" in "12" rows is out of range.')
    expect(() => abstentionWatch({ rowsMin: 0 })).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})
