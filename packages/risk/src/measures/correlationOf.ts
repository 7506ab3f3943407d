import type { SquareMatrix } from './squareMatrix.js'

/** The correlation of a covariance. An asset without variance is uncorrelated with all others. */
export function correlationOf({ size, values }: SquareMatrix): SquareMatrix {
  const deviations = Array.from({ length: size }, (_, i) => Math.sqrt(values[i * size + i]!))
  const correlation = values.map((value, index) => {
    const [i, j] = [Math.floor(index / size), index % size]
    if (i === j) return 1
    const scale = deviations[i]! * deviations[j]!
    return scale > 0 ? value / scale : 0
  })
  return { size, values: correlation }
}
