import { describe, expect, it } from 'vitest'
import { joinState, splitState } from './state.js'

const parts = [Float64Array.of(1, Number.NaN), new Float64Array(0), Float64Array.of(-0, 3, 4)]

describe('splitState', () => {
  it('gives back what joinState took, as copies', () => {
    const state = joinState('a', parts)
    const split = splitState('a', parts, state)
    expect(split).toEqual(parts)
    state.fill(9)
    expect(split).toEqual(parts)
  })

  it('refuses the state of another model, another layout or another length', () => {
    const state = joinState('a', parts)
    const message = 'Cannot restore b from a state of 9 numbers.'
    expect(() => splitState('b', parts, state)).toThrow(message)
    for (const bad of [new Float64Array(0), state.slice(0, -1), Float64Array.of(...state, 1)]) {
      expect(() => splitState('a', parts, bad)).toThrow(`Cannot restore a from a state of ${bad.length} numbers.`)
    }
    const swapped = [parts[2]!, parts[1]!, parts[0]!]
    expect(() => splitState('a', swapped, state)).toThrow('Cannot restore a')
  })
})
