import type { InstrumentId } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { perInstrument } from './perInstrument.js'

describe('perInstrument', () => {
  it('keeps one state for each instrument, whatever the order of calls', () => {
    let made = 0
    const stateOf = perInstrument(() => ({ number: ++made }))
    const [a, b] = ['A.sim', 'B.sim'] as InstrumentId[]
    const calls = [a, a, b, a, b, b].map((instrument) => stateOf(instrument!).number)
    expect(calls).toEqual([1, 1, 2, 1, 2, 2])
    expect(made).toBe(2)
  })
})
