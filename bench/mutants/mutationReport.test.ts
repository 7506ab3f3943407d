import { describe, expect, it } from 'vitest'
import { equivalents } from './equivalents.js'
import { type MutantResult, mutationReport } from './mutationReport.js'

const result = (file: string, line: number, isKilled: boolean, rest: Partial<MutantResult> = {}): MutantResult => ({
  file,
  line,
  before: '<',
  after: '<=',
  text: 'if (a < b)',
  isKilled,
  ...rest,
})

describe('mutationReport', () => {
  it('counts by folder and file, and lists what survived in order of place', () => {
    const results = [
      result('limits/b.ts', 9, false),
      result('limits/b.ts', 3, false),
      ...Array.from({ length: 6 }, (_, n) => result('limits/b.ts', 20 + n, true)),
      result('policy.ts', 1, true),
      result('sizing/a.ts', 1, true),
    ]
    const { text, score, isBelow } = mutationReport(results, { planted: results.length })
    expect([score, isBelow]).toEqual(['80.0 %', true])
    expect(text).toContain(
      '| limits | 8 | 2 | 75.0 % |\n| sizing | 1 | 0 | 100.0 % |\n| tiers and policy | 1 | 0 | 100.0 % |',
    )
    expect(text).toContain('- limits/b.ts:3 `<` → `<=` in `if (a < b)`.\n- limits/b.ts:9 ')
    expect(text).toMatch(/## Proven equal to the code\n\nNone\.\n$/)
    expect(mutationReport(results.slice(1), { planted: 9 }).isBelow).toBe(true)
    expect(mutationReport([...results.slice(1), ...results.slice(2)], { planted: 17 }).isBelow).toBe(false)
  })

  it('does not count what is proven equal, and says why', () => {
    const [equal] = equivalents
    const { before, after, line, file } = equal!
    const path = ['limits/freeBalance.ts', 'limits/clipSize.ts', 'emergency/priceBand.ts', 'policy.ts'].find(
      (name) => file?.test(name) ?? true,
    )!
    const proven = result(path, 4, false, { before, after, text: line })
    const { text, score } = mutationReport([proven, result('limits/b.ts', 1, true)], { planted: 4 })
    expect(score).toBe('100.0 %')
    expect(text).toContain('2 of 4 mutants of the sizing')
    expect(text).toContain(equal!.proof)
    expect(text).toContain('## Survivors\n\nNone.')
  })
})
