import { lossCovariance } from './lossCovariance.js'
import { minimumVariance } from './minimumVariance.js'

/** What `diversity` takes. */
export interface DiversityOptions {
  readonly experts: number
  /** Share of the weights of least variance, from 0 to 0.3; at 0 nothing is changed. */
  readonly share: number
  /** Mean loss above which an expert is not worth spreading to, such as that of saying nothing. */
  readonly lossMax: number
}

/** Spreads weight over experts that err at different times. */
export interface Diversity {
  /** Takes the losses of a round; `NaN` for an expert that slept. */
  push(losses: Float64Array): void
  /** Changes the weights of the experts in place; their sum stays, and an expert of weight 0 stays at 0. Allocates nothing. */
  spread(weights: Float64Array): void
  /** How many experts that err independently the weights are worth, from 1; 0 where no weight is. */
  effectiveNumber(weights: Float64Array): number
  /** Rounds in the window in which an expert was awake, and its mean loss there. */
  record(expert: number): LossRecord
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** What is kept of an expert. */
export interface LossRecord {
  readonly rounds: number
  /** `NaN` without rounds. */
  readonly meanLoss: number
}

/** Rounds that are looked at, how often, and how many an expert must have been awake in. */
const windowRounds = 250
const refreshRounds = 10
const knownRounds = 30

/** Losses correlated by less are different opinions; from here to 1 two experts turn into one. */
const kinFrom = 0.9

/**
 * Keeps the last 250 rounds of losses and what follows from them; every tenth round it looks anew.
 *
 * `spread` first divides the weight of an expert by how many experts say the same: 1 plus, for each other, how far the correlation
 * of losses lies from 0.9 to 1; two clones thus get what one would. Then it mixes in the weights of least variance of a shrunk
 * covariance: `(1 - share) w + share * w_minimum`. Experts with fewer than 30 rounds, or with more loss than is worth it, keep theirs.
 */
export function diversity({ experts, share, lossMax }: DiversityOptions): Diversity {
  const losses = new Float64Array(windowRounds * experts).fill(Number.NaN)
  let rounds = 0
  const correlation = new Float64Array(experts * experts)
  const minimum = new Float64Array(experts).fill(Number.NaN)
  const kin = new Float64Array(experts)
  const refresh = (): void => {
    const window = losses.subarray(0, Math.min(rounds, windowRounds) * experts)
    const records = Array.from({ length: experts }, (_, expert) => recordOf(window, experts, expert))
    const known = Array.from(records.keys()).filter((expert) => records[expert]!.rounds >= knownRounds)
    correlation.fill(0)
    minimum.fill(Number.NaN)
    if (known.length < 2) return
    const found = lossCovariance(columnsOf(window, experts, known), known.length)
    for (const [i, a] of known.entries()) {
      for (const [j, b] of known.entries()) correlation[a * experts + b] = found.correlation[i * known.length + j]!
    }
    const useful = Array.from(known.keys()).filter((place) => records[known[place]!]!.meanLoss <= lossMax)
    const least = minimumVariance(submatrix(found.covariance, known.length, useful), useful.length)
    for (const [at, place] of useful.entries()) minimum[known[place]!] = least[at]!
  }
  return {
    push(round) {
      losses.set(round, (rounds % windowRounds) * experts)
      rounds++
      if (rounds % refreshRounds === 0) refresh()
    },
    spread(weights) {
      if (share === 0) return
      divideKin(weights, kin, correlation)
      mixMinimum(weights, minimum, share)
    },
    effectiveNumber: (weights) => effectiveNumber(weights, correlation),
    record: (expert) => recordOf(losses, experts, expert),
    snapshot: () => Float64Array.of(rounds, ...losses, ...correlation, ...minimum),
    restore(state) {
      rounds = state[0]!
      losses.set(state.subarray(1, 1 + losses.length))
      correlation.set(state.subarray(1 + losses.length, 1 + losses.length + correlation.length))
      minimum.set(state.subarray(1 + losses.length + correlation.length))
    },
  }
}

function recordOf(losses: Float64Array, experts: number, expert: number): LossRecord {
  let [sum, rounds] = [0, 0]
  for (let at = expert; at < losses.length; at += experts) {
    if (Number.isNaN(losses[at]!)) continue
    sum += losses[at]!
    rounds++
  }
  return { rounds, meanLoss: sum / rounds }
}

function submatrix(matrix: Float64Array, size: number, places: readonly number[]): Float64Array {
  return Float64Array.from(places.flatMap((row) => places.map((column) => matrix[row * size + column]!)))
}

function columnsOf(losses: Float64Array, experts: number, columns: readonly number[]): Float64Array {
  const picked = new Float64Array((losses.length / experts) * columns.length)
  let at = 0
  for (let row = 0; row < losses.length; row += experts) {
    for (let place = 0; place < columns.length; place++) picked[at++] = losses[row + columns[place]!]!
  }
  return picked
}

function divideKin(weights: Float64Array, kin: Float64Array, correlation: Float64Array): void {
  const count = kin.length
  let [before, after] = [0, 0]
  for (let i = 0; i < count; i++) {
    if (weights[i] === 0) continue
    let alike = 1
    for (let j = 0; j < count; j++) {
      const shared = correlation[i * count + j]!
      if (j !== i && weights[j]! > 0 && shared > kinFrom) alike += Math.min(1, (shared - kinFrom) / (1 - kinFrom))
    }
    kin[i] = alike
    before += weights[i]!
    after += weights[i]! / alike
  }
  for (let i = 0; i < count; i++) if (weights[i]! > 0) weights[i] = (weights[i]! / kin[i]!) * (before / after)
}

/** Mixes the weights of least variance into those of the experts that are known; `NaN` marks one that is not. */
function mixMinimum(weights: Float64Array, minimum: Float64Array, share: number): void {
  let [held, least] = [0, 0]
  for (let i = 0; i < minimum.length; i++) {
    if (weights[i] === 0 || Number.isNaN(minimum[i]!)) continue
    held += weights[i]!
    least += minimum[i]!
  }
  if (least === 0) return
  for (let i = 0; i < minimum.length; i++) {
    if (weights[i] === 0 || Number.isNaN(minimum[i]!)) continue
    weights[i] = (1 - share) * weights[i]! + (share * held * minimum[i]!) / least
  }
}

function effectiveNumber(weights: Float64Array, correlation: Float64Array): number {
  const count = Math.round(Math.sqrt(correlation.length))
  let [sum, square] = [0, 0]
  for (let i = 0; i < count; i++) {
    sum += weights[i]!
    for (let j = 0; j < count; j++) {
      square += weights[i]! * weights[j]! * (i === j ? 1 : Math.max(0, correlation[i * count + j]!))
    }
  }
  return sum === 0 ? 0 : (sum * sum) / square
}
