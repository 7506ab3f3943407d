// An indicator of your own: any object with a `next` will do, and it composes with those of the package.
import { type Bar, defineStrategy, target } from '@astertrade/core'
import { backtest, makerTaker, summaryLine, syntheticTape } from '@astertrade/core/backtest'
import { Atr, Ema } from '@astertrade/indicators'

/** Distance of the close from its average, in average true ranges; NaN while either is cold. */
function stretch(period: number) {
  const [middle, range] = [new Ema({ period }), new Atr({ period })]
  return { next: (bar: Bar): number => (bar.close - middle.next(bar.close)) / range.next(bar) }
}

const fade = defineStrategy({
  name: 'fade-the-stretch',
  params: { period: 60, entry: 3 },
  create({ period, entry }) {
    const indicator = stretch(period)
    return {
      onBar(bar, view) {
        const distance = indicator.next(bar)
        const { quantity } = view.position(bar.instrument)
        // A cold indicator is NaN, and every comparison with NaN is false: nothing trades before it is ready.
        if (quantity === 0 && distance < -entry) return target(bar.instrument, 0.5, { stop: bar.close * 0.98 })
        if (quantity > 0 && distance > 0) return target(bar.instrument, 0)
      },
    }
  },
})

const data = syntheticTape({ seed: 7, bars: 43_200 })
for (const taker of [0, 0.0005]) {
  const report = backtest({ strategy: fade, data, cash: '10000', fees: makerTaker({ maker: 0, taker }) })
  console.log(`fee ${taker}: ${summaryLine(report)}`)
}
