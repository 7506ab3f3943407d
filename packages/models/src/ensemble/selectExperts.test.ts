import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type ExpertRecord, selectExperts } from './selectExperts.js'

/** Brier losses of a model that claims 60 % and is right with a probability. */
function record(name: string, right: number, rows = 1_000): ExpertRecord {
  const random = createRandom(6).stream(name)
  return { name, losses: Float64Array.from({ length: rows }, () => (random.uniform() < right ? 0.16 : 0.36)) }
}

const unskilled = (count: number, seed: number): ExpertRecord[] =>
  Array.from({ length: count }, (_, index) => record(`${seed}/${index}`, 0.55))

describe('selectExperts', () => {
  it('gives a voice to skill, and keeps the rest in shadow', () => {
    const [skilled, poor] = selectExperts({ records: [record('good', 0.65), record('poor', 0.5)] })
    expect(skilled).toMatchObject({ name: 'good', stage: 'live' })
    expect(skilled!.gain).toBeCloseTo(0.02, 2)
    expect(poor).toMatchObject({ name: 'poor', stage: 'shadow' })
    expect(poor!.gain).toBeLessThan(0)
  })

  it('gives a voice to one of twenty models without skill in few cases', () => {
    const fooled = Array.from({ length: 60 }, (_, seed) => selectExperts({ records: unskilled(20, seed) }))
    const share = fooled.filter((selected) => selected.some(({ stage }) => stage === 'live')).length / 60
    expect(share).toBeLessThan(0.1)
  })

  it('would be fooled often if the trials were not counted', () => {
    const fooled = Array.from({ length: 60 }, (_, seed) =>
      unskilled(20, seed).some((alone) => selectExperts({ records: [alone] })[0]!.stage === 'live'),
    )
    expect(fooled.filter(Boolean).length / 60).toBeGreaterThan(0.4)
  })

  it('asks for more the more was tried', () => {
    const score = (trials: number): number =>
      selectExperts({ records: [record('good', 0.6)], trials })[0]!.deflatedScore
    expect(score(10)).toBeLessThan(score(1))
    expect(score(1_000)).toBeLessThan(score(10))
  })

  it.each([
    [{ trials: 0 }, 'trials "0" of selectExperts is out of range.'],
    [{ level: 0.5 }, 'level "0.5" of selectExperts is out of range.'],
    [{ horizonBars: 600 }, '1000 rows of first losses are too few.'],
  ])('refuses %o', (change, message) => {
    expect(() => selectExperts({ records: [record('good', 0.6)], ...change })).toThrow(message)
  })
})
