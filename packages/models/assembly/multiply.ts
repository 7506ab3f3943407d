/** Bytes of four float32 lanes. */
const LANES: usize = 16

/**
 * Writes `c[i, j] = bias[j] + Σ_l a[i, l] * b[l, j]`, each sum in the order of `l`, for `m` rows and `n` columns.
 *
 * All steps are bytes: `a` has one between rows and one between the terms of a sum, so it may be read as its transpose; `n` is a
 * multiple of 4, and no bias is 0.
 */
export function multiply(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  const tiled = m & ~3
  let column = 0
  for (; column + 8 <= n; column += 8) {
    const shift = (<usize>column) << 2
    multiplyPanel8(a, aRow, aTerm, b + shift, bRow, bias === 0 ? 0 : bias + shift, c + shift, cRow, tiled, k)
  }
  if (column < n) {
    const shift = (<usize>column) << 2
    multiplyPanel4(a, aRow, aTerm, b + shift, bRow, bias === 0 ? 0 : bias + shift, c + shift, cRow, tiled, k)
  }
  for (let row = tiled; row < m; row++) {
    multiplyRow(a + <usize>row * aRow, aTerm, b, bRow, bias, c + <usize>row * cRow, k, n)
  }
}

/** Eight columns of rows whose number is a multiple of 4. */
function multiplyPanel8(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
): void {
  for (let row = 0; row < m; row += 4) {
    tile4x8(a, aRow, aTerm, b, bRow, bias, c, cRow, k)
    a += aRow << 2
    c += cRow << 2
  }
}

/** Four columns of rows whose number is a multiple of 4. */
function multiplyPanel4(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
): void {
  for (let row = 0; row < m; row += 4) {
    tile4x4(a, aRow, aTerm, b, bRow, bias, c, cRow, k)
    a += aRow << 2
    c += cRow << 2
  }
}

/** One row, 32 columns at a time and then four. */
function multiplyRow(a: usize, aTerm: usize, b: usize, bRow: usize, bias: usize, c: usize, k: i32, n: i32): void {
  let column = 0
  for (; column + 32 <= n; column += 32) {
    const shift = (<usize>column) << 2
    tile1x32(a, aTerm, b + shift, bRow, bias === 0 ? 0 : bias + shift, c + shift, k)
  }
  for (; column < n; column += 4) {
    const shift = (<usize>column) << 2
    tile1x4(a, aTerm, b + shift, bRow, bias === 0 ? 0 : bias + shift, c + shift, k)
  }
}

function startOf(bias: usize, lane: usize): v128 {
  return bias === 0 ? f32x4.splat(0) : v128.load(bias + lane)
}

function tile4x8(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  c: usize,
  cRow: usize,
  k: i32,
): void {
  let p0 = startOf(bias, 0)
  let q0 = startOf(bias, LANES)
  let p1 = p0
  let q1 = q0
  let p2 = p0
  let q2 = q0
  let p3 = p0
  let q3 = q0
  const aRow2 = aRow << 1
  const aRow3 = aRow2 + aRow
  for (let term = 0; term < k; term++) {
    const left = v128.load(b)
    const right = v128.load(b, 16)
    const x0 = v128.load_splat<f32>(a)
    p0 = f32x4.add(p0, f32x4.mul(x0, left))
    q0 = f32x4.add(q0, f32x4.mul(x0, right))
    const x1 = v128.load_splat<f32>(a + aRow)
    p1 = f32x4.add(p1, f32x4.mul(x1, left))
    q1 = f32x4.add(q1, f32x4.mul(x1, right))
    const x2 = v128.load_splat<f32>(a + aRow2)
    p2 = f32x4.add(p2, f32x4.mul(x2, left))
    q2 = f32x4.add(q2, f32x4.mul(x2, right))
    const x3 = v128.load_splat<f32>(a + aRow3)
    p3 = f32x4.add(p3, f32x4.mul(x3, left))
    q3 = f32x4.add(q3, f32x4.mul(x3, right))
    a += aTerm
    b += bRow
  }
  v128.store(c, p0)
  v128.store(c, q0, 16)
  v128.store(c + cRow, p1)
  v128.store(c + cRow, q1, 16)
  v128.store(c + (cRow << 1), p2)
  v128.store(c + (cRow << 1), q2, 16)
  v128.store(c + (cRow << 1) + cRow, p3)
  v128.store(c + (cRow << 1) + cRow, q3, 16)
}

function tile4x4(
  a0: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  c: usize,
  cRow: usize,
  k: i32,
): void {
  let p0 = startOf(bias, 0)
  let p1 = p0
  let p2 = p0
  let p3 = p0
  let a1 = a0 + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (let term = 0; term < k; term++) {
    const left = v128.load(b)
    p0 = f32x4.add(p0, f32x4.mul(v128.load_splat<f32>(a0), left))
    p1 = f32x4.add(p1, f32x4.mul(v128.load_splat<f32>(a1), left))
    p2 = f32x4.add(p2, f32x4.mul(v128.load_splat<f32>(a2), left))
    p3 = f32x4.add(p3, f32x4.mul(v128.load_splat<f32>(a3), left))
    a0 += aTerm
    a1 += aTerm
    a2 += aTerm
    a3 += aTerm
    b += bRow
  }
  v128.store(c, p0)
  v128.store(c + cRow, p1)
  v128.store(c + (cRow << 1), p2)
  v128.store(c + (cRow << 1) + cRow, p3)
}

function tile1x32(a: usize, aTerm: usize, b: usize, bRow: usize, bias: usize, c: usize, k: i32): void {
  let s0 = startOf(bias, 0)
  let s1 = startOf(bias, 16)
  let s2 = startOf(bias, 32)
  let s3 = startOf(bias, 48)
  let s4 = startOf(bias, 64)
  let s5 = startOf(bias, 80)
  let s6 = startOf(bias, 96)
  let s7 = startOf(bias, 112)
  for (let term = 0; term < k; term++) {
    const x = v128.load_splat<f32>(a)
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)))
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)))
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(b, 32)))
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(b, 48)))
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(b, 64)))
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(b, 80)))
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(b, 96)))
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(b, 112)))
    a += aTerm
    b += bRow
  }
  v128.store(c, s0)
  v128.store(c, s1, 16)
  v128.store(c, s2, 32)
  v128.store(c, s3, 48)
  v128.store(c, s4, 64)
  v128.store(c, s5, 80)
  v128.store(c, s6, 96)
  v128.store(c, s7, 112)
}

function tile1x4(a: usize, aTerm: usize, b: usize, bRow: usize, bias: usize, c: usize, k: i32): void {
  let sum = startOf(bias, 0)
  for (let term = 0; term < k; term++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)))
    a += aTerm
    b += bRow
  }
  v128.store(c, sum)
}
