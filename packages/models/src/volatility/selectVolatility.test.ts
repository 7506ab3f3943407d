import { describe, expect, it } from 'vitest'
import { type SelectVolatilityOptions, selectVolatility } from './selectVolatility.js'
import { simulateGarch } from './simulateGarch.rig.js'

const strong = { mean: 0, omega: 2e-6, alpha: 0.25, gamma: 0, beta: 0.7 }
const skewed = { mean: 0, omega: 2e-6, alpha: 0.01, gamma: 0.3, beta: 0.8 }

describe('selectVolatility', () => {
  it('finds the process that was planted', () => {
    expect(selectVolatility({ returns: simulateGarch(strong, 4_000, 1) }).chosen).toMatch(/garch|gjr/)
    expect(selectVolatility({ returns: simulateGarch(skewed, 4_000, 1) }).chosen).toBe('gjr')
  })

  it('finds implied variance that knows the truth', () => {
    const returns = simulateGarch(strong, 2_000, 2)
    let truth = strong.omega / 0.05
    const implied = returns.map((r) => {
      truth = strong.omega + strong.alpha * r * r + strong.beta * truth
      return 1.4 * truth
    })
    const { candidates } = selectVolatility({ returns, implied })
    expect(candidates[0]!.method).toBe('implied')
  })

  it('keeps the average where nothing is proven better', () => {
    const returns = simulateGarch({ ...strong, alpha: 0.03, beta: 0.965 }, 1_200, 3)
    expect(selectVolatility({ returns }).chosen).toBe('ewma')
  })

  it('scores no forecast that saw its own bar', () => {
    const returns = simulateGarch(strong, 1_500, 4)
    const changed = returns.slice()
    changed[1_499]! *= 1.01
    const [a, b] = [selectVolatility({ returns }), selectVolatility({ returns: changed })]
    const lossOf = ({ candidates }: typeof a, method: string): number =>
      candidates.find((candidate) => candidate.method === method)!.loss * a.rows
    // Only the squared return moved, by 2 %: forecasts stay, so the total moves by 0.0201 r² / h.
    for (const method of ['ewma', 'garch', 'gjr', 'har']) {
      const move = lossOf(b, method) - lossOf(a, method)
      expect(move, method).toBeGreaterThan(0)
      expect(move, method).toBeLessThan(0.0201 * 30)
    }
  })

  it.each([
    [{ returns: new Float64Array(50) }, 'Of 50 bars 0 are left to compare forecasts on.'],
    [{ returns: new Float64Array(900) }, 'Of 900 bars 0 are left to compare forecasts on.'],
    [{ returns: Float64Array.of(0, Number.NaN) }, 'The column returns has "NaN" at 1.'],
    [{ returns: new Float64Array(2), realised: new Float64Array(1) }, 'realised has 1 entries for 2 returns.'],
    [{ returns: new Float64Array(2), implied: Float64Array.of(0, -1) }, 'The column implied has "-1" at 1.'],
    [{ returns: new Float64Array(2), level: Number.NaN }, 'level "NaN" of selectVolatility is not between 0 and 0.5.'],
    [{ returns: new Float64Array(2), warmup: 10 }, 'warmup "10" is no whole number from 100.'],
  ] satisfies [SelectVolatilityOptions, string][])('refuses %o', (options, message) => {
    expect(() => selectVolatility(options)).toThrow(message)
  })
})
