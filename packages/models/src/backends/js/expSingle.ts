const { fround } = Math
const single = new Float32Array(1)
const bits = new Int32Array(single.buffer)

/**
 * `e^x` of a float32 from -87 to 0 in float32 steps, below that as at -87; the same bits as the SIMD kernel, within 3e-7 relative.
 *
 * Taylor's polynomial of degree 7 on |r| ≤ ln(2)/2, times a power of two.
 */
export function expSingle(value: number): number {
  const x = Math.max(value, -87)
  // Adding 1.5 * 2^23 leaves no bit for a fraction: it rounds to the nearest integer, which the lower bits then hold.
  const shifted = fround(fround(x * 1.4426950216293335) + 12_582_912)
  const power = fround(shifted - 12_582_912)
  const r = fround(fround(x - fround(power * 0.693145751953125)) - fround(power * 1.428606765330187e-6))
  let sum = fround(fround(r * 0.00019841270113829523) + 0.0013888889225199819)
  sum = fround(fround(sum * r) + 0.008333333767950535)
  sum = fround(fround(sum * r) + 0.0416666679084301)
  sum = fround(fround(sum * r) + 0.1666666716337204)
  sum = fround(fround(sum * r) + 0.5)
  sum = fround(fround(sum * r) + 1)
  sum = fround(fround(sum * r) + 1)
  single[0] = shifted
  bits[0] = (bits[0]! - 0x4b400000 + 127) << 23
  return fround(sum * single[0]!)
}
