import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './retryAfter.js'

describe('parseRetryAfter', () => {
  const now = Date.UTC(2015, 9, 21, 7, 27, 0)

  it.each<[string | null, number | undefined]>([
    ['0', 0],
    [' 120 ', 120_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 60_000],
    ['Wed, 21 Oct 2015 07:26:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['99999999999', undefined],
    ['Wed, 99 Foo 2015', undefined],
  ])('reads %j as %s ms', (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait)
  })
})
