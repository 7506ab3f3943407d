import { describe, expect, it } from 'vitest'
import { historicalRisk } from '../measures/historicalRisk.js'
import { normalRisk } from '../measures/normalRisk.js'
import { ready, studentTSample } from '../measures/tailSamples.rig.js'
import { backtestEffect, raiseEstimate } from './backtestEffect.js'
import { backtestRisk } from './backtestRisk.js'
import { walkForwardRisk } from './walkForward.js'

describe('walking forward', () => {
  const returns = studentTSample(4, 700).map((value) => value / 50)

  it('forecasts each day from the days before it alone', () => {
    const seen: number[][] = []
    const { losses, valueAtRisk, unavailable } = walkForwardRisk({
      returns: [1, 2, 3, 4, 5],
      window: 2,
      estimate: (past) => {
        seen.push([...past])
        const estimate = ready(historicalRisk(returns))
        return seen.length === 2
          ? { kind: 'unavailable', code: 'CONSTANT', needed: '', got: '' }
          : { ...estimate, valueAtRisk: past[1]! }
      },
    })
    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ])
    expect(losses).toEqual([-3, -5])
    expect(valueAtRisk).toEqual([2, 4])
    expect(unavailable).toBe(1)
  })

  it('keeps the past when the future changes', () => {
    const changed = returns.map((value, i) => (i < 600 ? value : 9))
    const options = { window: 250, estimate: (past: Float64Array) => normalRisk(past) }
    const [one, other] = [returns, changed].map((list) => walkForwardRisk({ returns: list, ...options }))
    expect(Array.from(other!.valueAtRisk).slice(0, 350)).toEqual(Array.from(one!.valueAtRisk).slice(0, 350))
  })

  it('judges an estimator by all tests, and says what follows for the limits', () => {
    const confidencePerMille = 950
    const honest = walkForwardRisk({
      returns,
      window: 300,
      estimate: (past) => historicalRisk(past, { confidencePerMille }),
    })
    const backtest = ready(backtestRisk(honest, { confidencePerMille }))
    expect(backtest).toMatchObject({
      kind: 'backtest',
      observations: 400,
      light: 'green',
      effect: { multiplier: 1, mode: 'normal' },
    })
    expect(backtest.coverage.rejected).toBe(false)
    expect(backtest.shortfall.kind).toBe('shortfallTest')
    const half = Array.from(honest.valueAtRisk, (figure) => figure / 2)
    const blind = ready(backtestRisk({ ...honest, valueAtRisk: half }, { confidencePerMille }))
    expect(blind).toMatchObject({ light: 'red', effect: { mode: 'reduceOnly', until: 'review' } })
    expect(blind.coverage.rejected).toBe(true)
    expect(blind.exceedances).toBeGreaterThan(backtest.exceedances)
  })

  it('judges coverage also where no shortfall can be tested, and nothing where there is no record', () => {
    const forecasts = { losses: [1, 2], valueAtRisk: [3, 3], expectedShortfall: [0, 0] }
    expect(backtestRisk(forecasts, { confidencePerMille: 950 })).toMatchObject({
      kind: 'backtest',
      exceedances: 0,
      shortfall: { code: 'NOT_POSITIVE' },
    })
    const none = { losses: [], valueAtRisk: [], expectedShortfall: [] }
    expect(backtestRisk(none, { confidencePerMille: 950 })).toMatchObject({ kind: 'unavailable', code: 'NO_DATA' })
  })

  it('refuses misuse', () => {
    const estimate = (past: Float64Array): ReturnType<typeof normalRisk> => normalRisk(past)
    for (const window of [0, 1.5, Number.NaN]) {
      expect(() => walkForwardRisk({ returns, window, estimate })).toThrow(
        expect.objectContaining({ code: 'BAD_WINDOW' }),
      )
    }
    expect(() => walkForwardRisk({ returns, window: 0, estimate })).toThrow(
      'window "0" is not an integer of at least 1.',
    )
    expect(() => walkForwardRisk({ returns: [1, Number.NaN], window: 1, estimate })).toThrow('Return 1 is "NaN".')
  })
})

describe('the effect of a backtest', () => {
  it('raises the figures by a fifth when yellow, and stops new risk until a review when red', () => {
    expect(backtestEffect('green')).toEqual({ multiplier: 1, mode: 'normal', until: 'nextTest' })
    expect(backtestEffect('yellow')).toEqual({ multiplier: 1.2, mode: 'normal', until: 'nextTest' })
    expect(backtestEffect('red')).toEqual({ multiplier: 1.2, mode: 'reduceOnly', until: 'review' })
    const estimate = ready(historicalRisk(studentTSample(4, 600)))
    expect(raiseEstimate(estimate, backtestEffect('green'))).toBe(estimate)
    const raised = raiseEstimate(estimate, backtestEffect('yellow'))
    expect(raised.valueAtRisk).toBe(1.2 * estimate.valueAtRisk)
    expect(raised.expectedShortfall).toBe(1.2 * estimate.expectedShortfall)
    expect(raised.notes).toEqual(['BACKTEST_YELLOW'])
    expect(raiseEstimate({ ...estimate, valueAtRisk: -1 }, backtestEffect('yellow')).valueAtRisk).toBe(-1)
  })
})
