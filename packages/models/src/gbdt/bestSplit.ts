import { featureStride } from './histogram.js'

/** Where a node is cut best: rows whose bin of `column` is at most `bin` go left. */
export interface Split {
  /** -1 where no cut gains anything. */
  column: number
  bin: number
  gain: number
  /** Sums of the left child. */
  gradient: number
  hessian: number
}

/** What limits a split. */
export interface SplitLimits {
  readonly l2: number
  readonly childWeightMin: number
}

/** A gain below this is rounding. */
const gainMin = 1e-7

/**
 * Finds the split with the largest gain `Gl²/(Hl+λ) + Gr²/(Hr+λ) − G²/(H+λ)`; of equal ones, that of the lowest feature and bin.
 *
 * Chen & Guestrin, XGBoost (2016), equation 7, without the factor of a half.
 */
export function findBestSplit(
  histogram: Float64Array,
  edges: readonly Float32Array[],
  sums: { readonly gradient: number; readonly hessian: number },
  { l2, childWeightMin }: SplitLimits,
  out: Split,
): void {
  const { gradient, hessian } = sums
  const parent = (gradient * gradient) / (hessian + l2)
  let [column, bin, best] = [-1, 0, parent + gainMin]
  let [bestGradient, bestHessian] = [0, 0]
  for (let feature = 0; feature < edges.length; feature++) {
    const from = feature * featureStride
    const end = from + 2 * edges[feature]!.length
    let left = 0
    let weight = 0
    for (let slot = from; slot < end; slot += 2) {
      const added = histogram[slot + 1]!
      if (added === 0 && histogram[slot] === 0) continue
      left += histogram[slot]!
      weight += added
      if (weight < childWeightMin) continue
      const rest = hessian - weight
      if (rest < childWeightMin) break
      const right = gradient - left
      const score = (left * left) / (weight + l2) + (right * right) / (rest + l2)
      if (score <= best) continue
      best = score
      column = feature
      bin = (slot - from) >> 1
      bestGradient = left
      bestHessian = weight
    }
  }
  out.column = column
  out.bin = bin
  out.gain = best - parent
  out.gradient = bestGradient
  out.hessian = bestHessian
}
