import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksum } from './checksum.js'

describe('checksum', () => {
  it('gives the check value of the standard', () => {
    expect(checksum('123456789')).toBe('cbf43926')
    expect(checksum('')).toBe('00000000')
  })

  it.skipIf(crc32 === undefined)('agrees with zlib', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(checksum(text)).toBe(crc32(text).toString(16).padStart(8, '0'))
      }),
    )
  })
})
