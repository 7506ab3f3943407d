/** What a label was made of and what became of it; all columns have one entry per row of the dataset. */
export interface Labels {
  /** How the labels were made, as data: kind and parameters; part of what an artifact records. */
  readonly spec: Readonly<Record<string, string | number>>
  /** Number of classes; `classes` counts from 0. For sides: 0 down, 1 flat, 2 up. */
  readonly classCount: number
  readonly classes: Uint8Array
  /** Return that the label stands for, such as that from entry to the barrier touched. */
  readonly returns: Float64Array
  /** When the label was settled, ms: the span of a label is from the row's time to here. */
  readonly ends: Float64Array
  /** Weight of the row in training, such as its average uniqueness; 0 leaves it out. */
  readonly weights: Float64Array
}

/**
 * Rows of features with what is to be learnt, ready for training.
 *
 * Features are stored by column and as float32, which is what models are served with: row `r` of column `c` is
 * `features[c * rows + r]`.
 */
export interface Dataset {
  /** Hash of the ordered features; a model trained on it abstains on another. */
  readonly schema: string
  readonly names: readonly string[]
  readonly rows: number
  readonly features: Float32Array
  /** When each row could first be known, ms, ascending. */
  readonly times: Float64Array
  /** Price at the time of each row, for models that act on it. */
  readonly prices: Float64Array
  readonly labels: Labels
}
