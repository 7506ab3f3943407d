/*
 * The methods and coefficients of exp, log, pow and normalCdf are those of fdlibm, whose notice is:
 *
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const word = new Uint32Array(2)
const double = new Float64Array(word.buffer)
const high = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0
const low = 1 - high

/** The value with its lower 32 bits cleared, so that a product of two such values is exact or nearly so. */
function head(value: number): number {
  double[0] = value
  word[low] = 0
  return double[0]
}

/** Two to an integer power from -1022 to 1023. */
function powerOfTwo(exponent: number): number {
  word[high] = (exponent + 1023) << 20
  word[low] = 0
  return double[0]!
}

/** `value * 2^exponent` with one rounding, for values near 1. */
function scale(value: number, exponent: number): number {
  if (exponent >= 1024) return value * 2 * powerOfTwo(1023)
  if (exponent >= -1021) return value * powerOfTwo(exponent)
  return value * powerOfTwo(exponent + 1000) * powerOfTwo(-1000)
}

/** Horner's rule; coefficients from the constant term up. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!
  return sum
}

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const expLargest = 709.782712893384
const expSmallest = -745.1332191019411

/** `x - R(x)`, the shared part of `exp` and `pow`: `e^x = 1 + x + x c / (2 - c)` for |x| ≤ ln(2)/2. */
function expCore(x: number): number {
  const t = x * x
  return (
    x -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))))
  )
}

/**
 * The exponential function, the same to the last bit on every engine; within 1 ulp.
 *
 * @example
 * exp(1) // => 2.718281828459045
 */
export function exp(x: number): number {
  if (x > expLargest) return Number.POSITIVE_INFINITY
  if (x < expSmallest) return 0
  if (x === 1) return Math.E
  const size = Math.abs(x)
  // Also NaN.
  if (!(size >= 2 ** -28)) return 1 + x
  if (size <= 0.5 * Math.LN2) {
    const c = expCore(x)
    return 1 - ((x * c) / (c - 2) - x)
  }
  const k = Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5))
  const hi = x - k * ln2High
  const lo = k * ln2Low
  const rest = hi - lo
  const c = expCore(rest)
  return scale(1 - (lo - (rest * c) / (2 - c) - hi), k)
}

/**
 * The natural logarithm, the same to the last bit on every engine; within 1 ulp. `NaN` below 0, `-Infinity` at 0.
 *
 * @example
 * log(10) // => 2.302585092994046
 */
export function log(x: number): number {
  // Small enough to be inlined anywhere: a number that crosses a call which is not would be allocated.
  double[0] = x
  logInPlace()
  return double[0]
}

/** Replaces the number in `double` by its logarithm. */
function logInPlace(): void {
  const x = double[0]!
  if (!(x > 0)) {
    double[0] = x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
    return
  }
  if (x === Number.POSITIVE_INFINITY) return
  let k = 0
  if (word[high]! < 0x00100000) {
    k = -54
    double[0] = x * 2 ** 54
  }
  k += (word[high]! >>> 20) - 1023
  const mantissa = word[high]! & 0xfffff
  const carry = (mantissa + 0x95f64) & 0x100000
  word[high] = mantissa | (carry ^ 0x3ff00000)
  k += carry >>> 20
  // The number is (1 + f) 2^k, with 1 + f from √½ to √2.
  const f = double[0]! - 1
  if ((0xfffff & (2 + mantissa)) < 3) {
    const square = f * f * (0.5 - 0.3333333333333333 * f)
    double[0] = k === 0 ? f - square : k * ln2High - (square - k * ln2Low - f)
    return
  }
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const r = odd + even
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const half = 0.5 * f * f
    double[0] = k === 0 ? f - (half - s * (half + r)) : k * ln2High - (half - (s * (half + r) + k * ln2Low) - f)
  } else double[0] = k === 0 ? f - s * (f - r) : k * ln2High - (s * (f - r) - k * ln2Low - f)
}

/**
 * `x` to the power `y`, the same to the last bit on every engine; within 1.1 ulp, with the special cases of `Math.pow`.
 *
 * @example
 * pow(1.01, 252) // => 12.274002099240244
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  const size = Math.abs(x)
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  if (Math.abs(y) === Number.POSITIVE_INFINITY) {
    if (size === 1) return Number.NaN
    return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0
  }
  if (y === 1) return x
  if (y === 2) return x * x
  const negative = x < 0 || Object.is(x, -0)
  const sign = negative && Math.abs(y % 2) === 1 ? -1 : 1
  if (size === 0 || size === Number.POSITIVE_INFINITY) return sign * (y < 0 ? 1 / size : size)
  if (negative && !Number.isInteger(y)) return Number.NaN
  if (size === 1) return sign
  if (y === -1) return 1 / x
  if (y === 0.5) return Math.sqrt(x)
  // Beyond 2^64 even the double next to 1 over- or underflows.
  if (Math.abs(y) > 2 ** 64) return sign * (size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0)
  return sign * exp2OfProduct(y, log2Parts(size))
}

interface Parts {
  /** Leading part, with its lower 32 bits clear. */
  head: number
  tail: number
}

const parts: Parts = { head: 0, tail: 0 }

