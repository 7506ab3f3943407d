import { describe, expect, it } from 'vitest'
import { RollingShare, rollingShares, shareOf } from './rollingShare.js'

const none = Number.NaN

describe('RollingShare', () => {
  it('is the sum of the parts over that of the wholes, and the flat value of nothing', () => {
    const parts = Float64Array.of(1, -2, 3, 0, 0, 0)
    const wholes = Float64Array.of(4, 4, 4, 0, 0, 0)
    const out = new Float64Array(6)
    rollingShares(parts, wholes, { period: 2, flat: 0.5 }, out)
    expect(out).toEqual(Float64Array.of(none, -0.125, 0.125, 0.75, 0.5, 0.5))
    const share = new RollingShare(2, 0.5)
    const values = [...parts.keys()].map((index) => {
      const peeked = share.peek(parts[index]!, wholes[index]!)
      share.part.input = parts[index]!
      share.whole.input = wholes[index]!
      share.advance()
      expect(peeked).toBe(share.value)
      return share.value
    })
    expect(values).toEqual([...out])
  })

  it('has no value without a part, whatever the whole', () => {
    expect([shareOf(none, 0, 0.5), shareOf(none, 2, 0.5), shareOf(0, 0, 0.5)]).toEqual([none, none, 0.5])
  })
})
