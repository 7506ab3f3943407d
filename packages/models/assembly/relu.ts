/** Replaces `count` numbers, a multiple of 4, by their positive parts. */
export function relu(at: usize, count: i32): void {
  const end = at + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  for (; at < end; at += 16) v128.store(at, f32x4.max(v128.load(at), zero))
}

/** Multiplies `count` gradients, a multiple of 4, by the slope of `relu`, told by its results. */
export function reluBack(result: usize, gradient: usize, count: i32): void {
  const end = result + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  for (; result < end; result += 16, gradient += 16) {
    v128.store(gradient, v128.and(v128.load(gradient), f32x4.gt(v128.load(result), zero)))
  }
}
