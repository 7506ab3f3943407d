import type { NanPolicy } from './parameters.js'

/**
 * An average of absolute values below this is that of a series at rest: true zero, or what is left of it after some ten
 * thousand bars, when the last bits of a double no longer carry a ratio.
 */
export const vanished = 1e-300

/** How an exponential average weighs and starts. */
export interface AverageSpec {
  /** Weight of the newest input, above 0 and at most 1. */
  readonly alpha: number
  /** Inputs whose sum, over `seedDivisor`, is the first state. */
  readonly seedLength: number
  readonly seedDivisor: number
  /** When the first value shows: with the seed itself, or one input later. */
  readonly firstValue: 'seed' | 'after'
  readonly nan: NanPolicy
}

/** EMA: weight 2/(period + 1), started with the mean of the first `period` inputs or with the first one. */
export function emaSpec(period: number, seed: 'sma' | 'first', nan: NanPolicy): AverageSpec {
  const seedLength = seed === 'first' ? 1 : period
  return { alpha: 2 / (period + 1), seedLength, seedDivisor: seedLength, firstValue: 'seed', nan }
}

/** Wilder's average: weight 1/period, started with the mean of the first `period` inputs. */
export function wilderSpec(period: number, nan: NanPolicy): AverageSpec {
  return { alpha: 1 / period, seedLength: period, seedDivisor: period, firstValue: 'seed', nan }
}

/**
 * `e = alpha·x + (1 − alpha)·e`, one multiply and one add on the dependency chain.
 *
 * `value` is `NaN` while cold and after a non-finite input, so one test of the result sends every rare case away.
 * Non-finite inputs before the first finite one are ignored. Kernels take their input from a field and leave their result in
 * one: a number that is passed to, or returned from, a call the compiler does not inline would be allocated.
 */
export class ExponentialAverage {
  // Fields start as what they will be: one that is undefined at first is checked wherever it is read.
  readonly alpha: number = Number.NaN
  readonly beta: number = Number.NaN
  /** What `advance` takes. */
  input = Number.NaN
  /** The average; `NaN` while cold and after an input that is not finite. */
  value = Number.NaN
  private readonly spec: AverageSpec
  private held = Number.NaN
  private sum = 0
  private count = 0
  private before = Number.NaN
  private valueBefore = Number.NaN
  private heldBefore = Number.NaN
  private sumBefore = 0
  private countBefore = 0

  constructor(spec: AverageSpec) {
    this.spec = spec
    this.alpha = spec.alpha
    this.beta = 1 - spec.alpha
  }

  /** True once the seed is complete and shows. */
  get isReady(): boolean {
    const { seedLength, firstValue } = this.spec
    return this.count >= (firstValue === 'seed' ? seedLength : seedLength + 1)
  }

  /** Takes `input`. */
  advance(): void {
    const previous = this.value
    const value = this.alpha * this.input + this.beta * previous
    if (value - value === 0) {
      this.before = previous
      this.value = value
    } else this.advanceRarely()
  }

  /** The value as it would be after `advance`. */
  peek(input: number): number {
    const value = this.alpha * input + this.beta * this.value
    return value - value === 0 ? value : this.peekRare(input)
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    if (!Number.isNaN(this.before)) {
      this.value = this.before
      return
    }
    this.value = this.valueBefore
    this.held = this.heldBefore
    this.sum = this.sumBefore
    this.count = this.countBefore
  }

  /** The seed is not complete or does not show yet, or the input is not finite, or the last one was not. */
  private advanceRarely(): void {
    const { input, spec } = this
    const finite = input - input === 0
    this.before = Number.NaN
    this.valueBefore = this.value
    this.heldBefore = this.held
    this.sumBefore = this.sum
    this.countBefore = this.count
    if (!Number.isNaN(this.value)) this.held = this.value
    this.value = Number.NaN
    if (!finite && spec.nan === 'propagate' && this.count > 0) this.held = this.sum = Number.NaN
    if (finite && this.count < spec.seedLength) this.addToSeed()
    else if (finite) this.resume()
  }

  private addToSeed(): void {
    const { seedLength, seedDivisor, firstValue } = this.spec
    this.sum += this.input
    this.count++
    // A sum beyond the largest double can seed nothing: start over with the next input.
    if (Math.abs(this.sum) === Number.POSITIVE_INFINITY) this.sum = this.count = 0
    if (this.count < seedLength) return
    this.held = this.sum / seedDivisor
    if (firstValue === 'seed') this.value = this.held
  }

  private resume(): void {
    const value = this.alpha * this.input + this.beta * this.held
    if (value - value === 0) this.value = value
    this.count = this.spec.seedLength + 1
  }

  private peekRare(input: number): number {
    const { seedLength, seedDivisor, firstValue } = this.spec
    const held = Number.isNaN(this.value) ? this.held : this.value
    let value = Number.NaN
    if (this.count >= seedLength) value = this.alpha * input + this.beta * held
    else if (this.count === seedLength - 1 && firstValue === 'seed') value = (this.sum + input) / seedDivisor
    return value - value === 0 ? value : Number.NaN
  }
}

/** Share of the starting value that counts as forgotten. */
const forgotten = 1e-6

/** Inputs after its seed until an average with this `beta` has forgotten the seed. */
export function settlingLength(beta: number): number {
  let length = 0
  for (let share = 1; share >= forgotten; share *= beta) length++
  return length
}

/** The same for an average over another one: counted from the seed of the second, whose first inputs carry the first's error. */
export function cascadeSettlingLength(beta: number, seedLength: number, betaNext: number): number {
  let share = 1
  for (let index = 1; index < seedLength; index++) share *= beta
  let length = 0
  for (let total = 1; Math.max(total, share) >= forgotten; length++) {
    share *= beta
    total = (1 - betaNext) * share + betaNext * total
  }
  return length
}
