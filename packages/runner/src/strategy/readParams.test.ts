import { describe, expect, it } from 'vitest'
import { readParams } from './readParams.js'

const strategy = { name: 's', params: { count: 1, flag: false, text: 'a', list: [1, 2] } }

describe('readParams', () => {
  it('reads each value by the type of its default', () => {
    expect(readParams(strategy, ['count=-2.5e1', 'flag=true', 'text=b=c', 'list=[3]'])).toEqual({
      count: -25,
      flag: true,
      text: 'b=c',
      list: [3],
    })
  })

  it('takes the last of several', () => {
    expect(readParams(strategy, ['count=1', 'count=2'])).toEqual({ count: 2 })
  })

  it.each([
    ['count', 'Parameter "count" is not name=value.\n  Such as --param count=1.'],
    ['=1', 'Parameter "=1" is not name=value.'],
    ['count=', 'Parameter "count" of strategy "s" is "", not a number.\n  The default is count=1.'],
    ['count=NaN', 'Parameter "count" of strategy "s" is "NaN", not a number.'],
    ['count=Infinity', 'Parameter "count" of strategy "s" is "Infinity", not a number.'],
    ['flag=yes', 'Parameter "flag" of strategy "s" is "yes", not a boolean.'],
    ['list=[', 'Parameter "list" of strategy "s" is "[", not an object in JSON.'],
    [
      'conut=1',
      'Strategy "s" has no parameter "conut".\n  Did you mean "count"?\n  It has count=1, flag=false, text=a, list=[1,2].',
    ],
    ['constructor=1', 'Strategy "s" has no parameter "constructor".'],
  ])('refuses %s', (text, message) => {
    expect(() => readParams(strategy, [text])).toThrow(message)
  })

  it('says when there is nothing to set', () => {
    expect(() => readParams({ name: 's', params: {} }, ['x=1'])).toThrow(
      'Strategy "s" has no parameter "x".\n  It has none.',
    )
    expect(() => readParams({ name: 's', params: {} }, ['x'])).toThrow('This strategy has none.')
  })
})
