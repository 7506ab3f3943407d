import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketImbalances } from '../testing/referenceMicrostructure.js'
import { VolumeBuckets } from './volumeBuckets.js'

interface Event {
  readonly volume: number
  readonly signed: number
  readonly bucketSize: number
}

function take(buckets: VolumeBuckets, { volume, signed, bucketSize }: Event): number {
  buckets.volume = volume
  buckets.signed = signed
  buckets.target = bucketSize
  buckets.advance()
  return buckets.value
}

const event: fc.Arbitrary<Event> = fc
  .record({
    volume: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200 })),
    side: fc.integer({ min: -4, max: 4 }),
    bucketSize: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ volume, side, bucketSize }) => ({ volume, signed: (volume * side) / 4, bucketSize }))

describe('VolumeBuckets', () => {
  it('cuts volume as a list of all buckets does, whatever was undone or peeked at', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.tuple(event, event), { maxLength: 40 }),
        (capacity, steps) => {
          const events = steps.map(([, kept]) => kept)
          const expected = bucketImbalances(events, capacity)
          const buckets = new VolumeBuckets(capacity)
          for (const [index, [draft, kept]] of steps.entries()) {
            take(buckets, draft)
            buckets.undo()
            const peeked = buckets.peek(kept.volume, kept.signed, kept.bucketSize)
            expect(take(buckets, kept)).toBe(peeked)
            if (Number.isNaN(expected[index])) expect(buckets.value).toBeNaN()
            else expect(buckets.value).toBeCloseTo(expected[index]!, 12)
          }
        },
      ),
    )
  })

  it('takes as long for a billion buckets at once as for all it keeps', () => {
    const buckets = new VolumeBuckets(3)
    take(buckets, { volume: 1, signed: -1, bucketSize: 2 })
    expect(take(buckets, { volume: 2e9 + 1.5, signed: 1e9 + 0.75, bucketSize: 2 })).toBeCloseTo(0.5, 9)
    expect(take(buckets, { volume: 1e300, signed: -1e300, bucketSize: 1e-300 })).toBe(1)
  })

  it('ignores what has no volume, no sign or no size to open a bucket with', () => {
    const buckets = new VolumeBuckets(1)
    for (const [volume, signed, bucketSize] of [
      [0, 0, 1],
      [-5, -5, 1],
      [Number.NaN, 1, 1],
      [5, Number.NaN, 1],
      [5, 5, 0],
      [5, 5, Number.NaN],
    ] as const) {
      expect(take(buckets, { volume, signed, bucketSize })).toBeNaN()
    }
    expect(take(buckets, { volume: 1, signed: 1, bucketSize: 1 })).toBe(1)
  })

  it('closes a bucket that is exactly full, and opens the next one with its first volume', () => {
    const buckets = new VolumeBuckets(1)
    expect(take(buckets, { volume: 5, signed: 5, bucketSize: 5 })).toBe(1)
    expect(take(buckets, { volume: 8, signed: 4, bucketSize: 10 })).toBe(1)
    expect(take(buckets, { volume: 2, signed: -2, bucketSize: 99 })).toBe(0.2)
  })
})