/** The binary logarithm in two parts, to about 2^-68. */
function log2Parts(x: number): Parts {
  double[0] = x
  let n = -1023
  if (word[high]! < 0x00100000) {
    double[0] = x * 2 ** 53
    n -= 53
  }
  n += word[high]! >>> 20
  const mantissa = word[high]! & 0xfffff
  let bits = mantissa | 0x3ff00000
  // Nearest of 1, 3/2 and 2, so that the series below is short.
  const k = mantissa > 0x3988e && mantissa < 0xbb67a ? 1 : 0
  if (mantissa >= 0xbb67a) {
    n += 1
    bits -= 0x00100000
  }
  word[high] = bits
  const a = double[0]!
  const base = k === 1 ? 1.5 : 1
  const u = a - base
  const v = 1 / (a + base)
  const s = u * v
  const sHead = head(s)
  word[high] = ((bits >> 1) | 0x20000000) + 0x00080000 + (k << 18)
  word[low] = 0
  const sumHead = double[0]!
  const sumTail = a - (sumHead - base)
  const sTail = v * (u - sHead * sumHead - sHead * sumTail)
  return logSeries(s, sHead, sTail, k, n)
}

const log2Of15High = 0.5849624872207642
const log2Of15Low = 1.350039202129749e-8
const series = [
  0.5999999999999946, 0.4285714285785502, 0.33333332981837743, 0.272728123808534, 0.23066074577556175,
  0.20697501780033842,
]

/** `log2((1 + s) / (1 - s))`, plus `k` times log2(3/2) and `n`. */
function logSeries(s: number, sHead: number, sTail: number, k: number, n: number): Parts {
  const z = s * s
  const r = z * z * polynomial(z, series) + sTail * (sHead + s)
  const square = sHead * sHead
  const tHead = head(3 + square + r)
  const tTail = r - (tHead - 3 - square)
  const u = sHead * tHead
  const v = sTail * tHead + tTail * s
  const pHead = head(u + v)
  const pTail = v - (pHead - u)
  const zHead = 0.9617967009544373 * pHead
  const zTail = -7.028461650952758e-9 * pHead + pTail * 0.9617966939259756 + k * log2Of15Low
  const offset = k * log2Of15High
  parts.head = head(zHead + zTail + offset + n)
  parts.tail = zTail - (parts.head - n - offset - zHead)
  return parts
}

/** `2^(y * (head + tail))`. */
function exp2OfProduct(y: number, logarithm: Parts): number {
  const yHead = head(y)
  const tail = (y - yHead) * logarithm.head + y * logarithm.tail
  let lead = yHead * logarithm.head
  const product = tail + lead
  if (product > 1024 || (product === 1024 && tail + 8.008566259537294e-17 > product - lead)) {
    return Number.POSITIVE_INFINITY
  }
  if (product < -1075 || (product === -1075 && tail <= product - lead)) return 0
  const n = Math.abs(product) > 0.5 ? Math.trunc(product + (product < 0 ? -0.5 : 0.5)) : 0
  lead -= n
  const t = head(tail + lead)
  const u = t * 0.6931471824645996
  const v = (tail - (t - lead)) * Math.LN2 + t * -1.904654299957768e-9
  const z = u + v
  const w = v - (z - u)
  const c = expCore(z)
  return scale(1 - ((z * c) / (c - 2) - (w + z * w) - z), n)
}

const erfTo084 = {
  p: [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -0.000023763016656650163],
  q: [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -0.000003960228278775368,
  ],
}
const erfTo125 = {
  p: [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
    0.035478304325618236, -0.002166375594868791,
  ],
  q: [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
}
const erfcTo285 = {
  p: [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  q: [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
}
const erfcBeyond = {
  p: [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  q: [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
}
const erfAtOne = 0.8450629115104675

/**
 * Probability that a standard normal variable is at most `x`, the same to the last bit on every engine.
 *
 * Relative error about 1e-15 down to the smallest normal double, in the lower tail too.
 *
 * @example
 * normalCdf(1.96) // => 0.9750021048517795
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return x
  const size = Math.abs(x)
  const t = size * Math.SQRT1_2
  if (t < 0.84375) {
    const z = t * t
    const erf = t + (t * polynomial(z, erfTo084.p)) / polynomial(z, erfTo084.q)
    return x < 0 ? 0.5 - 0.5 * erf : 0.5 + 0.5 * erf
  }
  const tail = 0.5 * upperTail(size, t)
  return x < 0 ? tail : 1 - tail
}

/** `erfc(size / √2)` for `t = size / √2` of at least 0.84375. */
function upperTail(size: number, t: number): number {
  if (t < 1.25) {
    const s = t - 1
    return 1 - erfAtOne - polynomial(s, erfTo125.p) / polynomial(s, erfTo125.q)
  }
  if (t > 28) return 0
  const s = 1 / (t * t)
  const { p, q } = t < 1 / 0.35 ? erfcTo285 : erfcBeyond
  const z = head(size)
  // size² / 2 is split, since rounding it would cost the tail its relative accuracy.
  return (exp(-0.5 * z * z - 0.5625) * exp(0.5 * (z - size) * (z + size) + polynomial(s, p) / polynomial(s, q))) / t
}

const central = {
  p: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  q: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}
const shoulder = {
  p: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  q: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}
const extreme = {
  p: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  q: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

/**
 * The standard normal quantile: the `x` with `normalCdf(x) = p`, the same to the last bit on every engine.
 *
 * `±Infinity` at 1 and 0, `NaN` outside. Relative error about 1e-15. Wichura, Algorithm AS 241 (1988), PPND16.
 *
 * @example
 * normalQuantile(0.975) // => 1.9599639845400536
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(r, central.p)) / polynomial(r, central.q)
  }
  const distance = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const { p: numerator, q: denominator } = distance <= 5 ? shoulder : extreme
  const r = distance - (distance <= 5 ? 1.6 : 5)
  const size = polynomial(r, numerator) / polynomial(r, denominator)
  return q < 0 ? -size : size
}
