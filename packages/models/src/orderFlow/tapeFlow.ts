import type { Quote, Trade } from '@astertrade/core'
import { MarketImpact } from '@astertrade/indicators'
import { flowWindows } from './flowWindows.js'

/** Features of the flow of trades and quotes, as of any time from the last event on. */
export interface TapeFlow {
  readonly width: number
  readonly names: readonly string[]
  take(event: Trade | Quote): void
  /** Middle of the last quote, or the last trade's price where no quote has come. */
  price(): number
  /** Writes the features as of `time`; changes nothing. */
  read(time: number, out: Float64Array): void
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Trades in the line of price on signed volume. */
const impactPeriod = 200

/**
 * Features of the tape, each from -1 to 1 and turned over when both sides trade places: for each window the imbalance of trades and
 * that of the best quotes; then the imbalance of the sizes quoted now, and what the last trade is worth by Kyle’s
 * lambda, in mean moves of the price per trade.
 */
export function tapeFlow(windows: readonly number[]): TapeFlow {
  const flows = flowWindows(windows)
  const impact = new MarketImpact({ period: impactPeriod })
  const book = 2 * windows.length
  /** Price of the last trade, mean size of a move per trade, last quantity with its sign, middle, and imbalance of sizes. */
  let [traded, move, signed, middle, sizes] = [Number.NaN, 0, 0, Number.NaN, 0]
  return {
    width: book + 2,
    names: [
      ...windows.map((window) => `tradeImbalance(${window})`),
      ...windows.map((window) => `quoteImbalance(${window})`),
      'sizeImbalance',
      'impact',
    ],
    take(event) {
      if (event.kind === 'trade') {
        impact.onTrade(event)
        flows.addTrade(event)
        signed = event.aggressor === 'buy' ? event.quantity : -event.quantity
        if (!Number.isNaN(traded)) move = 0.99 * move + 0.01 * Math.abs(event.price - traded)
        traded = event.price
        return
      }
      flows.addQuote(event)
      middle = (event.bid + event.ask) / 2
      const { bidSize = 0, askSize = 0 } = event
      sizes = bidSize + askSize > 0 ? (bidSize - askSize) / (bidSize + askSize) : 0
    },
    price: () => (Number.isNaN(middle) ? traded : middle),
    read(time, out) {
      flows.read(time, out)
      out[book] = sizes
      const push = move > 0 && impact.isReady ? (impact.value * signed) / move : 0
      out[book + 1] = push / (1 + Math.abs(push))
    },
    parts: () => [Float64Array.of(traded, move, signed, middle, sizes), impact.snapshot(), ...flows.parts()],
    restoreParts([own, line, ...rest]) {
      ;[traded, move, signed, middle, sizes] = own as unknown as [number, number, number, number, number]
      impact.restore(line!)
      flows.restoreParts(rest)
    },
  }
}
