import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromBase64 } from './fromBase64.js'

it('reads what is written in base64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect([...fromBase64(Buffer.from(bytes).toString('base64'))]).toEqual([...bytes])
    }),
  )
})
