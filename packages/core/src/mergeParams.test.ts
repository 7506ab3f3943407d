import { describe, expect, it } from 'vitest'
import { mergeParams } from './mergeParams.js'
import { defineStrategy } from './strategy.js'

const strategy = defineStrategy({
  name: 'cross',
  params: { fast: 10, slow: 30, side: 'both', trail: true },
  create: () => ({}),
})
const bare = defineStrategy({ name: 'bare', params: {}, create: () => ({}) })

describe('mergeParams', () => {
  it('lays changes over the defaults and leaves both as they were', () => {
    const changes = { fast: 5, side: 'long' }
    expect(mergeParams(strategy, changes)).toEqual({ fast: 5, slow: 30, side: 'long', trail: true })
    expect(mergeParams(strategy)).toEqual(strategy.params)
    expect(mergeParams(strategy)).not.toBe(strategy.params)
    expect([strategy.params.fast, changes.fast]).toEqual([10, 5])
  })

  it('refuses a name that the strategy does not have, and says which one was meant', () => {
    expect(() => mergeParams(strategy, { fsat: 5 })).toThrow(
      'Strategy "cross" has no parameter "fsat".\n  Did you mean "fast"?\n  Parameters: fast, slow, side, trail.',
    )
    expect(() => mergeParams(strategy, { volatility: 5 })).toThrow(
      'Strategy "cross" has no parameter "volatility".\n  Parameters: fast, slow, side, trail.',
    )
    expect(() => mergeParams(bare, { fast: 5 })).toThrow('Parameters: none.')
    for (const name of ['toString', 'constructor', '__proto__x']) {
      expect(() => mergeParams(strategy, { [name]: 5 })).toThrow(expect.objectContaining({ code: 'UNKNOWN_PARAMETER' }))
    }
  })

  it('refuses a value of another type, and numbers that are not finite', () => {
    const bad: readonly (readonly [object, string])[] = [
      [{ fast: '5' }, 'Parameter "fast" of strategy "cross" is "5", not a number.'],
      [{ fast: undefined }, 'Parameter "fast" of strategy "cross" is undefined, not a number.'],
      [{ fast: null }, 'Parameter "fast" of strategy "cross" is null, not a number.'],
      [{ side: 1 }, 'Parameter "side" of strategy "cross" is 1, not a string.'],
      [{ trail: 'yes' }, 'Parameter "trail" of strategy "cross" is "yes", not a boolean.'],
    ]
    for (const [changes, message] of bad) {
      expect(() => mergeParams(strategy, changes)).toThrow(message)
      expect(() => mergeParams(strategy, changes)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
    }
    for (const fast of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => mergeParams(strategy, { fast })).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
    }
  })
})
