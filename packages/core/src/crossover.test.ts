import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossover } from './crossover.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 300)

const run = (pairs: readonly (readonly [number, number])[]): (string | undefined)[] => {
  const cross = crossover()
  return pairs.map(([a, b]) => cross.next(a, b))
}

describe('crossover', () => {
  it('reports a change of sides once, and never the first side', () => {
    const pairs = [
      [1, 2],
      [3, 2],
      [4, 2],
      [1, 2],
      [0, 2],
    ] as const
    expect(run(pairs)).toEqual([undefined, 'above', undefined, 'below', undefined])
  })

  it('neither loses nor doubles a crossing at exact ties', () => {
    const through = [
      [1, 2],
      [2, 2],
      [2, 2],
      [3, 2],
    ] as const
    expect(run(through)).toEqual([undefined, undefined, undefined, 'above'])
    const touch = [
      [3, 2],
      [2, 2],
      [3, 2],
    ] as const
    expect(run(touch)).toEqual([undefined, undefined, undefined])
    const bounce = [
      [1, 2],
      [3, 2],
      [2, 2],
      [1, 2],
    ] as const
    expect(run(bounce)).toEqual([undefined, 'above', undefined, 'below'])
  })

  it('ignores ties before the first side', () => {
    const pairs = [
      [2, 2],
      [3, 2],
      [1, 2],
    ] as const
    expect(run(pairs)).toEqual([undefined, undefined, 'below'])
  })

  it('never counts a pair with NaN, and remembers the side across it', () => {
    const pairs = [
      [Number.NaN, 1],
      [1, Number.NaN],
      [1, 2],
      [Number.NaN, 0],
      [Number.NaN, Number.NaN],
      [3, 2],
    ] as const
    expect(run(pairs)).toEqual([undefined, undefined, undefined, undefined, undefined, 'above'])
  })

  it('takes infinities and signed zeros by their order', () => {
    const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number
    const pairs = [
      [up, up],
      [up, 1],
      [down, 1],
      [down, down],
      [0, -0],
      [up, down],
    ] as const
    expect(run(pairs)).toEqual([undefined, undefined, 'below', undefined, undefined, 'above'])
  })

  it('keeps each watcher apart', () => {
    const [one, two] = [crossover(), crossover()]
    one.next(1, 2)
    two.next(2, 1)
    expect(one.next(3, 2)).toBe('above')
    expect(two.next(3, 2)).toBeUndefined()
  })

  it('equals the changes in the list of non-zero signs', () => {
    const value = fc.constantFrom(-1, 0, 1, Number.NaN)
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (spreads) => {
        const events = run(spreads.map((spread) => [spread, 0] as const)).filter((event) => event !== undefined)
        const signs = spreads.filter((spread) => spread === 1 || spread === -1)
        const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1])
        expect(events).toEqual(changes.map((sign) => (sign > 0 ? 'above' : 'below')))
      }),
      { numRuns },
    )
  })
})
