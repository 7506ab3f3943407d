import type { BarColumn, Bars } from '../../bar.js'
import type { CorruptionLimits } from '../corruption.js'
import type { Suspicion } from './suspicion.js'

/** Bars on each side whose prices a spike must leave behind. */
const neighbours = 2
/** Bars on each side whose true range sets the scale. */
const scaleBars = 20

/**
 * Finds prices beyond all of the two bars before and the two after, by a ratio of their price and by a number of median
 * true ranges. A level that stays is none, and at the ends of the data nothing can be told.
 */
export function findSpikes(bars: Bars, limits: CorruptionLimits): Suspicion[] {
  const { high, low } = bars
  const { spikeRatio } = limits
  const found: Suspicion[] = []
  for (let index = 1; index < bars.length - 1; index++) {
    const from = Math.max(0, index - neighbours)
    const to = Math.min(bars.length - 1, index + neighbours)
    let top = 0
    let bottom = Number.POSITIVE_INFINITY
    for (let near = from; near <= to; near++) {
      if (near === index) continue
      if (high[near]! > top) top = high[near]!
      if (low[near]! < bottom) bottom = low[near]!
    }
    // Cheap tests first: the scale is worked out for the few that pass.
    const isAbove = high[index]! > top * (1 + spikeRatio)
    const isBelow = low[index]! < bottom * (1 - spikeRatio)
    if (!isAbove && !isBelow) continue
    const reach = limits.spikeRanges * medianRange(bars, index)
    if (isAbove && high[index]! - top > reach) found.push(suspect(bars, index, top, 'high', top * (1 + spikeRatio)))
    if (isBelow && bottom - low[index]! > reach)
      found.push(suspect(bars, index, bottom, 'low', bottom * (1 - spikeRatio)))
  }
  return found
}

/** Names the close or the open where it is beyond the limit as well, else the extreme. */
function suspect(bars: Bars, index: number, expected: number, extreme: BarColumn, limit: number): Suspicion {
  const isBeyond = (price: number): boolean => (extreme === 'high' ? price > limit : price < limit)
  const inner = (['close', 'open'] as const).find((column) => isBeyond(bars[column][index]!))
  return { kind: 'spike', index, column: inner ?? extreme, expected, count: 1 }
}

/** Median true range of the bars around one, itself apart. */
function medianRange({ high, low, close, length }: Bars, index: number): number {
  const ranges: number[] = []
  for (let near = Math.max(1, index - scaleBars); near <= Math.min(length - 1, index + scaleBars); near++) {
    if (near === index || near === index + 1) continue
    ranges.push(Math.max(high[near]!, close[near - 1]!) - Math.min(low[near]!, close[near - 1]!))
  }
  ranges.sort((a, b) => a - b)
  return ranges[Math.floor(ranges.length / 2)] ?? 0
}
