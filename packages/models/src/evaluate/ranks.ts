/** The ranks of values from 1 on; equal values share the mean of theirs. */
export function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]!)
  const result = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let at = from; at < to; at++) result[order[at]!] = (from + 1 + to) / 2
    from = to
  }
  return result
}
