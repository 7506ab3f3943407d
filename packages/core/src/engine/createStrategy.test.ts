import { describe, expect, it } from 'vitest'
import { ConfigError } from '../errors.js'
import { defineStrategy, type Strategy } from '../strategy.js'
import { createStrategy } from './createStrategy.js'

const making = (create: () => unknown) => () =>
  createStrategy(defineStrategy({ name: 'odd', params: {}, create: create as () => Strategy }), undefined)

describe('createStrategy', () => {
  it('names the strategy whose create throws, and keeps the code of an error of ours', () => {
    const fail = making(() => {
      throw new TypeError('x is undefined')
    })
    expect(fail).toThrow(ConfigError)
    expect(fail).toThrow('Strategy "odd" could not be created: x is undefined')
    const known = making(() => {
      throw new ConfigError('Period "0" is too short.', { code: 'BAD_PARAMETER' })
    })
    expect(known).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })

  it.each([undefined, null, 5])('refuses %s as a strategy', (made) => {
    expect(making(() => made)).toThrow(`create of strategy "odd" answered "${made}", not a strategy.`)
  })

  it('refuses hooks that no event calls, of the object and of its class', () => {
    class Misspelt {
      onOder() {}
    }
    expect(making(() => ({ onbar() {} }))).toThrow('has the unknown hook "onbar".\n  Did you mean "onBar"?')
    expect(making(() => new Misspelt())).toThrow('Did you mean "onOrder"?')
    expect(making(() => ({ onSomethingElse() {} }))).toThrow('Known are onBar, onOpening')
  })

  it('lets other members be', () => {
    const made = { onBar: () => undefined, onlyLong: true, once() {}, online: () => true }
    expect(making(() => made)()).toBe(made)
  })
})
