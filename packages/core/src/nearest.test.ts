import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.js'

describe('nearest', () => {
  it('finds the name that was meant', () => {
    expect(nearest('fsat', ['fast', 'slow'])).toBe('fast')
    expect(nearest('SLOW', ['fast', 'slow'])).toBe('slow')
    expect(nearest('periood', ['period', 'multiple'])).toBe('period')
    expect(nearest('lenght', ['length', 'lengths'])).toBe('length')
    expect(nearest('x', ['xy', 'abc'])).toBe('xy')
  })

  it('finds nothing where nothing is close', () => {
    expect(nearest('volatility', ['fast', 'slow'])).toBeUndefined()
    expect(nearest('abc', [])).toBeUndefined()
    expect(nearest('', ['period'])).toBeUndefined()
  })

  it('prefers the first of two that are equally close', () => {
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
  })

  it('finds any name again after a letter was lost, doubled, changed or swapped with its neighbour', () => {
    const names = ['exposure', 'interval', 'threshold', 'multiple']
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 0, max: 3 }), (name, at, kind) => {
        const index = at % (name.length - 1)
        const [head, letter, next, tail] = [name.slice(0, index), name[index]!, name[index + 1]!, name.slice(index + 2)]
        const typo = [
          head + next + tail,
          head + letter + letter + next + tail,
          `${head}q${next}${tail}`,
          head + next + letter + tail,
        ]
        expect(nearest(typo[kind]!, names)).toBe(name)
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) },
    )
  })
})
