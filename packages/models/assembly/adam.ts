/**
 * One step of Adam on `count` parameters, a multiple of 4, whose gradients are first multiplied by `scale`:
 * `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`, `p -= step * m / (sqrt(v) * correction + epsilon)`.
 */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  scale: f32,
  step: f32,
  correction: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const keep1 = f32x4.splat(beta1)
  const take1 = f32x4.splat(<f32>1 - beta1)
  const keep2 = f32x4.splat(beta2)
  const take2 = f32x4.splat(<f32>1 - beta2)
  const end = parameters + ((<usize>count) << 2)
  for (; parameters < end; parameters += 16, gradients += 16, first += 16, second += 16) {
    const gradient = f32x4.mul(v128.load(gradients), f32x4.splat(scale))
    const m = f32x4.add(f32x4.mul(v128.load(first), keep1), f32x4.mul(gradient, take1))
    const v = f32x4.add(f32x4.mul(v128.load(second), keep2), f32x4.mul(f32x4.mul(gradient, gradient), take2))
    v128.store(first, m)
    v128.store(second, v)
    const size = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(correction)), f32x4.splat(epsilon))
    const change = f32x4.div(f32x4.mul(m, f32x4.splat(step)), size)
    v128.store(parameters, f32x4.sub(v128.load(parameters), change))
  }
}
