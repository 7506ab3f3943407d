/** What a layer does to its sums. */
export type Activation = 'linear' | 'relu' | 'tanh' | 'softmax'

/** A dense layer: `out[o] = activation(bias[o] + Σ_i x[i] * weights[i * outputs + o])`. */
export interface DenseLayer {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  /** By input: `weights[i * outputs + o]`. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** A feed-forward network as plain data. */
export interface Network {
  readonly kind: 'network'
  readonly layers: readonly DenseLayer[]
}
