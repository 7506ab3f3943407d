/**
 * `Γ(a + ½) / Γ(a)` for `a > 0`, to about 1e-15; only + - × ÷ √, so the same on every engine.
 *
 * Tricomi and Erdélyi, The asymptotic expansion of a ratio of gamma functions (1951), in powers of `(a - ¼)^-2`, from
 * 24 on; below, the recurrence `R(a) = R(a + 1) · a / (a + ½)` climbs there.
 *
 * @example
 * gammaRatio(1) // => 0.8862269254527577
 */
export function gammaRatio(a: number): number {
  let shift = 1
  let at = a
  while (at < 24) {
    shift *= at / (at + 0.5)
    at += 1
  }
  const w = at - 0.25
  const u = 1 / (w * w)
  const series = 1 + u * (1 / 64 - u * (19 / 8192 - u * (631 / 524_288 - (u * 174_317) / 134_217_728)))
  return shift * Math.sqrt(w) * series
}
