/**
 * Standard deviation of the simple returns of the last `window` bars, the bar at hand included; `NaN` before there are as many, and
 * where one of them is no number.
 *
 * Each window is summed by itself: no rounding is carried along, so a value depends on its window alone.
 */
export function trailingVolatility(close: Float64Array, window: number): Float64Array {
  const { length } = close
  const returns = new Float64Array(length).fill(Number.NaN)
  for (let index = 1; index < length; index++) returns[index] = close[index]! / close[index - 1]! - 1
  const out = new Float64Array(length).fill(Number.NaN)
  for (let index = window; index < length; index++) {
    let [sum, squares] = [0, 0]
    for (let at = index - window + 1; at <= index; at++) sum += returns[at]!
    const mean = sum / window
    for (let at = index - window + 1; at <= index; at++) squares += (returns[at]! - mean) * (returns[at]! - mean)
    out[index] = Math.sqrt(squares / (window - 1))
  }
  return out
}
