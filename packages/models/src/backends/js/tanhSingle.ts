const { fround } = Math

/**
 * Hyperbolic tangent of a float32 in float32 steps, the same bits as the SIMD kernel; within 4e-7 relative.
 *
 * A rational function of degree 9 over 8, fitted to the least largest relative error on |x| ≤ 8.3, where float32 reaches 1.
 */
export function tanhSingle(value: number): number {
  const x = Math.min(Math.max(value, -largest), largest)
  const z = fround(x * x)
  let p = fround(fround(1.4648383839244161e-8 * z) + 2.1508587451535277e-5)
  p = fround(fround(p * z) + 0.003549174638465047)
  p = fround(fround(p * z) + 0.13425874710083008)
  p = fround(fround(fround(p * z) + 1) * x)
  let q = fround(fround(8.295160114357714e-7 * z) + 3.373959625605494e-4)
  q = fround(fround(q * z) + 0.026079971343278885)
  q = fround(fround(q * z) + 0.4675920009613037)
  q = fround(fround(q * z) + 1)
  return Math.min(Math.max(fround(p / q), -1), 1)
}

const largest = fround(8.3)
