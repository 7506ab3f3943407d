import { featureStride, type HistogramSizes, type Histograms } from './histogram.js'

/**
 * Histograms in plain JavaScript: the same bits as the SIMD kernel.
 *
 * Four features share one pass, so that row, gradient and hessian are loaded once for all of them.
 */
export function jsHistograms({ rows, columns, train, histograms }: HistogramSizes): Histograms {
  const source: Source = {
    rows,
    bins: new Uint8Array(rows * columns),
    order: new Int32Array(train),
    slopes: new Float64Array(2 * train),
  }
  const all = Array.from({ length: histograms }, () => new Float64Array(columns * featureStride))
  return {
    ...source,
    all,
    sum(from, count, into) {
      const out = all[into]!
      out.fill(0)
      let column = 0
      for (; column + 3 < columns; column += 4) sumFour(source, from, count, column * rows, out, column * featureStride)
      for (; column < columns; column++) sumOne(source, from, count, column * rows, out, column * featureStride)
    },
  }
}

interface Source {
  readonly rows: number
  readonly bins: Uint8Array
  readonly order: Int32Array
  readonly slopes: Float64Array
}

function sumFour(
  { bins, rows, order, slopes }: Source,
  from: number,
  count: number,
  column: number,
  out: Float64Array,
  at: number,
): void {
  const [column1, column2, column3] = [column + rows, column + 2 * rows, column + 3 * rows]
  const [at1, at2, at3] = [at + featureStride, at + 2 * featureStride, at + 3 * featureStride]
  for (let index = 0; index < count; index++) {
    const row = order[from + index]!
    const gradient = slopes[2 * index]!
    const hessian = slopes[2 * index + 1]!
    const place0 = at + 2 * bins[column + row]!
    const place1 = at1 + 2 * bins[column1 + row]!
    const place2 = at2 + 2 * bins[column2 + row]!
    const place3 = at3 + 2 * bins[column3 + row]!
    out[place0]! += gradient
    out[place0 + 1]! += hessian
    out[place1]! += gradient
    out[place1 + 1]! += hessian
    out[place2]! += gradient
    out[place2 + 1]! += hessian
    out[place3]! += gradient
    out[place3 + 1]! += hessian
  }
}

function sumOne(
  { bins, order, slopes }: Source,
  from: number,
  count: number,
  column: number,
  out: Float64Array,
  at: number,
): void {
  for (let index = 0; index < count; index++) {
    const place = at + 2 * bins[column + order[from + index]!]!
    out[place]! += slopes[2 * index]!
    out[place + 1]! += slopes[2 * index + 1]!
  }
}
