import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256Hex } from './sha256Hex.js'

it('gives the digest its documentation shows', () => {
  expect(sha256Hex('abc').slice(0, 8)).toBe('ba7816bf')
})

it('is the SHA-256 of the platform for bytes and for text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 50 }), (bytes, text) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }),
  )
})
