/**
 * Adds pairs of gradient and hessian to the histograms of `columns` columns of bins, which lie `rows` bytes apart: pair `i` belongs to
 * the row that `order[i]` names. A histogram has 256 pairs; four of them share one pass.
 */
export function sumHistogram(
  bins: usize,
  rows: usize,
  columns: i32,
  order: usize,
  slopes: usize,
  count: i32,
  out: usize,
): void {
  const end = order + ((<usize>count) << 2)
  let column = 0
  for (; column + 3 < columns; column += 4) {
    const bins0 = bins + <usize>column * rows
    const bins1 = bins0 + rows
    const bins2 = bins1 + rows
    const bins3 = bins2 + rows
    const to = out + ((<usize>column) << 12)
    let slope = slopes
    for (let at = order; at < end; at += 4, slope += 16) {
      const row = <usize>load<u32>(at)
      const pair = v128.load(slope)
      const at0 = to + ((<usize>load<u8>(bins0 + row)) << 4)
      const at1 = to + ((<usize>load<u8>(bins1 + row)) << 4)
      const at2 = to + ((<usize>load<u8>(bins2 + row)) << 4)
      const at3 = to + ((<usize>load<u8>(bins3 + row)) << 4)
      v128.store(at0, f64x2.add(v128.load(at0), pair))
      v128.store(at1, f64x2.add(v128.load(at1, 4096), pair), 4096)
      v128.store(at2, f64x2.add(v128.load(at2, 8192), pair), 8192)
      v128.store(at3, f64x2.add(v128.load(at3, 12288), pair), 12288)
    }
  }
  for (; column < columns; column++) {
    const own = bins + <usize>column * rows
    const to = out + ((<usize>column) << 12)
    let slope = slopes
    for (let at = order; at < end; at += 4, slope += 16) {
      const place = to + ((<usize>load<u8>(own + <usize>load<u32>(at))) << 4)
      v128.store(place, f64x2.add(v128.load(place), v128.load(slope)))
    }
  }
}
