import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type VpinControlOptions, vpinControl } from './vpinControl.js'

/** Volatility that follows itself and volume, and VPIN by `effect`; VPIN mirrors volatility in part. */
function market(effect: number, seed: string, length = 1_500): VpinControlOptions {
  const random = createRandom(seed).stream('market')
  const [vpin, volume, volatility] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  let level = 1
  for (let at = 0; at < length; at++) {
    volume[at] = 100 + 20 * level + 10 * random.normal()
    vpin[at] = 0.3 + 0.05 * level + 0.02 * random.normal()
    volatility[at] = level
    level = 0.5 * level + 0.005 * volume[at]! + effect * (vpin[at]! - 0.35) + 0.1 * random.normal()
  }
  return { vpin, volume, volatility }
}

describe('vpinControl', () => {
  it('finds an effect that is there, of either sign', () => {
    const found = vpinControl(market(1, 'adds'))
    if (found.kind === 'unavailable') throw new Error(found.code)
    expect(found.verdict).toBe('adds')
    expect(Math.abs(found.vpin.value - 1)).toBeLessThan(3 * found.vpin.standardError)
    expect(found.r2).toBeGreaterThan(found.r2WithoutVpin)
    expect(found.reason).toMatch(/^VPIN adds: t = \d+\.\d beside volume and volatility$/)
    expect(vpinControl(market(-1, 'opposite'))).toMatchObject({ verdict: 'opposite' })
  })

  it('seldom finds one where VPIN only mirrors volatility', () => {
    const verdicts = Array.from({ length: 60 }, (_, seed) => {
      const found = vpinControl(market(0, `nothing ${seed}`, 400))
      return found.kind === 'fitted' ? found.verdict : found.code
    })
    expect(verdicts.filter((verdict) => verdict === 'adds nothing').length).toBeGreaterThan(50)
  })

  it('has no answer for few rows, or a VPIN that does not move', () => {
    const few = market(0, 'few', 4)
    expect(vpinControl(few)).toEqual({ kind: 'unavailable', code: 'TOO_FEW_ROWS' })
    const { volume, volatility } = market(0, 'still')
    const vpin = new Float64Array(volume.length).fill(0.3)
    expect(vpinControl({ vpin, volume, volatility })).toEqual({ kind: 'unavailable', code: 'COLLINEAR' })
  })

  it('refuses columns of different lengths and a level that is none', () => {
    const table = market(0, 'bad', 50)
    const vpin = new Float64Array(3)
    expect(() => vpinControl({ ...table, vpin })).toThrow('Columns of 3, 50 and 50 rows are no table.')
    expect(() => vpinControl({ ...table, level: 0 })).toThrow('level "0" is not between 0 and 1.')
    expect(() => vpinControl({ ...table, lags: 1.5 })).toThrow('lags "1.5" is no whole number from 0.')
  })
})
