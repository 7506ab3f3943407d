import { describe, expect, it } from 'vitest'
import { withHoles, withoutHoles } from './holes.js'

const none = Number.NaN
const column = Float64Array.of(none, 1, Number.POSITIVE_INFINITY, 2, none, 3)

describe('holes', () => {
  it('are taken out, and a column without any is not copied', () => {
    expect(withoutHoles(column)).toEqual(Float64Array.of(1, 2, 3))
    const whole = Float64Array.of(1, 2)
    expect(withoutHoles(whole)).toBe(whole)
    expect(withoutHoles(Float64Array.of(none))).toHaveLength(0)
  })

  it('are put back between the results', () => {
    const out = new Float64Array(6)
    withHoles(Float64Array.of(10, 20, 30), column, 'hold', out)
    expect(out).toEqual(Float64Array.of(none, 10, none, 20, none, 30))
  })

  it('end the results from the first one after a value on, on request', () => {
    const out = new Float64Array(6)
    withHoles(Float64Array.of(10, 20, 30), column, 'propagate', out)
    expect(out).toEqual(Float64Array.of(none, 10, none, none, none, none))
  })
})
