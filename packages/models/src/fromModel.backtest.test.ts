import { onInterval, type RiskRule, type StrategyDefinition } from '@astertrade/core'
import { backtest, makerTaker, syntheticTape } from '@astertrade/core/backtest'
import { describe, expect, it } from 'vitest'
import { trendReversionEnsemble } from './strategies/trendReversionEnsemble.js'

const ensemble = trendReversionEnsemble as StrategyDefinition<object>

interface Entries {
  readonly made: number
  readonly refused: number
  readonly shortLived: number
}

/** Runs the ensemble under a rule that refuses stops that are not on the far side of the last price, as risk policies do. */
function entries(
  definition: StrategyDefinition<object>,
  params: object,
  refuse = (_n: number): boolean => false,
): Entries {
  const tape = syntheticTape({ seed: 1 })
  let [made, refused, asked] = [0, 0, 0]
  const rule: RiskRule = {
    name: 'stopSide',
    check(order, view) {
      if (order.reduceOnly) return { kind: 'approve' }
      const stop = view.plannedStop(order)
      const distance = stop === 'none' ? 1 : (view.markPrice(order.instrument) - stop) * (order.side === 'buy' ? 1 : -1)
      if (!(distance > 0)) refused++
      else if (!refuse(asked++)) {
        made++
        return { kind: 'approve' }
      }
      const reason = { code: 'STOP_SIDE', rule: 'stopSide', limit: '0', got: String(distance), unit: 'price' } as const
      return { kind: 'refuse', reason }
    },
  }
  const fees = makerTaker({ maker: 0.0002, taker: 0.0005 })
  const report = backtest({ strategy: definition, params, data: tape, cash: '100000', fees, rules: [rule] })
  const shortLived = report.trades.filter((trip) => trip.exitTime - trip.entryTime <= 60_000).length
  return { made, refused, shortLived }
}

describe('the stops of a strategy made by fromModel, in a backtest', () => {
  it('never lie on the wrong side of the price, though positions end before the next decision', () => {
    const { made, refused, shortLived } = entries(ensemble, { stopRanges: 0.5 })
    expect(made).toBeGreaterThan(100)
    expect(shortLived).toBeGreaterThan(30)
    expect(refused).toBe(0)
  })

  it('never lie on the wrong side of the price, though entries are refused', () => {
    const { made, refused } = entries(ensemble, { stopRanges: 1 }, (n) => n % 3 !== 0)
    expect(made).toBeGreaterThan(50)
    expect(refused).toBe(0)
  })

  it('never lie on the wrong side of the price with the parameters that the ensemble has', () => {
    const minutes = entries(ensemble, {})
    expect(minutes.made).toBeGreaterThan(500)
    expect(minutes.refused).toBe(0)
    const hours = entries(onInterval(ensemble, '1h'), {})
    expect(hours.made).toBeGreaterThan(50)
    expect(hours.refused).toBe(0)
  })
})
