import type { Bars } from '../bar.js'
import type { Timestamp } from '../time.js'
import { findDisagreement } from './corruption/disagreement.js'
import { findJumps } from './corruption/jump.js'
import { findEchoes, findFrozen } from './corruption/repetition.js'
import { findSpikes } from './corruption/spike.js'
import type { CorruptionIssue } from './issue.js'
import type { CheckedBars } from './stage.js'

/** What `findCorruption` takes; every limit has a default, and a limit of Infinity switches its check off. */
export interface CorruptionOptions {
  /** Least distance of a spike from its neighbours, as a ratio of their price (default 0.1). */
  readonly spikeRatio?: number
  /** The same, in medians of the true range around it (default 10). */
  readonly spikeRanges?: number
  /** Least change between a close and the next open that is a jump if it lasts, as a ratio (default 0.25). */
  readonly jumpRatio?: number
  /** Fewest equal bars with volume that are frozen (default 5). */
  readonly frozenMin?: number
  /** Fewest equal bars without volume that are (default 60): a market may just be still. */
  readonly stillMin?: number
  /** Bars back in which the values of a bar are looked for again (default 48; 0 switches the check off). */
  readonly echoBars?: number
  /** The same series from another source. */
  readonly reference?: Bars
  /** Least difference of closes that is a disagreement with it, as a ratio (default 0.01). */
  readonly disagreementRatio?: number
}

/** The limits in force. */
export type CorruptionLimits = Required<Omit<CorruptionOptions, 'reference'>>

const defaults: CorruptionLimits = {
  spikeRatio: 0.1,
  spikeRanges: 10,
  jumpRatio: 0.25,
  frozenMin: 5,
  stillMin: 60,
  echoBars: 48,
  disagreementRatio: 0.01,
}

/**
 * Looks for bars that are well formed and yet look wrong: spikes, lasting jumps as after a split, a frozen feed, values
 * that come again, and disagreement with another source. The bars come back as they are, in order and sound.
 *
 * These are suspicions: a market may fall and rise like a bad print. Issues are sorted by bar.
 */
export function findCorruption(bars: Bars, options: CorruptionOptions = {}): CheckedBars<CorruptionIssue> {
  const { reference, ...given } = options
  const limits: CorruptionLimits = { ...defaults, ...given }
  const found = [
    ...findSpikes(bars, limits),
    ...findJumps(bars, limits),
    ...findFrozen(bars, limits),
    ...findEchoes(bars, limits),
    ...(reference ? findDisagreement(bars, reference, limits) : []),
  ]
  const issues = found
    .sort((a, b) => a.index - b.index)
    .map((suspicion): CorruptionIssue => {
      const time = bars.time[suspicion.index]! as Timestamp
      return {
        ...suspicion,
        level: 'error',
        instrument: bars.instrument,
        time,
        value: bars[suspicion.column][suspicion.index]!,
      }
    })
  return { bars, issues }
}
