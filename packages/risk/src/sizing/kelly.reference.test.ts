import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fallProbability } from './fallProbability.js'
import { kellyContinuous } from './kellyContinuous.js'
import { kellyDiscrete } from './kellyDiscrete.js'
import { kellyGrowth } from './kellyGrowth.js'

interface Case {
  readonly name: string
  readonly inputs?: Readonly<Record<string, number>>
  readonly expected?: number
  readonly tolerance?: number
}

const folder = process.env.ASTER_DATA

function computed({ p, b, m, s, r, f, c, x }: Readonly<Record<string, number>>): number {
  if (p !== undefined) return kellyDiscrete({ probability: p, win: b! })
  if (c !== undefined) return fallProbability({ to: x!, kelly: c })
  if (f !== undefined) return kellyGrowth({ mean: m!, deviation: s!, riskFree: r!, fraction: f })
  return kellyContinuous({ mean: m!, variance: s! * s!, riskFree: r! })
}

describe.skipIf(!folder)('the reference cases of Kelly (needs ASTER_DATA)', () => {
  it('come out within their tolerances', () => {
    const cases = JSON.parse(readFileSync(`${folder}/reference/kelly/cases.json`, 'utf8')) as readonly Case[]
    const own = cases.filter((entry) => entry.inputs !== undefined)
    for (const { name, inputs, expected, tolerance } of own) {
      expect(Math.abs(computed(inputs!) - expected!), name).toBeLessThanOrEqual(tolerance!)
    }
    expect(own.length).toBeGreaterThanOrEqual(5)
  })
})
