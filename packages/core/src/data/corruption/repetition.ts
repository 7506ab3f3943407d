import type { Bars } from '../../bar.js'
import type { CorruptionLimits } from '../corruption.js'
import type { Suspicion } from './suspicion.js'

/** Finds runs of bars with the same prices and volume; a run is one suspicion, at its first bar. */
export function findFrozen(bars: Bars, { frozenMin, stillMin }: CorruptionLimits): Suspicion[] {
  const found: Suspicion[] = []
  let start = 0
  for (let index = 1; index <= bars.length; index++) {
    if (index < bars.length && isSame(bars, index, start)) continue
    const count = index - start
    const min = bars.volume[start]! > 0 ? frozenMin : stillMin
    if (count >= min) found.push({ kind: 'frozen', index: start, column: 'close', expected: bars.close[start]!, count })
    start = index
  }
  return found
}

/**
 * Finds stretches that repeat an earlier one: at least two bars in a row, with volume and a range, that each equal the bar
 * the same distance before, at most `echoBars` back. A single equal bar is chance. `expected` is the index of the bar that
 * the first one repeats.
 */
export function findEchoes(bars: Bars, { echoBars }: CorruptionLimits): Suspicion[] {
  const found: Suspicion[] = []
  let index = 2
  while (index < bars.length) {
    const source = sourceOf(bars, index, echoBars)
    let count = source < 0 ? 0 : 1
    while (count > 0 && index + count < bars.length && isEcho(bars, index + count, source + count)) count++
    if (count >= echoesMin) found.push({ kind: 'echo', index, column: 'close', expected: source, count })
    index += Math.max(1, count)
  }
  return found
}

const echoesMin = 2

/** The latest bar before the last one that a bar repeats; -1 if there is none. */
function sourceOf(bars: Bars, index: number, echoBars: number): number {
  const first = Math.max(0, index - echoBars)
  let source = index - 2
  while (source >= first && !isEcho(bars, index, source)) source--
  return source >= first ? source : -1
}

function isEcho(bars: Bars, index: number, source: number): boolean {
  const { volume, high, low } = bars
  return (
    volume[index] === volume[source] && volume[index]! > 0 && high[index]! > low[index]! && isSame(bars, source, index)
  )
}

function isSame({ open, high, low, close, volume }: Bars, a: number, b: number): boolean {
  return (
    close[a] === close[b] && open[a] === open[b] && high[a] === high[b] && low[a] === low[b] && volume[a] === volume[b]
  )
}
