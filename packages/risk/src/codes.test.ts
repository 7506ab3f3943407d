import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { riskCodes } from './codes.js'
import { explain } from './explain.js'

const risk = fileURLToPath(new URL('.', import.meta.url))
const core = fileURLToPath(new URL('../../core/src/', import.meta.url))

/** Codes that the sources of verdicts, trips and sizes name: `code: 'X'` beside a rule, `refuse('X'`, `skip('X'`, `above('X'`. */
function codesIn(folder: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8')
    const calls = text.matchAll(/(?:refuse|refusal|skip|above|fallReason|stale|unavailable)\(\s*'([A-Z][A-Z0-9_]+)'/g)
    const fields = text.matchAll(/\bcode: (?:\w+ \? )?'([A-Z][A-Z0-9_]+)'(?: : '([A-Z][A-Z0-9_]+)')?/g)
    const errors = new Set([...text.matchAll(/(?:Error\([\s\S]*?)code: '([A-Z][A-Z0-9_]+)'/g)].map(([, code]) => code))
    return [...calls, ...fields]
      .flatMap(([, ...codes]) => codes)
      .filter((code) => code !== undefined && !errors.has(code)) as string[]
  })
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^[a-zA-Z]+\.ts$/.test(name))
}

describe('the table of codes', () => {
  it('has every code that the sources name', () => {
    const found = new Set([
      ...codesIn(`${risk}limits/`, filesOf(`${risk}limits/`)),
      ...codesIn(`${risk}sizing/`, ['positionSize.ts']),
      ...codesIn(`${risk}emergency/`, ['breakerScope.ts', 'priceBand.ts', 'killSwitch.ts']),
      ...codesIn(`${core}engine/`, ['builtInRule.ts']),
      ...codesIn(core, ['review.ts', 'buyingPower.ts']),
    ])
    const missing = [...found].filter((code) => !Object.hasOwn(riskCodes, code))
    expect(missing).toEqual([])
    const silent = Object.keys(riskCodes).filter((code) => !found.has(code))
    // The engine has it as a constant, since a mode may bring another.
    expect(silent).toEqual(['MODE_FORBIDS'])
  })

  it('has a sentence with both figures, or one of them, for each', () => {
    for (const [code, entry] of Object.entries(riskCodes)) {
      const sentence = entry.sentence({ limit: 'LIMIT', got: 'GOT' })
      expect(sentence, code).toMatch(/^[A-Z].+\.$/)
      expect(explain({ code, rule: 'r', limit: '1', got: '2', unit: 'count' })).toMatch(
        new RegExp(`\\[${code} by r\\]$`),
      )
    }
  })

  it('is in the order of the checks', () => {
    const checks = Object.values(riskCodes).map(({ check }) => check)
    const numbers = checks.filter((check): check is Exclude<typeof check, string> => typeof check === 'number')
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })
})
