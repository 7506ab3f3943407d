import type { BarColumns } from '../indicator.js'
import type { SarState } from './sarState.js'

type HighLow = BarColumns<'high' | 'low'>

/**
 * Goes on from a state that is ready while bars are finite, for a thousand of them at most, equal bit for bit to `SarState`;
 * returns the index it stopped at. In pieces, since V8 would compile one long loop before it has seen what follows it.
 *
 * All local prices are those of a long trade, upside down for a short one: a reversal turns them over.
 */
export function sarRun(state: SarState, bars: HighLow, from: number, out: Float64Array): number {
  const { high, low } = bars
  const { start, step, max } = state.spec
  const end = Math.min(from + 1_000, out.length)
  let short = state.side === -1
  let { acceleration } = state
  let stop = short ? -state.stop : state.stop
  let extreme = short ? -state.extreme : state.extreme
  let topBefore = short ? -state.low : state.high
  let bottomBefore = short ? -state.high : state.low
  let index = from
  for (; index < end; index++) {
    const range = high[index]! - low[index]!
    if (range - range !== 0) break
    const top = short ? -low[index]! : high[index]!
    const bottom = short ? -high[index]! : low[index]!
    if (bottom <= stop) {
      let value = extreme
      if (topBefore > value) value = topBefore
      if (top > value) value = top
      out[index] = short ? -value : value
      stop = value + start * (bottom - value)
      if (topBefore > stop) stop = topBefore
      if (top > stop) stop = top
      stop = -stop
      extreme = topBefore = -bottom
      bottomBefore = -top
      acceleration = start
      short = !short
    } else {
      out[index] = short ? -stop : stop
      if (top > extreme) {
        extreme = top
        acceleration = Math.min(acceleration + step, max)
      }
      stop += acceleration * (extreme - stop)
      if (bottomBefore < stop) stop = bottomBefore
      if (bottom < stop) stop = bottom
      topBefore = top
      bottomBefore = bottom
    }
  }
  state.side = short ? -1 : 1
  state.acceleration = acceleration
  state.stop = short ? -stop : stop
  state.extreme = short ? -extreme : extreme
  state.high = short ? -bottomBefore : topBefore
  state.low = short ? -topBefore : bottomBefore
  return index
}
