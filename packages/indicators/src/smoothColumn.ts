import type { AverageSpec } from './smoothing.js'

/** Smooths a column, equal bit for bit to an `ExponentialAverage` of its values; `source` and `out` may be one array. */
export function smoothColumn(source: Float64Array, spec: AverageSpec, out: Float64Array): void {
  const { alpha, seedLength, seedDivisor, firstValue, nan } = spec
  const beta = 1 - alpha
  const { length } = source
  let held = Number.NaN
  let sum = 0
  let count = 0
  for (let index = 0; index < length; ) {
    const input = source[index]!
    let value = Number.NaN
    if (input - input !== 0) {
      if (nan === 'propagate' && count > 0) held = sum = Number.NaN
    } else if (count < seedLength) {
      sum += input
      count++
      // A sum beyond the largest double can seed nothing: start over with the next input.
      if (Math.abs(sum) === Number.POSITIVE_INFINITY) sum = count = 0
      if (count === seedLength) held = sum / seedDivisor
      if (count === seedLength && firstValue === 'seed') value = held
    } else value = alpha * input + beta * held
    const finite = value - value === 0
    out[index] = finite ? value : Number.NaN
    index++
    if (!finite) continue
    index = smoothRun(source, index, alpha, out)
    held = out[index - 1]!
  }
}

/**
 * Goes on while values are finite; returns the index it stopped at. Kernels do nothing after a long loop: V8 compiles it while
 * it runs for the first time, before it has seen what follows, and would throw the code away there each time.
 */
function smoothRun(source: Float64Array, from: number, alpha: number, out: Float64Array): number {
  const beta = 1 - alpha
  const { length } = source
  let value = out[from - 1]!
  let index = from
  for (; index < length; index++) {
    const next = alpha * source[index]! + beta * value
    if (next - next !== 0) break
    value = next
    out[index] = next
  }
  return index
}
