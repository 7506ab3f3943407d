import type { Bars } from '../../bar.js'
import type { CorruptionLimits } from '../corruption.js'
import type { Suspicion } from './suspicion.js'

/** Finds bars whose close differs from that of another source at the same time; a run of them is one suspicion. */
export function findDisagreement(bars: Bars, reference: Bars, { disagreementRatio }: CorruptionLimits): Suspicion[] {
  const found: Suspicion[] = []
  let other = 0
  let start = -1
  let expected = 0
  const end = (index: number): void => {
    if (start >= 0) found.push({ kind: 'disagreement', index: start, column: 'close', expected, count: index - start })
    start = -1
  }
  for (let index = 0; index < bars.length; index++) {
    while (other < reference.length && reference.time[other]! < bars.time[index]!) other++
    const close = reference.time[other] === bars.time[index] ? reference.close[other]! : Number.NaN
    // A NaN, where the other source has no bar, differs by nothing.
    const isFar = Math.abs(bars.close[index]! - close) > disagreementRatio * close
    if (!isFar) end(index)
    else if (start < 0) {
      start = index
      expected = close
    }
  }
  end(bars.length)
  return found
}
