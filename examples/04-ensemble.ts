// Trend following and mean reversion on one account with their shares, under the default risk policy.
import { backtest, fixedSlippage, makerTaker, syntheticTape, textReport } from '@astertrade/core/backtest'
import { smaCross, trendReversionEnsemble } from '@astertrade/models'
import { policyStop, riskPolicy } from '@astertrade/risk'

const report = backtest({
  strategy: [
    { strategy: trendReversionEnsemble, params: { exposure: 0.5 }, allocation: 0.6 },
    { strategy: smaCross, params: { fast: 50, slow: 200, exposure: 0.5 }, allocation: 0.4 },
  ],
  data: [
    syntheticTape({ seed: 7, bars: 20_000, instrument: 'BTC-USD.synthetic' }),
    syntheticTape({ seed: 8, bars: 20_000, instrument: 'ETH-USD.synthetic', price: 2_500, annualVolatility: 0.8 }),
  ],
  cash: '10000',
  fees: makerTaker({ maker: 0.0002, taker: 0.0005 }),
  slippage: fixedSlippage({ bps: 1 }),
  rules: riskPolicy({ acknowledge: 'nextDay' }),
  defaultStop: policyStop,
})
console.log(textReport(report))
