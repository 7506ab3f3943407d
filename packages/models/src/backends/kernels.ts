/**
 * The arithmetic of networks on one arena of float32: every number lies in it, and arguments say where, counted in float32.
 *
 * Products and sums round to float32 one by one and in a fixed order, without fused steps, so each implementation gives the
 * same bits. Steps between rows are counted in float32 too; counts named `columns` and `count` are multiples of 4, and place 0
 * is never used, so it means none. Arguments are given one by one, since a call per layer and batch should allocate nothing.
 */
export interface Kernels {
  readonly arena: Float32Array
  /**
   * `c[i, j] = bias[j] + Σ_l a[i, l] * b[l, j]`, in the order of `l`; `aRow` and `aTerm` are the steps of `i` and `l` in `a`, so
   * that it may be read as its transpose.
   */
  multiply(
    a: number,
    aRow: number,
    aTerm: number,
    b: number,
    bRow: number,
    bias: number,
    c: number,
    cRow: number,
    rows: number,
    terms: number,
    columns: number,
  ): void
  /** `max(x, 0)` in place. */
  relu(at: number, count: number): void
  /** Multiplies gradients by the slope of `relu`, told by its results. */
  reluBack(result: number, gradient: number, count: number): void
  /** `tanh(x)` in place. */
  tanh(at: number, count: number): void
  /** Multiplies gradients by the slope of `tanh`, `1 - y²`, told by its results. */
  tanhBack(result: number, gradient: number, count: number): void
  /** Turns the first `outputs` numbers of each row into probabilities. */
  softmax(at: number, row: number, rows: number, outputs: number): void
  /** Sums of columns over rows. */
  sumRows(from: number, row: number, rows: number, columns: number, to: number): void
  /** `to[j, i] = from[i, j]`. */
  transpose(from: number, fromRow: number, rows: number, outputs: number, to: number, toRow: number): void
  /**
   * One step of Adam (Kingma and Ba 2015) on gradients `g` multiplied by `scale`: `m = β₁m + (1-β₁)g`, `v = β₂v + (1-β₂)g²`,
   * `p -= step * m / (√v * correction + ε)`.
   */
  adam(
    parameters: number,
    gradients: number,
    first: number,
    second: number,
    count: number,
    scale: number,
    step: number,
    correction: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void
}
