import { describe, expect, it } from 'vitest'
import * as backtest from './index.js'

describe('the public names', () => {
  it('of @astertrade/core/backtest are these', () => {
    expect(Object.keys(backtest).sort()).toMatchInlineSnapshot(`
      [
        "backtest",
        "backtestDefaults",
        "backtestStream",
        "constantLatency",
        "createEquityTracker",
        "dailyReturns",
        "defaultFillPolicy",
        "fillPolicy",
        "fixedFees",
        "fixedSlippage",
        "halfSpread",
        "inferInstrument",
        "makerTaker",
        "noFees",
        "noLatency",
        "noSlippage",
        "periodsPerYear",
        "replayBacktest",
        "squareRootImpact",
        "statistics",
        "sumFees",
        "sumSlippage",
        "summaryLine",
        "syntheticTape",
        "tearSheet",
        "textReport",
        "tickSlippage",
        "tieredFees",
        "tradeStatistics",
        "tradesCsv",
        "verdict",
        "volumeShareSlippage",
      ]
    `)
  })
})
