// The crossing of two averages on a seeded synthetic tape, with costs: a first backtest and its honest result.
import { crossover, defineStrategy, target } from '@astertrade/core'
import { backtest, fixedSlippage, makerTaker, syntheticTape, textReport } from '@astertrade/core/backtest'
import { Sma } from '@astertrade/indicators'

const smaCross = defineStrategy({
  name: 'sma-cross',
  params: { fast: 50, slow: 200 },
  create({ fast, slow }) {
    const [quick, calm, cross] = [new Sma({ period: fast }), new Sma({ period: slow }), crossover()]
    return {
      onBar(bar) {
        const side = cross.next(quick.next(bar.close), calm.next(bar.close))
        if (side) return target(bar.instrument, side === 'above' ? 1 : 0)
      },
    }
  },
})

const report = backtest({
  strategy: smaCross,
  data: syntheticTape({ seed: 7, bars: 43_200 }),
  cash: '10000',
  fees: makerTaker({ maker: 0.0002, taker: 0.0005 }),
  slippage: fixedSlippage({ bps: 1 }),
})
console.log(textReport(report))
