import { ConfigError, type Duration } from '@astertrade/core'

/** Spans of labels and how far from them training keeps away. */
export interface LabelSpans {
  /** When each row could first be known, ms, ascending. */
  readonly starts: Float64Array
  /** When each label was settled, ms; none before its start. */
  readonly ends: Float64Array
  /** Milliseconds that training keeps away from after the last label of each test block. */
  readonly embargo: Duration
}

/** Rows to learn from and rows to be judged on, both ascending. */
export interface Fold {
  readonly train: Int32Array
  readonly test: Int32Array
}

/** Rows of a test block: from `from` up to, not including, `to`. */
export interface Block {
  readonly from: number
  readonly to: number
}

/** Cuts `rows` into `parts` blocks of equal length, but for one row. */
export function blocksOf(rows: number, parts: number): Block[] {
  return Array.from({ length: parts }, (_, part) => ({
    from: Math.floor((part * rows) / parts),
    to: Math.floor(((part + 1) * rows) / parts),
  }))
}

/**
 * The fold whose test rows are the given blocks: training keeps every other row whose span, both ends included, meets no span of
 * a test block and does not start within the embargo after one.
 *
 * Blocks are ascending and apart; each is purged around by itself, so that rows between two of them stay.
 *
 * @throws ConfigError with code `NO_ROWS` if nothing is left to train on.
 */
export function foldOf({ starts, ends, embargo }: LabelSpans, blocks: readonly Block[]): Fold {
  const rows = starts.length
  const kept = new Uint8Array(rows).fill(1)
  const tested: number[] = []
  for (const { from, to } of blocks) {
    const first = starts[from]!
    let last = Number.NEGATIVE_INFINITY
    for (let row = from; row < to; row++) {
      kept[row] = 0
      tested.push(row)
      last = Math.max(last, ends[row]!)
    }
    for (let row = 0; row < from; row++) if (ends[row]! >= first) kept[row] = 0
    for (let row = to; row < rows && starts[row]! <= last + embargo; row++) kept[row] = 0
  }
  const train = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => kept[row] === 1)
  if (train.length > 0) return { train, test: Int32Array.from(tested) }
  throw new ConfigError(`Nothing is left to train on beside the test rows ${rangeOf(blocks)} of ${rows}.`, {
    code: 'NO_ROWS',
    hints: ['Take more rows, fewer folds, shorter labels or a shorter embargo.'],
  })
}

function rangeOf(blocks: readonly Block[]): string {
  return blocks.map(({ from, to }) => `${from}-${to - 1}`).join(', ')
}

/** @throws ConfigError if spans are not spans in time order, or the embargo is negative. */
export function checkSpans({ starts, ends, embargo }: LabelSpans): void {
  if (starts.length !== ends.length) {
    throw new ConfigError(`${starts.length} starts of labels have ${ends.length} ends.`, {
      code: 'BAD_SPANS',
      hints: ['One end for each start.'],
    })
  }
  for (let row = 0; row < starts.length; row++) {
    const [start, end] = [starts[row]!, ends[row]!]
    if (start >= (starts[row - 1] ?? Number.NEGATIVE_INFINITY) && end >= start && end < Number.POSITIVE_INFINITY)
      continue
    throw new ConfigError(`The span "${start}" to "${end}" of row ${row} is none, or not in time order.`, {
      code: 'BAD_SPANS',
      hints: ['Rows ascend by start, and each label ends at or after its start: finite milliseconds.'],
    })
  }
  if (embargo >= 0 && embargo < Number.POSITIVE_INFINITY) return
  throw new ConfigError(`Embargo "${embargo}" is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: ['Milliseconds from 0, such as duration("1d").'],
  })
}
