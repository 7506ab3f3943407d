/** Writes `to[column, row] = from[row, column]`; steps between rows are bytes. */
export function transpose(from: usize, fromRow: usize, m: i32, n: i32, to: usize, toRow: usize): void {
  for (let row = 0; row < m; row++, from += fromRow, to += 4) {
    let at = to
    for (let column = 0; column < n; column++, at += toRow) store<f32>(at, load<f32>(from + ((<usize>column) << 2)))
  }
}
