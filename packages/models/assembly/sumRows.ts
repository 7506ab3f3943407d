/** Writes the sums of `n` columns, a multiple of 4, over `m` rows; `row` is the step in bytes. */
export function sumRows(from: usize, row: usize, m: i32, n: i32, to: usize): void {
  const end = from + ((<usize>n) << 2)
  for (; from < end; from += 16, to += 16) {
    let sum = f32x4.splat(0)
    let at = from
    for (let index = 0; index < m; index++, at += row) sum = f32x4.add(sum, v128.load(at))
    v128.store(to, sum)
  }
}
