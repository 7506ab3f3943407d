import { describe, expect, it } from 'vitest'
import { plantMutants } from './plantMutants.js'

/** Every mutant of a text, as the changed text. */
function changed(text: string): string[] {
  return plantMutants('sample.ts', text).map(({ start, end, after }) => text.slice(0, start) + after + text.slice(end))
}

/** The same of an expression. */
function expressed(text: string): string[] {
  const before = 'const x = '
  return changed(before + text).map((line) => line.slice(before.length))
}

describe('plantMutants', () => {
  it('moves comparisons by their edge and turns equality around', () => {
    expect(expressed('f(a < b)')).toEqual(['f(a <= b)'])
    expect(expressed('f(a >= b)')).toEqual(['f(a > b)'])
    expect(expressed('f(a === b)')).toEqual(['f(a !== b)'])
  })

  it('swaps arithmetic and logic, but adds no subtraction of texts', () => {
    expect(expressed('f(a * b)')).toEqual(['f(a / b)'])
    expect(expressed('f(a && b)')).toEqual(['f(a || b)'])
    expect(expressed("f('a' + b)")).toEqual([])
  })

  it('decides conditions both ways', () => {
    expect(changed('if (a) b()')).toEqual(['if (true) b()', 'if (false) b()', 'if (a) ;'])
    expect(expressed('f(a ? b : c)')).toEqual(['f(true ? b : c)', 'f(false ? b : c)'])
  })

  it('changes figures, rounding and sides', () => {
    expect(expressed('f(0.5, 10n, true)')).toEqual(['f(1.5, 10n, true)', 'f(0.5, 11n, true)', 'f(0.5, 10n, false)'])
    expect(expressed("f(Math.floor(a), 'up', 'buy')")).toEqual([
      "f(Math.ceil(a), 'up', 'buy')",
      "f(Math.floor(a), 'down', 'buy')",
      "f(Math.floor(a), 'up', 'sell')",
    ])
    expect(expressed('f(a ?? b, -c)')).toEqual(['f(a, -c)', 'f(a ?? b, c)'])
  })

  it('leaves types, imports and the words of errors alone', () => {
    expect(changed("import { a } from 'up'\ntype B = 1 | 2\ninterface C { readonly d: 3 }")).toEqual([])
    expect(changed("throw new ConfigError('buy', { code: a + 1, hints: [1] })")).toEqual([])
  })

  it('says where each is', () => {
    expect(plantMutants('sample.ts', 'a()\nb = a < b')[1]).toEqual({
      start: 10,
      end: 11,
      before: '<',
      after: '<=',
      line: 2,
    })
  })
})
