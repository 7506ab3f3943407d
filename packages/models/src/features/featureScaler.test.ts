import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitScaler, quantileOf, scaleRow, scaleRows } from './featureScaler.js'

const rows = 6
/** Two columns: one that varies, one that does not. */
const features = Float32Array.of(1, 2, 3, 4, 5, 1000, 7, 7, 7, 7, 7, 7)
const train = Int32Array.of(0, 1, 2, 3, 4)
const matrix = { features, rows, columns: 2, train }

it('takes mean and deviation of the training rows alone', () => {
  const scaler = fitScaler(matrix)
  expect(scaler.centre).toEqual([3, 7])
  expect(scaler.factor[0]).toBeCloseTo(1 / Math.SQRT2, 12)
})

it('takes median and quartiles, which an outlier among the training rows hardly moves', () => {
  const scaler = fitScaler({ ...matrix, train: Int32Array.of(0, 1, 2, 3, 4, 5), kind: 'quantile' })
  expect(scaler.centre).toEqual([3.5, 7])
  expect(1 / scaler.factor[0]!).toBeCloseTo(2.5 / 1.34898, 5)
})

it('loses no column that varies seldom, by quartiles either', () => {
  const seldom = Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
  const every = Int32Array.from(seldom.keys())
  const scaler = fitScaler({ features: seldom, rows: 10, columns: 1, train: every, kind: 'quantile' })
  expect(scaler.centre).toEqual([0])
  expect(scaler.factor[0]).toBeCloseTo(1 / 0.3, 12)
})

it('brings a column that never varied to 0, and clips what lies far out', () => {
  const scaler = fitScaler(matrix)
  const out = new Float32Array(2)
  scaleRow(scaler, Float64Array.of(1000, 99), out)
  expect([...out]).toEqual([10, 0])
  scaleRow(scaler, Float64Array.of(-1000, 7), out)
  expect([...out]).toEqual([-10, 0])
})

it('scales rows as it scales one row', () => {
  const scaler = fitScaler(matrix)
  const list = Int32Array.of(5, 0, 3)
  const all = scaleRows(scaler, features, rows, list)
  for (const [index, row] of list.entries()) {
    const out = new Float32Array(2)
    scaleRow(scaler, Float64Array.of(features[row]!, features[rows + row]!), out)
    expect([...all.slice(2 * index, 2 * index + 2)]).toEqual([...out])
  }
})

it('does not change with rows outside the training fold', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 2, maxLength: 2 }), ([a, b]) => {
      const other = features.slice()
      other[5] = a!
      other[11] = b!
      for (const kind of ['standard', 'quantile'] as const) {
        expect(fitScaler({ ...matrix, features: other, kind })).toEqual(fitScaler({ ...matrix, kind }))
      }
    }),
  )
})

it('takes quantiles straight between neighbours', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOf(Float32Array.of(1, 2, 4), share))).toEqual([1, 1.5, 2, 4])
})

it.each([
  ['a row that is none', { train: Int32Array.of(0, 6) }, 'Column 0 of row 6 is "undefined".'],
  [
    'a value that is no number',
    { features: features.map((value, at) => (at === 1 ? Number.NaN : value)) },
    'Column 0 of row 1 is "NaN".',
  ],
])('refuses %s, by either kind', (_name, change, message) => {
  for (const kind of ['standard', 'quantile'] as const) {
    const run = () => fitScaler({ ...matrix, ...change, kind })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_DATASET' }))
  }
})

it('refuses an empty fold', () => {
  expect(() => fitScaler({ ...matrix, train: new Int32Array(0) })).toThrow('No row to fit a scaler on.')
})
