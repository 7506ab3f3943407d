import { ConfigError } from '@astertrade/core'
import { type Block, blocksOf, checkSpans, type Fold, foldOf, type LabelSpans } from './spans.js'

/** What `combinatorialFolds` takes. */
export interface CombinatorialFoldsOptions extends LabelSpans {
  /** Blocks of time that the rows are cut into, from 3 to 16. */
  readonly groups: number
  /** Blocks that are tested together, fewer than `groups`. */
  readonly tested: number
}

/**
 * Combinatorial purged cross-validation: a fold for each choice of `tested` blocks out of `groups`, in lexicographic order.
 *
 * Neighbouring test blocks are one; around each block that stands alone rows are purged as in `purgedKFold`, and rows between two
 * blocks stay in training. López de Prado (2018), section 12.3; each row is tested `tested / groups` of the times.
 *
 * @throws ConfigError as `purgedKFold` does, and with code `BAD_PARAMETER` for more than 1,000 folds.
 * @example
 * combinatorialFolds({ starts, ends, embargo: 0, groups: 6, tested: 2 }).length // => 15
 */
export function combinatorialFolds({ groups, tested, ...spans }: CombinatorialFoldsOptions): readonly Fold[] {
  const rows = spans.starts.length
  checkSpans(spans)
  const inRange = groups >= 3 && groups <= 16 && tested >= 1 && tested < groups
  if (!Number.isInteger(groups) || !Number.isInteger(tested) || !inRange) {
    throw new ConfigError(`"${tested}" test blocks of "${groups}" groups is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['From 3 to 16 groups and fewer test blocks than groups, such as 2 of 6.'],
    })
  }
  const folds = choiceCount(groups, tested)
  if (folds > foldsMax) {
    throw new ConfigError(`"${tested}" test blocks of "${groups}" groups make ${folds} folds.`, {
      code: 'BAD_PARAMETER',
      hints: [`At most ${foldsMax}, each with its own list of rows: fewer groups, or fewer test blocks.`],
    })
  }
  if (rows < groups) {
    throw new ConfigError(`${rows} rows are fewer than ${groups} groups.`, {
      code: 'NO_ROWS',
      hints: ['Take more rows or fewer groups.'],
    })
  }
  const blocks = blocksOf(rows, groups)
  return choices(groups, tested).map((choice) => foldOf(spans, joined(choice.map((index) => blocks[index]!))))
}

const foldsMax = 1_000

/** How many choices of `count` out of `from` there are. */
function choiceCount(from: number, count: number): number {
  let choices = 1
  for (let taken = 1; taken <= count; taken++) choices = (choices * (from - count + taken)) / taken
  return choices
}

/** The ascending choices of `count` out of `from` indices. */
function choices(from: number, count: number, first = 0): number[][] {
  if (count === 0) return [[]]
  const lists: number[][] = []
  for (let index = first; index <= from - count; index++) {
    for (const rest of choices(from, count - 1, index + 1)) lists.push([index, ...rest])
  }
  return lists
}

/** Blocks that touch become one. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (last?.to === block.from) result[result.length - 1] = { from: last.from, to: block.to }
    else result.push(block)
  }
  return result
}
