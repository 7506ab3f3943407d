import type { OutputColumns } from '../indicator.js'
import type { BandOutput } from '../price/bollingerBands.js'

/** `NaN` while one of the two has no value, and beyond the largest double. */
export function keltnerBand(middle: number, range: number, k: number): number {
  const band = middle + k * range
  return band + (band - band)
}

/** Bands around the middle, from the ranges in the place of the upper one. */
export function fillKeltnerBands({ upper, middle, lower }: OutputColumns<BandOutput>, k: number): void {
  const { length } = middle
  for (let index = 0; index < length; index++) {
    const range = upper[index]!
    upper[index] = keltnerBand(middle[index]!, range, k)
    lower[index] = keltnerBand(middle[index]!, range, -k)
  }
}
