import { describe, expect, it } from 'vitest'
import { filteredScenarios } from './filteredScenarios.js'
import { historicalRisk } from './historicalRisk.js'
import { marketScenarios, marketSeries, simulatedFrom } from './marketSamples.rig.js'
import { measurePortfolio, type PortfolioOptions } from './measurePortfolio.js'
import { type Exposures, portfolioLosses } from './portfolioLosses.js'
import { sampleTail } from './sampleTail.js'
import { scenarioMatrix } from './scenarioMatrix.js'
import { studentTRisk } from './studentTRisk.js'
import { ready } from './tailSamples.rig.js'

const scenarios = marketScenarios(3, 600)
const simulated = simulatedFrom(scenarios)
const exposures = { I0: 500, I1: 300, I2: -200 }
const base: PortfolioOptions = { scenarios, simulated, exposures }

/** Changes of value over the scenarios. */
const changes = (from = scenarios): Float64Array => {
  return (portfolioLosses(from, exposures) as Float64Array).map((loss) => -loss)
}

describe('the risk of a portfolio', () => {
  it('shows all methods side by side, in money, and decides by the largest of three', () => {
    for (const confidencePerMille of [950, 990]) {
      const { estimates, decision, asOf } = measurePortfolio({ ...base, confidencePerMille })
      expect(Object.keys(estimates)).toEqual([
        'historical',
        'normal',
        'studentT',
        'cornishFisher',
        'filteredHistorical',
        'ewma',
        'monteCarlo',
      ])
      expect(asOf).toBe(599 * 86_400_000)
      const figures = Object.values(estimates).map((estimate) => ready(estimate!))
      for (const { valueAtRisk, expectedShortfall } of figures) {
        expect(valueAtRisk).toBeGreaterThan(3)
        expect(expectedShortfall).toBeGreaterThan(valueAtRisk)
        expect(expectedShortfall).toBeLessThan(100)
      }
      const deciding = [estimates.historical, estimates.filteredHistorical, estimates.monteCarlo].map((part) =>
        ready(part!),
      )
      expect(ready(decision).valueAtRisk).toBe(Math.max(...deciding.map(({ valueAtRisk }) => valueAtRisk)))
      expect(ready(decision).expectedShortfall).toBe(
        Math.max(...deciding.map(({ expectedShortfall }) => expectedShortfall)),
      )
    }
  })

  it('revalues the portfolio as one series, and filters each instrument for itself', () => {
    const { estimates } = measurePortfolio(base)
    expect(estimates.historical).toEqual(historicalRisk(changes()))
    expect(estimates.studentT).toEqual(studentTRisk(changes()))
    const filtered = changes(ready(filteredScenarios(scenarios)))
    expect(estimates.filteredHistorical).toMatchObject(sampleTail(filtered.map((change) => -change)))
  })

  it('computes only the methods asked for, and decides on none that is missing', () => {
    const { estimates, decision } = measurePortfolio({ ...base, methods: ['normal'] })
    expect(Object.keys(estimates)).toEqual(['normal'])
    expect(decision).toMatchObject({ kind: 'unavailable', code: 'NO_DATA', needed: 'the figure by historical' })
    const without = measurePortfolio({ scenarios, exposures })
    expect(without.estimates.monteCarlo).toMatchObject({ kind: 'unavailable', code: 'NO_DATA' })
    expect(without.decision).toMatchObject({ kind: 'unavailable', code: 'NO_DATA', needed: 'the figure by monteCarlo' })
    const broken = { kind: 'unavailable', code: 'SINGULAR', needed: 'x', got: 'y' } as const
    expect(measurePortfolio({ ...base, simulated: broken }).decision).toBe(broken)
  })

  it('has a risk of 0 without positions, and none to show where a position has no history', () => {
    for (const none of [{}, { I0: 0 }] as Exposures[]) {
      const { estimates, decision } = measurePortfolio({ scenarios, simulated, exposures: none })
      expect(decision).toMatchObject({ kind: 'estimate', valueAtRisk: 0, expectedShortfall: 0 })
      expect(estimates.normal).toMatchObject({ kind: 'estimate', valueAtRisk: 0, method: 'normal' })
    }
    for (const bad of [{ SOL: 1 }, { I0: Number.NaN }, { I0: Number.POSITIVE_INFINITY }] as Exposures[]) {
      const { estimates, decision } = measurePortfolio({ scenarios, simulated, exposures: bad })
      expect(decision.kind).toBe('unavailable')
      for (const estimate of Object.values(estimates)) expect(estimate?.kind).toBe('unavailable')
    }
  })

  it('is unavailable for positions that never moved', () => {
    const still = { ...scenarios, values: scenarios.values.map((value, i) => (i < 600 ? 0 : value)) }
    const { estimates, decision } = measurePortfolio({ scenarios: still, simulated, exposures: { I0: 100 } })
    expect(estimates.historical).toMatchObject({ code: 'CONSTANT' })
    expect(estimates.filteredHistorical).toMatchObject({ code: 'CONSTANT' })
    expect(decision).toMatchObject({ kind: 'unavailable', code: 'CONSTANT' })
  })

  it('replaces a history that is too short, figure by figure, and says so', () => {
    const short = marketScenarios(3, 400)
    const options = { scenarios: short, simulated: simulatedFrom(short), exposures, confidencePerMille: 990 }
    const { estimates, decision } = measurePortfolio(options)
    const [student, filtered] = [ready(estimates.studentT!), ready(estimates.filteredHistorical!)]
    expect(ready(estimates.historical!).valueAtRisk).toBe(1.2 * Math.max(student.valueAtRisk, filtered.valueAtRisk))
    expect(ready(decision).notes).toEqual(['SHORT_SAMPLE'])
    const shorter = marketScenarios(3, 200)
    const least = measurePortfolio({ scenarios: shorter, simulated: simulatedFrom(shorter), exposures })
    expect(least.estimates.filteredHistorical).toMatchObject({ code: 'TOO_SHORT' })
    expect(ready(least.decision).valueAtRisk).toBeGreaterThanOrEqual(1.2 * ready(least.estimates.studentT!).valueAtRisk)
    const none = marketScenarios(3, 100)
    expect(measurePortfolio({ scenarios: none, exposures }).decision).toMatchObject({ code: 'TOO_SHORT' })
  })

  it('says where a history was borrowed', () => {
    const proxies = [{ instrument: 'NEW', follows: 'I0', beta: 1 }]
    const borrowed = ready(scenarioMatrix(marketSeries(2, 600), { proxies }))
    const options = { scenarios: borrowed, simulated: simulatedFrom(borrowed), exposures: { NEW: 100 } }
    const { estimates, decision } = measurePortfolio(options)
    for (const estimate of [...Object.values(estimates), decision]) expect(ready(estimate!).notes).toContain('PROXIED')
    const own = measurePortfolio({ ...options, exposures: { I0: 150 } })
    expect(ready(estimates.historical!).valueAtRisk).toBeCloseTo(ready(own.estimates.historical!).valueAtRisk, 10)
  })

  it('refuses misuse', () => {
    const refuse = (more: object, code: string): void => {
      expect(() => measurePortfolio({ ...base, ...more })).toThrow(expect.objectContaining({ code }))
    }
    refuse({ exposure: {} }, 'UNKNOWN_OPTION')
    refuse({ methods: ['guess'] }, 'BAD_METHOD')
    refuse({ confidencePerMille: 95.5 }, 'BAD_CONFIDENCE')
    refuse({ lambda: 1 }, 'BAD_LAMBDA')
    expect(() => measurePortfolio({ ...base, methods: ['guess' as 'ewma'] })).toThrow(
      'Method "guess" is not one of historical, normal',
    )
  })
})
