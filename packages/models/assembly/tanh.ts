/** Replaces `count` numbers, a multiple of 4, by their hyperbolic tangents: a rational function of the clipped number. */
export function tanh(at: usize, count: i32): void {
  const end = at + ((<usize>count) << 2)
  const one = f32x4.splat(1)
  const largest = f32x4.splat(8.3)
  for (; at < end; at += 16) {
    const x = f32x4.min(f32x4.max(v128.load(at), f32x4.neg(largest)), largest)
    const z = f32x4.mul(x, x)
    let p = f32x4.add(f32x4.mul(f32x4.splat(1.4648383839244161e-8), z), f32x4.splat(2.1508587451535277e-5))
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.003549174638465047))
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.13425874710083008))
    p = f32x4.mul(f32x4.add(f32x4.mul(p, z), one), x)
    let q = f32x4.add(f32x4.mul(f32x4.splat(8.295160114357714e-7), z), f32x4.splat(3.373959625605494e-4))
    q = f32x4.add(f32x4.mul(q, z), f32x4.splat(0.026079971343278885))
    q = f32x4.add(f32x4.mul(q, z), f32x4.splat(0.4675920009613037))
    q = f32x4.add(f32x4.mul(q, z), one)
    v128.store(at, f32x4.min(f32x4.max(f32x4.div(p, q), f32x4.neg(one)), one))
  }
}

/** Multiplies `count` gradients, a multiple of 4, by the slope of `tanh`, `1 - y * y`, told by its results. */
export function tanhBack(result: usize, gradient: usize, count: i32): void {
  const end = result + ((<usize>count) << 2)
  const one = f32x4.splat(1)
  for (; result < end; result += 16, gradient += 16) {
    const y = v128.load(result)
    v128.store(gradient, f32x4.mul(v128.load(gradient), f32x4.sub(one, f32x4.mul(y, y))))
  }
}
