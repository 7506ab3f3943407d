import type { Bars } from '../../bar.js'
import type { CorruptionLimits } from '../corruption.js'
import type { Suspicion } from './suspicion.js'

/** Bars on each side that must lie on their side of the jump. */
const lasting = 5

/**
 * Finds opens far from the close before that part two levels: the closes before are nearer to the old price, those after
 * nearer to the new one, as at a split or a change of units.
 */
export function findJumps(bars: Bars, { jumpRatio }: CorruptionLimits): Suspicion[] {
  const { open, close } = bars
  const found: Suspicion[] = []
  for (let index = 1; index < bars.length; index++) {
    const [before, after] = [close[index - 1]!, open[index]!]
    const isFar = after > before * (1 + jumpRatio) || before > after * (1 + jumpRatio)
    if (isFar && parts(bars, index)) found.push({ kind: 'jump', index, column: 'open', expected: before, count: 1 })
  }
  return found
}

function parts({ open, close, length }: Bars, index: number): boolean {
  // The geometric middle, so that a halving and a doubling are alike.
  const middle = Math.sqrt(close[index - 1]! * open[index]!)
  const isUp = open[index]! > middle
  for (let near = Math.max(0, index - lasting); near < Math.min(length, index + lasting); near++) {
    if (close[near]! > middle !== (near >= index ? isUp : !isUp)) return false
  }
  return true
}
