/** What the first bar, which has no previous close, contributes: nothing, or its high minus its low. */
export type FirstTrueRange = 'skip' | 'range'

/**
 * True range `max(high − low, |high − previous|, |low − previous|)`, as half the way round the three points: the same number
 * without a branch.
 */
export function span(high: number, low: number, previousClose: number): number {
  return 0.5 * (Math.abs(high - low) + Math.abs(high - previousClose) + Math.abs(low - previousClose))
}

/** True range of a bar whose previous close is `NaN` if it is the first one. */
export function trueRange(high: number, low: number, previousClose: number, first: FirstTrueRange): number {
  return first === 'range' && Number.isNaN(previousClose) ? Math.abs(high - low) : span(high, low, previousClose)
}

/** True ranges of columns; a bar that is not finite gives `NaN` and is no previous bar for the next one. */
export function trueRanges(
  bars: Readonly<Record<'high' | 'low' | 'close', Float64Array>>,
  first: FirstTrueRange,
  out: Float64Array,
): void {
  const { high, low, close } = bars
  const { length } = close
  for (let index = 0, previous = Number.NaN; index < length; ) {
    const probe = high[index]! - low[index]! + close[index]!
    const finite = probe - probe === 0
    out[index] = finite ? trueRange(high[index]!, low[index]!, previous, first) : Number.NaN
    index++
    if (finite) {
      index = spanRun(bars, index, out)
      previous = close[index - 1]!
    }
  }
}

/** Goes on from a finite bar while bars are finite; returns the index it stopped at. */
function spanRun(
  { high, low, close }: Readonly<Record<'high' | 'low' | 'close', Float64Array>>,
  from: number,
  out: Float64Array,
): number {
  const { length } = close
  let previous = close[from - 1]!
  let index = from
  for (; index < length; index++) {
    const top = high[index]!
    const bottom = low[index]!
    const current = close[index]!
    const probe = top - bottom + current
    if (probe - probe !== 0) break
    out[index] = span(top, bottom, previous)
    previous = current
  }
  return index
}
