import type { Bars } from '@astertrade/core'
import { decimalText } from '../tape/decimalText.js'

/** A candle on Binance's wire: open time, open, high, low, close, volume, close time, quote volume, trades, taker volumes, unused. */
export type Kline = readonly [
  number,
  string,
  string,
  string,
  string,
  string,
  number,
  string,
  number,
  string,
  string,
  string,
]

/** One bar as Binance sends it. What a bar does not tell (quote volume, trades) is derived from close and volume. */
export function klineRow(bars: Bars, index: number): Kline {
  const close = bars.time[index]!
  const volume = bars.volume[index]!
  const quoteVolume = decimalText(volume * bars.close[index]!)
  const [open, high, low, last] = [bars.open, bars.high, bars.low, bars.close].map((column) =>
    decimalText(column[index]!),
  )
  const text = decimalText(volume)
  return [close - bars.interval, open!, high!, low!, last!, text, close - 1, quoteVolume, 1, text, quoteVolume, '0']
}
