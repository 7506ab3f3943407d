import { ConfigError } from '@astertrade/core'
import { blocksOf, checkSpans, type Fold, foldOf, type LabelSpans } from './spans.js'

/** What `purgedKFold` takes. */
export interface PurgedKFoldOptions extends LabelSpans {
  /** Number of test blocks, at least 2. */
  readonly folds: number
}

/**
 * Splits labelled rows for cross-validation without leaks: each fold is tested on one block of time and trained on the rows
 * whose labels have nothing to do with it.
 *
 * A label spans from its row's time to where it was settled. A training row is purged if its span meets the span of any test row,
 * ends included; after the last end of the block an embargo follows. López de Prado, Advances in Financial Machine Learning (2018),
 * section 7.4.
 *
 * @returns One fold per block, in time order; the test blocks cover every row once.
 * @throws ConfigError with code `NO_ROWS` if there are fewer rows than folds or a fold has nothing left to train on, with
 * `BAD_SPANS` for spans that are none, and with `BAD_PARAMETER` for a number of folds below 2 or a negative embargo.
 * @example
 * const starts = Float64Array.of(0, 1, 2, 3, 4, 5)
 * const ends = Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5, 6.5)
 * purgedKFold({ starts, ends, folds: 3, embargo: 0 })[1] // => { train: [0, 5], test: [2, 3] }
 */
export function purgedKFold({ folds, ...spans }: PurgedKFoldOptions): readonly Fold[] {
  const rows = spans.starts.length
  checkSpans(spans)
  if (!Number.isInteger(folds) || folds < 2) {
    throw new ConfigError(`Folds "${folds}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 2, such as 5.'],
    })
  }
  if (rows < folds) {
    throw new ConfigError(`${rows} rows are fewer than ${folds} folds.`, {
      code: 'NO_ROWS',
      hints: ['Take more rows or fewer folds.'],
    })
  }
  return blocksOf(rows, folds).map((block) => foldOf(spans, [block]))
}
