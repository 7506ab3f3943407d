import { choleskyFactor, choleskySolve } from '../regression/cholesky.js'

/** What a ridge learner takes. */
export interface RidgeLearnerOptions {
  readonly width: number
  /** Penalty on squared weights, as a share of the number of labels. */
  readonly ridge: number
  /** Labels after which one has lost about two thirds of its weight. */
  readonly memory: number
  /** Labels that share one moment, since each reaches over this many samples: their number is divided by it in tests. */
  readonly overlap: number
}

/** Learns a linear response to features from labels as they become known, and how good its own forecasts were. */
export interface RidgeLearner {
  /** Labels learned. */
  readonly count: number
  /** Forecast in standard deviations of the label; 0 before the first labels. */
  weigh(features: Float64Array, offset?: number): number
  /**
   * Takes a label that has become known.
   *
   * @param move - What was to be forecast, such as a log return.
   * @param forecast - What `weigh` said when the features were new: it is judged before the label is learned.
   */
  learn(features: Float64Array, move: number, forecast: number, offset?: number): void
  /**
   * How surely forecasts have been better than saying 0, as a statistic that is standard normal where they are not; 0 before
   * enough labels.
   */
  evidence(): number
  /** Share of the squared labels that the forecasts, made beforehand, took away; negative where they did harm. */
  skill(): number
  /** Standard deviation of labels, in their own unit. */
  scale(): number
  /** Standard deviation of what the forecasts left over, in standard deviations of the label. */
  noise(): number
  weights(): Float64Array
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** Beyond so many standard deviations a label counts as this many. */
const moveMax = 4
/** Labels before forecasts begin, and before they are judged. */
const labelsMin = 50
/** Penalty that does not grow with the labels: the first few must not make large weights out of noise. */
const prior = 50
/** Count, variance of labels, sums of gains, squared gains, squared labels and squared errors, and their weight. */
const figures = 7

/**
 * Ridge regression without an intercept, updated label by label with exponential forgetting; mirrored features give the mirrored
 * forecast.
 *
 * Weights solve `(A + (50 + ridge n) I) w = b` with `A ← f A + x xᵀ`, `b ← f b + x y`, `n ← f n + 1`, `f = 1 - 1 / memory`. Labels are scaled by
 * the deviation of those before. Hoerl and Kennard, Ridge Regression (1970); judged by the prequential principle of Dawid (1984).
 */
export function ridgeLearner({ width, ridge, memory, overlap }: RidgeLearnerOptions): RidgeLearner {
  const keep = 1 - 1 / memory
  const grams = new Float64Array(width * width)
  const products = new Float64Array(width)
  const weights = new Float64Array(width)
  const own = new Float64Array(figures)
  const penalised = new Float64Array(width * width)
  const solve = (): void => {
    penalised.set(grams)
    for (let k = 0; k < width; k++) penalised[k * width + k]! += prior + ridge * own[6]!
    const factor = choleskyFactor(penalised, width)
    if (factor !== undefined) choleskySolve(factor, products, weights)
  }
  const add = (x: Float64Array, offset: number, y: number): void => {
    for (let i = 0; i < width; i++) {
      const value = x[offset + i]!
      products[i] = keep * products[i]! + value * y
      for (let j = 0; j <= i; j++) grams[i * width + j] = keep * grams[i * width + j]! + value * x[offset + j]!
    }
  }
  return {
    get count() {
      return own[0]!
    },
    weigh(features, offset = 0) {
      let sum = 0
      for (let k = 0; k < width; k++) sum += weights[k]! * features[offset + k]!
      return sum
    },
    learn(features, move, forecast, offset = 0) {
      const sigma = Math.sqrt(own[1]!)
      own[1] = own[0] === 0 ? move * move : keep * own[1]! + (1 - keep) * move * move
      own[0]!++
      if (!(sigma > 0)) return
      const y = Math.max(-moveMax, Math.min(moveMax, move / sigma))
      own[6] = keep * own[6]! + 1
      if (own[0]! > labelsMin) judge(own, keep, y, forecast)
      add(features, offset, y)
      if (own[0]! >= labelsMin) solve()
    },
    evidence() {
      const [count, , gains, squares, , , weight] = own as unknown as readonly number[]
      if (!(count! > 2 * labelsMin)) return 0
      const mean = gains! / weight!
      const variance = squares! / weight! - mean * mean
      // Of n labels with geometric weights the mean is worth about as much as of 2 n equal ones.
      const independent = Math.min(count! - labelsMin, 2 * weight!) / overlap
      return variance > 0 ? (mean / Math.sqrt(variance)) * Math.sqrt(independent) : 0
    },
    skill: () => (own[4]! > 0 ? own[2]! / own[4]! : 0),
    scale: () => Math.sqrt(own[1]!),
    noise: () => (own[4]! > 0 ? Math.sqrt(own[5]! / own[6]!) : 1),
    weights: () => weights.slice(),
    snapshot() {
      const state = new Float64Array(width * width + 2 * width + figures)
      state.set(own)
      state.set(products, figures)
      state.set(weights, figures + width)
      state.set(grams, figures + 2 * width)
      return state
    },
    restore(state) {
      own.set(state.subarray(0, figures))
      products.set(state.subarray(figures, figures + width))
      weights.set(state.subarray(figures + width, figures + 2 * width))
      grams.set(state.subarray(figures + 2 * width))
    },
  }
}

/** What the forecast took from the squared label, added to the running sums. */
function judge(own: Float64Array, keep: number, y: number, forecast: number): void {
  const error = y - forecast
  const gain = y * y - error * error
  own[2] = keep * own[2]! + gain
  own[3] = keep * own[3]! + gain * gain
  own[4] = keep * own[4]! + y * y
  own[5] = keep * own[5]! + error * error
}
