/** Turns the first `n` numbers of each row into probabilities; `row` is the step in bytes. */
export function softmax(at: usize, row: usize, m: i32, n: i32): void {
  for (let index = 0; index < m; index++, at += row) {
    const end = at + ((<usize>n) << 2)
    let largest = load<f32>(at)
    for (let place = at + 4; place < end; place += 4) largest = max<f32>(largest, load<f32>(place))
    let sum: f32 = 0
    for (let place = at; place < end; place += 4) {
      const value = expOf(load<f32>(place) - largest)
      store<f32>(place, value)
      sum += value
    }
    for (let place = at; place < end; place += 4) store<f32>(place, load<f32>(place) / sum)
  }
}

/** `e^x` for x from -87 to 0, below that as at -87: Taylor's polynomial on |r| <= ln(2)/2, times a power of two. */
function expOf(x: f32): f32 {
  const bounded = max<f32>(x, -87)
  // Adding 1.5 * 2^23 leaves no bit for a fraction: it rounds to the nearest integer, which the lower bits then hold.
  const shifted: f32 = bounded * 1.4426950216293335 + 12582912
  const power: f32 = shifted - 12582912
  const r: f32 = bounded - power * 0.693145751953125 - power * 1.428606765330187e-6
  let sum: f32 = r * 0.00019841270113829523 + 0.0013888889225199819
  sum = sum * r + 0.008333333767950535
  sum = sum * r + 0.0416666679084301
  sum = sum * r + 0.1666666716337204
  sum = sum * r + 0.5
  sum = sum * r + 1
  sum = sum * r + 1
  return sum * reinterpret<f32>((reinterpret<i32>(shifted) - 0x4b400000 + 127) << 23)
}
