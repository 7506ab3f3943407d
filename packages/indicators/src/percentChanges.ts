import { percentChange } from './percentChange.js'

/** Changes of a column in percent over `period` values; `NaN` for the first of them. `out` is another array. */
export function percentChanges(source: Float64Array, period: number, out: Float64Array): void {
  const { length } = source
  out.fill(Number.NaN, 0, period)
  for (let index = period; index < length; ) {
    index = changeRun(source, index, period, out)
    if (index === length) return
    out[index] = percentChange(source[index]!, source[index - period]!)
    index++
  }
}

/** Goes on while the changes are finite; returns the index it stopped at. */
function changeRun(source: Float64Array, from: number, period: number, out: Float64Array): number {
  const { length } = source
  let index = from
  for (; index < length; index++) {
    const past = source[index - period]!
    const percent = 100 * ((source[index]! - past) / past)
    if (percent - percent !== 0) break
    out[index] = percent
  }
  return index
}
