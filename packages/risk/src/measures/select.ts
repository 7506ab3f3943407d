/** Rounds after which pivots have failed: the logarithm of any sample is far below. */
const roundsEnough = 64

/**
 * Reorders `values` so that the element of rank `index`, from 0, stands in its place, no larger one before it and no
 * smaller one after it. In place, without allocation; linear in practice, and sorted outright where pivots keep
 * failing.
 *
 * Hoare, Algorithm 65: Find (1961), with the median of three as pivot.
 */
export function select(values: Float64Array, index: number, roundsMax: number = roundsEnough): void {
  let low = 0
  let high = values.length - 1
  for (let round = 0; low < high; round++) {
    if (round === roundsMax) {
      values.sort()
      return
    }
    const pivot = medianOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!)
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const held = values[i]!
      values[i++] = values[j]!
      values[j--] = held
    }
    if (index <= j) high = j
    else if (index >= i) low = i
    else return
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
