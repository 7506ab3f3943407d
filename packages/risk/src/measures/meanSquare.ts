/**
 * Mean of the squares of the first `span` values (default all); exact where all squares are equal. `NaN` of nothing.
 */
export function meanSquare(values: ArrayLike<number>, span: number = values.length): number {
  const count = Math.min(span, values.length)
  const origin = (values[0] ?? Number.NaN) * (values[0] ?? Number.NaN)
  let sum = 0
  for (let i = 1; i < count; i++) sum += values[i]! * values[i]! - origin
  // Rounding of a small mean beside a large first square must not turn it negative.
  return Math.max(0, origin + sum / count)
}
