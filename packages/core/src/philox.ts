const multiplier0 = 0xd2511f53
const multiplier1 = 0xcd9e8d57
const weyl0 = 0x9e3779b9
const weyl1 = 0xbb67ae85
const rounds = 10

/**
 * Philox4x32-10: turns a counter of four 32-bit words and a key of two into four random words, written to `out`.
 *
 * Integers only, so equal on every machine. `out` may be `counter`.
 * Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As Easy as 1, 2, 3 (SC11), section 3.3.
 */
export function philox(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0]!
  let c1 = counter[1]!
  let c2 = counter[2]!
  let c3 = counter[3]!
  let k0 = key[0]!
  let k1 = key[1]!
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0)
    const high1 = multiplyHigh(multiplier1, c2)
    const low0 = Math.imul(multiplier0, c0)
    c0 = high1 ^ c1 ^ k0
    c1 = Math.imul(multiplier1, c2)
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + weyl0) | 0
    k1 = (k1 + weyl1) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** Upper 32 bits of the product of two unsigned 32-bit integers, by 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16
  const aLow = a & 0xffff
  const bHigh = b >>> 16
  const bLow = b & 0xffff
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const carry = aLow * bHigh + (middle & 0xffff)
  // `middle` and `carry` stay below 2^32, so `>>> 16` sees them whole.
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) | 0
}
