import { describe, expect, it } from 'vitest'
import { defaultFillPolicy, type FillPolicy, fillPolicy } from './fillPolicy.js'

describe('fillPolicy', () => {
  it('completes what is given by the defaults', () => {
    expect(fillPolicy()).toEqual(defaultFillPolicy)
    expect(fillPolicy({ path: 'worst', maxVolumeShare: 0.1 })).toEqual({
      barFill: 'nextOpen',
      path: 'worst',
      stopGap: 'open',
      limitTouch: 'through',
      maxVolumeShare: 0.1,
      consumeLiquidity: true,
    })
  })

  it('refuses keys and values that it does not know', () => {
    expect(() => fillPolicy({ barfill: 'close' } as Partial<FillPolicy>)).toThrow(
      'Unknown fill policy key "barfill".\n  Keys: barFill, path, stopGap, limitTouch, maxVolumeShare, consumeLiquidity.',
    )
    for (const [key, value] of [
      ['barFill', 'open'],
      ['path', 'HLOC'],
      ['stopGap', 'trigger'],
      ['limitTouch', 'never'],
    ] as const) {
      expect(() => fillPolicy({ [key]: value })).toThrow(`Fill policy ${key} "${value}" is unknown.`)
      expect(() => fillPolicy({ [key]: value })).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
    }
  })

  it('refuses a share of the volume that is not above 0', () => {
    for (const maxVolumeShare of [0, -1, Number.NaN]) {
      expect(() => fillPolicy({ maxVolumeShare })).toThrow(`maxVolumeShare "${maxVolumeShare}" is not above 0.`)
    }
  })
})
