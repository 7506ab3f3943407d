import { describe, expect, it } from 'vitest'
import { VolumeRoc, volumeRoc } from '../index.js'

const none = Number.NaN

describe('volumeRoc', () => {
  it('is the change of the volume over a distance in percent', () => {
    const volume = Float64Array.of(200, 300, 250, 150)
    expect(volumeRoc(volume, { period: 2 })).toEqual(Float64Array.of(none, none, 25, -50))
  })

  it('is 0 after a volume of 0, and on volumes that do not change', () => {
    expect(volumeRoc(Float64Array.of(0, 5, 5), { period: 1 })).toEqual(Float64Array.of(none, 0, 0))
    expect(volumeRoc(new Float64Array(30)).at(-1)).toBe(0)
  })

  it('takes one number, the volume', () => {
    const stream = new VolumeRoc({ period: 1 })
    stream.next(40)
    expect(stream.next(50)).toBe(25)
    expect(stream.next(Number.POSITIVE_INFINITY)).toBeNaN()
    expect(new VolumeRoc()).toMatchObject({ name: 'volumeRoc(14)', warmup: 15 })
  })
})
