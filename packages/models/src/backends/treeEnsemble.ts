/** What is done to the summed leaves. */
export type TreeLink = 'identity' | 'softmax'

/**
 * Decision trees as plain data, all nodes of all trees one after another.
 *
 * An inner node goes left where `x[feature] <= threshold`, in float32. `output = link(base + sum of the leaves reached)`.
 */
export interface TreeEnsemble {
  readonly kind: 'trees'
  readonly features: number
  readonly outputs: number
  readonly link: TreeLink
  /** Start of each output's sum. */
  readonly base: Float32Array
  /** Index of the first node of each tree. */
  readonly roots: Int32Array
  /** Output that each tree adds to. */
  readonly treeOutput: Int32Array
  /** Feature of each node; -1 for a leaf. */
  readonly feature: Int32Array
  readonly threshold: Float32Array
  readonly left: Int32Array
  readonly right: Int32Array
  /** Value of each leaf; 0 for an inner node. */
  readonly value: Float32Array
}
