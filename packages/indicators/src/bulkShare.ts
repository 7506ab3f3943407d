/** Beyond this many deviations a double holds nothing of the tail. */
const tailEnd = 8.5

// Least-squares fit of (2 − 2Φ(z))^(−1/16) from 0 to 8.5, in the manner of Hastings (Abramowitz & Stegun 26.2.19).
const above = [
  1, 0.4692680300658858, 0.13513277657632772, 0.016492895738592833, 0.0016608245162395379, 0.0001469190188153747,
  1.6564432329459453e-5, 3.319115240998352e-8, 1.2482466307609098e-7, -2.8955221877136546e-9, 3.2043657822886176e-10,
]
const below = [
  1, 0.4194002450156127, 0.09308044943034889, -0.0002977360185205359, -0.00170629237478062, -0.00012404372496773282,
  2.5842135475834575e-5, 5.214893435028971e-7, -2.134309229999876e-7, 1.10032619622809e-8, -1.8292591395266608e-10,
]

/**
 * `2Φ(change/deviation) − 1`, for the opposite change exactly the opposite; the error is below 3e-14. Without deviation
 * 1, −1 or 0, by the sign of the change.
 *
 * The normal distribution is a rational function to the 16th power: without a call, so that no number is allocated on
 * the way, and of sums and products only, which have the same bits on every engine.
 */
export class BulkShare {
  /** What `advance` takes. */
  change = Number.NaN
  deviation = Number.NaN
  /** The share, from −1 to 1. */
  share = Number.NaN

  /** Takes `change` and `deviation`. */
  advance(): void {
    const { change, deviation } = this
    const z = deviation === 0 ? tailEnd : Math.min(Math.abs(change) / deviation, tailEnd)
    let numerator = 0
    let denominator = 0
    for (let index = below.length - 1; index >= 0; index--) {
      numerator = numerator * z + below[index]!
      denominator = denominator * z + above[index]!
    }
    const root = numerator / denominator
    const fourth = root * root * (root * root)
    const eighth = fourth * fourth
    this.share = (Number(change > 0) - Number(change < 0)) * Math.max(1 - eighth * eighth, 0)
  }
}
