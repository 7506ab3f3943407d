import { artifactError } from '../artifactError.js'
import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import type { Tensor } from '../tensors.js'

const int32Columns = ['roots', 'treeOutput', 'feature', 'left', 'right'] as const
const float32Columns = ['base', 'threshold', 'value'] as const

/** Trees with a softmax as tensors whose names begin with `prefix`, to be kept in an artifact. */
export function treeTensors(prefix: string, trees: TreeEnsemble): Tensor[] {
  return [...float32Columns, ...int32Columns].map((column) => ({
    name: `${prefix}/${column}`,
    shape: [trees[column].length],
    data: trees[column],
  }))
}

/**
 * The trees that `treeTensors` took apart, over so many features; a session checks that they can be walked.
 *
 * @throws ConfigError with code `ARTIFACT` if a tensor is missing or of another type.
 */
export function treesOf(tensors: ReadonlyMap<string, Tensor>, prefix: string, features: number): TreeEnsemble {
  const missing = (column: string): Error =>
    artifactError(`No column "${column}" of trees "${prefix}" is among the tensors.`)
  const integers = (column: (typeof int32Columns)[number]): Int32Array => {
    const data = tensors.get(`${prefix}/${column}`)?.data
    if (data instanceof Int32Array) return data
    throw missing(column)
  }
  const singles = (column: (typeof float32Columns)[number]): Float32Array => {
    const data = tensors.get(`${prefix}/${column}`)?.data
    if (data instanceof Float32Array) return data
    throw missing(column)
  }
  const base = singles('base')
  return {
    kind: 'trees',
    features,
    outputs: base.length,
    link: 'softmax',
    base,
    roots: integers('roots'),
    treeOutput: integers('treeOutput'),
    feature: integers('feature'),
    threshold: singles('threshold'),
    left: integers('left'),
    right: integers('right'),
    value: singles('value'),
  }
}
