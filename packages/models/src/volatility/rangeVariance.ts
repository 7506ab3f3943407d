import { type Bar, log } from '@astertrade/core'

const openToClose = 2 * Math.LN2 - 1

/**
 * Realised variance of one bar from its four prices: the jump from the last close to the open, squared, and the estimate of
 * Garman and Klass for the rest, `ln(h / l)² / 2 - (2 ln 2 - 1) ln(c / o)²`.
 *
 * About seven times as exact as the squared return, where prices are continuous inside the bar. Never below 0 for an open and
 * a close within the range; `NaN` where a price is not above 0. Garman and Klass, On the Estimation of Security Price
 * Volatilities from Historical Data (1980).
 *
 * @param previousClose - Close of the bar before.
 * @example
 * rangeVariance({ open: 100, high: 101, low: 100, close: 101 }, 100) // => 0.0000113 (half of 0.01² less 0.386 of it)
 */
export function rangeVariance(bar: Pick<Bar, 'open' | 'high' | 'low' | 'close'>, previousClose: number): number {
  const { open, high, low, close } = bar
  const [jump, range, body] = [log(open / previousClose), log(high / low), log(close / open)]
  return jump * jump + (range * range) / 2 - openToClose * body * body
}
