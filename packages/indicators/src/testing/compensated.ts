/** Sum with Neumaier's compensation: the error stays at one rounding, whatever the order of magnitudes. */
export function compensatedSum(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** Mean in two passes: the mean of the deviations corrects the first one. */
export function twoPassMean(values: readonly number[]): number {
  const rough = compensatedSum(values) / values.length
  return rough + compensatedSum(values.map((value) => value - rough)) / values.length
}

/** Sum of squared deviations from the mean, with the correction for what the mean was off. */
export function twoPassSquares(values: readonly number[]): number {
  const mean = twoPassMean(values)
  const deviations = values.map((value) => value - mean)
  return compensatedSum(deviations.map((value) => value * value)) - compensatedSum(deviations) ** 2 / values.length
}

/** An exponential average written out: the seed, and each later value with its own weight. */
export interface WeightedAverage {
  readonly alpha: number
  readonly seedLength: number
  readonly seedDivisor: number
}

/**
 * The average at the last of `values`, from its definition as one weighted sum; `NaN` while the seed is not complete.
 */
export function weightedAverage(
  values: readonly number[],
  { alpha, seedLength, seedDivisor }: WeightedAverage,
): number {
  if (values.length < seedLength) return Number.NaN
  const terms: number[] = []
  let weight = 1
  for (let index = values.length - 1; index >= seedLength; index--) {
    terms.push(alpha * weight * values[index]!)
    weight *= 1 - alpha
  }
  terms.push((weight * compensatedSum(values.slice(0, seedLength))) / seedDivisor)
  return compensatedSum(terms)
}
