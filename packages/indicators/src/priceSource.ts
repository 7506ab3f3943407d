import type { BarInput } from './indicator.js'

/** Which price of a bar is averaged: the close, or a mean of high and low, of high, low and close, or of all four. */
export type PriceSource = 'close' | 'hl2' | 'hlc3' | 'ohlc4'

type SourceInput = BarInput<'high' | 'low' | 'close'> & { readonly open?: number }
type SourceColumns = Readonly<Record<'high' | 'low' | 'close', Float64Array>> & { readonly open?: Float64Array }

/** Mean of high, low and close. */
export function typicalPrice(high: number, low: number, close: number): number {
  return (high + low + close) / 3
}

/** The price of a bar; `NaN` where it asks for an `open` that the bar does not have. */
export function sourcePrice(source: PriceSource, bar: SourceInput): number {
  if (source === 'hlc3') return typicalPrice(bar.high, bar.low, bar.close)
  if (source === 'close') return bar.close
  if (source === 'hl2') return 0.5 * (bar.high + bar.low)
  return 0.25 * ((bar.open ?? Number.NaN) + bar.high + bar.low + bar.close)
}

/** The prices of columns, equal bit for bit to `sourcePrice`. */
export function sourcePrices(source: PriceSource, bars: SourceColumns, out: Float64Array): void {
  const { high, low, close, open } = bars
  if (source === 'close') out.set(close)
  else if (source === 'hlc3') {
    for (let index = 0; index < out.length; index++) {
      out[index] = typicalPrice(high[index]!, low[index]!, close[index]!)
    }
  } else if (source === 'hl2') {
    for (let index = 0; index < out.length; index++) out[index] = 0.5 * (high[index]! + low[index]!)
  } else if (open) {
    for (let index = 0; index < out.length; index++) {
      out[index] = 0.25 * (open[index]! + high[index]! + low[index]! + close[index]!)
    }
  }
}
