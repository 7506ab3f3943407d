import { expect, it } from 'vitest'
import { expSingle } from './expSingle.js'
import { softmaxSingle } from './softmaxSingle.js'
import { tanhSingle } from './tanhSingle.js'

const grid = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: 100_001 }, (_, i) => from + ((to - from) * i) / 100_000)

it('is within 4e-7 of the hyperbolic tangent, odd, and never beyond 1', () => {
  let worst = 0
  for (const x of grid(1e-4, 12)) {
    const y = tanhSingle(x)
    worst = Math.max(worst, Math.abs(y / Math.tanh(x) - 1), y > 1 || tanhSingle(-x) !== -y ? 1 : 0)
  }
  expect(worst).toBeLessThan(4e-7)
  expect([0, 1e-40, Number.NaN].map(tanhSingle)).toEqual([0, Math.fround(1e-40), Number.NaN])
  expect(tanhSingle(Number.POSITIVE_INFINITY)).toBeCloseTo(1, 6)
})

it('is within 3e-7 of the exponential function from -87 to 0', () => {
  let worst = 0
  for (const x of grid(-87, 0)) worst = Math.max(worst, Math.abs(expSingle(x) / Math.exp(x) - 1))
  expect(worst).toBeLessThan(3e-7)
  expect(expSingle(-1000)).toBe(expSingle(-87))
})

it('turns large numbers into probabilities without overflow, and NaN into NaN', () => {
  const values = Float32Array.of(9, 1e30, 1e30, 5)
  softmaxSingle(values, 1, 2)
  expect([...values]).toEqual([9, 0.5, 0.5, 5])
  const unknown = Float32Array.of(1, Number.NaN)
  softmaxSingle(unknown, 0, 2)
  expect([...unknown]).toEqual([Number.NaN, Number.NaN])
})
